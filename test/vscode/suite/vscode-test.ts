/** One test that runs inside VS Code; it fails by throwing. */
export interface VsCodeTest {
  readonly name: string;
  readonly run: () => Promise<void>;
}
