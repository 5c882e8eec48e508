/** Messages of our own between the language server and its client; the client declares the same shapes for itself. */
import type { Mode } from "../../simulator/played.ts";
import type { ScenarioFile } from "../scenario/file.ts";
import type { DocumentObject } from "./objects.ts";
import type { ObjectDifference } from "./stored/differences.ts";
import type { Position } from "./text.ts";

/** Request, client to server: the objects of the newest text of a document. */
export const objectsRequest = "seatrial/objects";
export interface ObjectsParams {
  readonly uri: string;
  /** Another text than the document's newest one, to be read as if it were in that file: an earlier version of it. */
  readonly text?: string;
}
export interface ObjectsResult {
  readonly version: number;
  /** The version of Kubernetes that judged them. */
  readonly kubernetes: string;
  readonly objects: readonly DocumentObject[];
}

/** Notification, server to client: the objects of a document may differ from those given before. */
export const objectsChangedNotification = "seatrial/objectsChanged";
export interface ObjectsChangedParams {
  readonly uri: string;
  readonly version: number;
}

/** Request, client to server: the edits that put a value at a path of an object; none where that cannot be done. */
export const writeRequest = "seatrial/write";
export interface WriteParams {
  readonly uri: string;
  readonly object: { readonly kind: string; readonly name: string; readonly namespace: string };
  /** From the root of the object; `-` is the place after the last entry of a list. */
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

/** Request, client to server: what the documents of a text are taken for, and why; null where none is judged. */
export const standingRequest = "seatrial/standing";
export interface StandingParams {
  readonly uri: string;
}
export type StandingResult = { readonly takenFor: string; readonly why: string } | null;

/** Notification, client to server: the committed text of a document; null when there is none. */
export const baseNotification = "seatrial/base";
export interface BaseParams {
  readonly uri: string;
  readonly text: string | null;
}

/** Request, client to server: what the server would store of a document, as text; null for one that is not open. */
export const storedRequest = "seatrial/stored";
export interface StoredParams {
  readonly uri: string;
}
export interface StoredResult {
  readonly text: string | null;
}

/** Request, client to server, with the same parameters: what of a document changes in meaning against its committed version. */
export const comparedRequest = "seatrial/compared";
export interface ComparedResult {
  /** The objects that differ, as they are stored, in one style. */
  readonly before: string;
  readonly after: string;
  readonly differences: readonly ObjectDifference[];
}

/** Request, server to client: the manifests below a folder, as URIs; asked by a server that cannot read files itself. */
export const fileListRequest = "seatrial/files";
export interface FileListParams {
  readonly folder: string;
}

/** Request, server to client: the text of a file of the workspace; null where it cannot be read. */
export const fileRequest = "seatrial/file";
export interface FileParams {
  readonly uri: string;
}

/** Request, client to server: what a tool for agents answers; null where there are no tools. */
export const toolRequest = "seatrial/tool";
export interface ToolParams {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}
export interface ToolResult {
  readonly text: string;
  readonly failed: boolean;
}

/** Request, client to server: what can be offered beside a text that is pasted as it is; null for what is no different from it. */
export const pasteRequest = "seatrial/paste";
export interface PasteParams {
  readonly uri: string;
  readonly position: Position;
  readonly text: string;
}
export interface PasteResult {
  /** Indented as its place. */
  readonly fitted: string | null;
  /** Without the fields that only the server writes. */
  readonly cleaned: string | null;
}

/** Command of the client that opens the page of a code, its one argument; offered to those who can simulate. */
export const explainCommand = "seatrial.explain";
/** Request, client to server: the page of a code as Markdown; null for a code without one. */
export const explainRequest = "seatrial/explain";
export interface ExplainParams {
  readonly code: string;
}
export interface ExplainResult {
  readonly markdown: string | null;
}

/**
 * Command of the client that opens the simulation of a workload at a moment. Offered with advice that a run proves, to
 * clients that say `experimental: { seatrialSimulate: true }` among their capabilities or options.
 */
export const simulateCommand = "seatrial.simulate";
/** The command's one argument, and the `data` of such a diagnostic. */
export interface SimulateArgument {
  readonly uri: string;
  readonly kind: string;
  /** Empty when the manifest names none. */
  readonly namespace: string;
  readonly name: string;
  /** Milliseconds from the start of the run with default durations. */
  readonly time: number;
}

/** What a client may say when it starts the server. Everything has a default. */
export interface InitializationOptions {
  /** Words for people: a BCP 47 tag; Korean and English are spoken. Default: the client's locale. */
  readonly language?: string;
  /** Whether redhat.vscode-yaml checks the same documents; `syntax`: it does, but has no schema of Kubernetes to go by. */
  readonly yamlExtension?: boolean | "syntax";
  /** Where the pages of the codes are, as a URI to which the code and `.md` are added. */
  readonly pages?: string;
  readonly settings?: unknown;
  /** The client's command that offers suggestions again, for fields whose values can be chosen. */
  readonly suggestCommand?: string;
  /** The IANA zone of the reader. */
  readonly timeZone?: string;
  /** What the client can do beyond the protocol; as well as among its capabilities. */
  readonly experimental?: { readonly seatrialSimulate?: boolean };
}

/** Request, client to server: a snippet for each kind that a person begins a manifest of. */
export const manifestsRequest = "seatrial/manifests";
export interface ManifestsResult {
  readonly manifests: readonly { readonly kind: string; readonly detail: string; readonly snippet: string }[];
}

/** Request, client to server: what a scenario's file holds, and which manifest it is tried with, by its path from that file. */
export const scenarioRequest = "seatrial/scenario";
export interface ScenarioParams {
  readonly name: string;
  readonly text: string;
}
export type ScenarioResult =
  | {
      readonly manifest: string;
      readonly scenario: Pick<ScenarioFile, "steps" | "nodes" | "faults" | "behaviours" | "elsewhere" | "seed"> & {
        readonly mode: Mode | null;
        readonly timings: Readonly<Record<string, number>>;
      };
    }
  | { readonly problem: string }
  | null;
