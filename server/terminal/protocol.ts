/** Messages between the language server and a client's terminals; the client declares the same shapes for itself. */
import type { Request, Response } from "../../simulator/apiserver/request.ts";
import type { Scenario, Step } from "../../simulator/scenario/scenario.ts";
import type { KeptCourse } from "../labs/course.ts";
import type { Output } from "../shell/drive.ts";
import type { KeptTrial } from "../shell/trial.ts";

/** Request, client to server: begins a trial, or goes on with one that was kept. */
export const openRequest = "seatrial/terminal/open";
export interface OpenParams {
  /** The client's own name for the trial. */
  readonly id: string;
  /** Absent: an empty cluster. */
  readonly kept?: KeptTrial;
  /** What to begin with where nothing was kept: the trial of a panel, at its horizon. */
  readonly scenario?: Scenario;
  readonly history: readonly string[];
  readonly seed: number;
  /** A lab to be done in the trial. */
  readonly lab?: LabFile;
}
/** A lab's file, and what was kept of doing it. */
export interface LabFile {
  readonly file: string;
  readonly text: string;
  readonly kept?: KeptTrial & { readonly course?: KeptCourse };
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
  readonly kept: KeptTrial & { readonly course?: KeptCourse };
}
/** `greeting`: what is told before the first line. */
export type Opened = (Standing & { readonly greeting?: string }) | { readonly refused: string };

/** Request, client to server: runs a line. Answered when it has ended; what it prints comes as notifications before. */
export const runRequest = "seatrial/terminal/run";
export interface RunParams {
  readonly id: string;
  readonly line: string;
}
export type RunResult =
  /** It goes on in a line that is yet to be entered. */
  { readonly incomplete: true } | (Standing & { readonly code: number; readonly exit: boolean });

/** Request, client to server: what the text before the cursor could go on with. */
export const completeRequest = "seatrial/terminal/complete";
export interface CompleteParams {
  readonly id: string;
  /** Up to the cursor. */
  readonly text: string;
}
export interface Completion {
  /** Where in the text the word begins that the candidates stand for. */
  readonly from: number;
  readonly candidates: readonly string[];
}

/** Request, client to server: where the trial stands now; time may have passed. */
export const standRequest = "seatrial/terminal/stand";

/** Request, client to server: puts another scenario in the place of the trial's, at its horizon. */
export const replaceRequest = "seatrial/terminal/replace";
export interface ReplaceParams {
  readonly id: string;
  readonly scenario: Scenario;
}

/** Request, client to server: what the cluster of a trial answers to requests that only read. */
export const askRequest = "seatrial/terminal/ask";
export interface AskParams {
  readonly id: string;
  readonly requests: readonly Request[];
}
export type Asked = readonly Response[];

/** Notifications, client to server, each `{ id }`: Ctrl+C, and the end of a trial. */
export const interruptNotification = "seatrial/terminal/interrupt";
export const closeNotification = "seatrial/terminal/close";

/** Notification, server to client. */
export const outputNotification = "seatrial/terminal/output";
export interface OutputParams {
  readonly id: string;
  readonly outputs: readonly Output[];
}

/** Requests, server to client. Paths begin with `/`, the workspace. */
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

/** Request, client to server: what labs files hold, in the language of the client; a problem where one is no lab. */
export const labsRequest = "seatrial/labs";
export interface LabsParams {
  readonly files: readonly { readonly file: string; readonly text: string }[];
}
export type LabsResult = readonly (
  | { readonly file: string; readonly title: string; readonly about: string; readonly steps: readonly string[] }
  | { readonly file: string; readonly problem: string }
)[];
