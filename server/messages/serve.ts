/** What `seatrial serve` says. A word missing from a language does not compile. */
export interface ServeWords {
  /** Where the cluster answers, and what a shell is told so that kubectl gets there. */
  readonly ready: (where: { readonly version: string; readonly address: string; readonly setting: string }) => string;
  /** How time passes. */
  readonly time: (speed: number) => string;
  readonly howToEnd: string;
  readonly kubeconfigTaken: (path: string) => string;
  readonly kubeconfigFailed: (path: string, why: string) => string;
  readonly portFailed: (port: number, why: string) => string;
  readonly notApplied: (file: string, why: string) => string;
  readonly unreadable: (file: string, why: string) => string;
  /** A file that holds no trial. */
  readonly noTrial: (file: string, why: string) => string;
  readonly saved: (path: string, steps: number) => string;
  readonly saveFailed: (path: string, why: string) => string;
}
