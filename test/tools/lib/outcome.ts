/** How many tests of a stage passed and how many did not. */
export interface Outcome {
  readonly passed: number;
  readonly failed: number;
}
