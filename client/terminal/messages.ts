/** Messages between the client's terminals and the language server; the server declares the same shapes for itself. */

/** A trial as it is kept: the server's own affair. Plain JSON. */
export type KeptTrial = Readonly<Record<string, unknown>>;
/** A scenario of the simulator. Plain JSON. */
export type Scenario = Readonly<Record<string, unknown>>;

export const openRequest = "seatrial/terminal/open";
export interface OpenParams {
  readonly id: string;
  readonly kept?: KeptTrial;
  readonly scenario?: Scenario;
  readonly history: readonly string[];
  readonly seed: number;
  readonly lab?: LabFile & { readonly kept?: KeptTrial };
}
export interface LabFile {
  readonly file: string;
  readonly text: string;
}

/** Something that was done: milliseconds since the trial began, and an action of the simulator. */
export interface Step {
  readonly at: number;
  readonly action: Readonly<Record<string, unknown>>;
}

/** Where a trial stands. */
export interface Standing {
  /** What was done since it was opened or replaced. */
  readonly done: readonly Step[];
  /** Milliseconds since the trial began. */
  readonly time: number;
  /** The same as the prompt shows it. */
  readonly clock: string;
  readonly folder: string;
  readonly kept: KeptTrial;
  /** What is told before the first line. */
  readonly greeting?: string;
}
/** Instead of a standing: why there is none. */
export interface Refusal {
  readonly refused: string;
}

export const runRequest = "seatrial/terminal/run";
export interface RunParams {
  readonly id: string;
  readonly line: string;
}
export type RunResult =
  | { readonly incomplete: true }
  | (Standing & { readonly code: number; readonly exit: boolean })
  | null;

export const completeRequest = "seatrial/terminal/complete";
export interface CompleteParams {
  readonly id: string;
  readonly text: string;
}
export interface Completion {
  readonly from: number;
  readonly candidates: readonly string[];
}

export const standRequest = "seatrial/terminal/stand";
export const replaceRequest = "seatrial/terminal/replace";
export interface ReplaceParams {
  readonly id: string;
  readonly scenario: Scenario;
}
export const interruptNotification = "seatrial/terminal/interrupt";
export const closeNotification = "seatrial/terminal/close";

/** What a command prints, or that the screen is emptied. */
export type Output = { readonly out: string } | { readonly err: string } | { readonly clear: true };
export const outputNotification = "seatrial/terminal/output";
export interface OutputParams {
  readonly id: string;
  readonly outputs: readonly Output[];
}

export const readRequest = "seatrial/files/read";
export const listRequest = "seatrial/files/list";
export const writeRequest = "seatrial/files/write";
export const showRequest = "seatrial/files/show";
export const editRequest = "seatrial/terminal/edit";
export interface PathParams {
  readonly path: string;
}
export interface WriteParams extends PathParams {
  readonly text: string;
  readonly append: boolean;
}
export interface EditParams {
  readonly id: string;
  readonly name: string;
  readonly text: string;
}

export const labsRequest = "seatrial/labs";
export interface LabsParams {
  readonly files: readonly { readonly file: string; readonly text: string }[];
}
export type LabsResult = readonly (
  | { readonly file: string; readonly title: string; readonly about: string; readonly steps: readonly string[] }
  | { readonly file: string; readonly problem: string }
)[];
