/**
 * Every message that crosses a border: between the client and the language server, and between the panel and its host.
 * Types and names only, so that each side can be read and tested alone.
 */

import type { Action, Fault, ScenarioNode } from "../simulator/scenario/scenario.ts";

export interface Position {
  /** Zero-based. */
  readonly line: number;
  /** Zero-based, in UTF-16 code units. */
  readonly character: number;
}
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A finding as the panel lists it beside an object that it cannot run. `message` is already in the reader's language. */
export interface ObjectProblem {
  readonly code: string;
  readonly severity: "error" | "warning" | "information" | "hint";
  readonly message: string;
  readonly range: Range;
}

/** One Kubernetes object of a manifest, as the language server sees it. */
export interface DocumentObject {
  /** Position in the file: documents and items of a `List` counted together, from 0. */
  readonly index: number;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Empty when the manifest names none. */
  readonly namespace: string;
  /** The whole object, its first line to its last. */
  readonly range: Range;
  /** As the API server would store it: decoded and defaulted. Null when the server would not take it, or does not know the kind. */
  readonly object: Readonly<Record<string, unknown>> | null;
  readonly problems: readonly ObjectProblem[];
  /** Whether it is of a kind that a person simulates. */
  readonly workload: boolean;
  /** What can be done to objects of its kind, by the simulator's table of actions. */
  readonly actions: readonly string[];
  /** Of its pod template, init containers last; empty where the server would not take it. */
  readonly containers: readonly { readonly name: string; readonly image: string }[];
}

/** Request, client to server: what objects a document holds. Answers for the server's newest text of that document. */
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
  readonly object: Focus;
  /** From the root of the object; `-` is the place after the last entry of a list. */
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}
export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

/** Notification, client to server: `{ uri, text }`, the committed text of a document; null where there is none. */
export const baseNotification = "seatrial/base";

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
  readonly differences: readonly unknown[];
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
/** Request, client to server: what the documents of a text are taken for, and why; null where none is judged. */
export const standingRequest = "seatrial/standing";
export interface StandingParams {
  readonly uri: string;
}
export type StandingResult = { readonly takenFor: string; readonly why: string } | null;

/** Request, client to server: the page of a code as Markdown; null for a code without one. */
export const explainRequest = "seatrial/explain";
export interface ExplainParams {
  readonly code: string;
}
export interface ExplainResult {
  readonly markdown: string | null;
}

/** Where the client serves the pages of the codes: the server links each finding to this, its code and `.md`. */
export const codePages = "seatrial-code:/";

/** Argument of the command `seatrial.simulate`: shows this workload, with the playhead at `time` where one is given. */
export interface SimulateArgument extends Focus {
  readonly uri: string;
  /** Milliseconds into the run. */
  readonly time?: number;
}

/**
 * What a person asks of one object, from the palette or from the panel, which adds it as a step and runs again. The namespace is
 * empty when the manifest names none.
 */
export type WorkloadAction = Extract<Action, { readonly kind: string }> & { readonly namespace: string };

/** Which workload the panel shows. */
export interface Focus {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

/** Where in the panel to look: at a section of it, at a time after the change (milliseconds). */
export interface Place {
  readonly section?: "history";
  readonly time?: number;
}

/** A file as the panel plays it, and what it was before. */
export interface PanelManifest {
  /** The file's name, for the heading. */
  readonly title: string;
  readonly uri: string;
  readonly version: number;
  /** The version of Kubernetes that is simulated. */
  readonly kubernetes: string;
  readonly objects: readonly DocumentObject[];
  /** The committed text where there is one, else the saved one; null when there is neither. */
  readonly before: { readonly is: "HEAD" | "saved"; readonly objects: readonly DocumentObject[] } | null;
}

/** What a scenario's file says, its manifests aside. Times are milliseconds after the change. */
export interface PanelScenario {
  readonly mode: "create" | "change" | "restart" | null;
  readonly steps: readonly { readonly at: number; readonly action: Action }[];
  readonly timings: Readonly<Record<string, number>>;
  readonly nodes?: readonly ScenarioNode[];
  readonly faults: readonly Fault[];
  readonly behaviours: readonly Extract<Action, { readonly do: "behave" }>["behaviour"][];
  readonly elsewhere?: "there" | "missing";
  readonly seed: number;
}

/** Request, client to server: what a scenario's file holds, and which manifest it is tried with, by its path from that file. */
export const scenarioRequest = "seatrial/scenario";
export interface ScenarioParams {
  readonly name: string;
  readonly text: string;
}
export type ScenarioResult =
  | { readonly manifest: string; readonly scenario: PanelScenario }
  | { readonly problem: string }
  | null;

export type HostMessage =
  | { readonly type: "manifest"; readonly manifest: PanelManifest }
  /** `by: "cursor"`: the cursor moved there; a panel that is pinned stays. */
  | ({ readonly type: "focus"; readonly focus: Focus; readonly by: "asked" | "cursor" } & Place)
  | { readonly type: "act"; readonly action: WorkloadAction }
  /** Tell the trial at the playhead. */
  | { readonly type: "where" }
  /**
   * What was done in the terminal of the panel's cluster, to be steps of its trial, and where the terminal's time stands; both in
   * milliseconds after the change. `number`: one more with every message.
   */
  | {
      readonly type: "steps";
      readonly steps: readonly TimedAction[];
      readonly time: number;
      readonly number: number;
    }
  /** A scenario that was opened takes the place of what was tried. */
  | { readonly type: "scenario"; readonly scenario: PanelScenario }
  /** What was tried with the file before its panel was closed. */
  | { readonly type: "memory"; readonly memory: PanelMemory };

/** A step of a trial. */
export interface TimedAction {
  readonly at: number;
  readonly action: Action;
}

/** What the panel plays, for a terminal on the same cluster. */
export interface PanelTrial {
  /** A scenario of the simulator, all of the panel's steps in it. */
  readonly scenario: Readonly<Record<string, unknown>>;
  /** When the change begins, in milliseconds since the scenario's start. */
  readonly from: number;
  /** Of the playhead, in milliseconds after the change. */
  readonly time: number;
  /** The number of the last message with steps that is in it; 0: none. */
  readonly number: number;
}

export type PanelMessage =
  /** The panel listens; the host answers with the manifest. */
  | { readonly type: "ready" }
  /** Show this object in the editor. */
  | { readonly type: "reveal"; readonly range: Range }
  /** Something in the panel went wrong; goes to the extension's log. */
  | { readonly type: "failed"; readonly message: string }
  /** For the host's commands: the revisions that there are at the playhead, newest first. */
  | { readonly type: "revisions"; readonly focus: Focus; readonly revisions: readonly RevisionChoice[] }
  /** After each run, and when it is asked for. */
  | { readonly type: "trial"; readonly trial: PanelTrial }
  /** To be kept for when the panel is closed and opened again. */
  | { readonly type: "remember"; readonly memory: PanelMemory }
  | { readonly type: "copy"; readonly text: string }
  /** Ask where to save it; `content` is text, or base64 for a PNG. */
  | { readonly type: "save"; readonly name: string; readonly format: "svg" | "png" | "yaml"; readonly content: string }
  /** Write a value into the manifest at a path of the object. */
  | {
      readonly type: "write";
      readonly focus: Focus;
      readonly path: readonly (string | number)[];
      readonly value: unknown;
    }
  /** Give the keyboard back to the editor. */
  | { readonly type: "leave" };

export interface RevisionChoice {
  readonly revision: number;
  readonly images: readonly string[];
  readonly changeCause: string;
  readonly current: boolean;
}

/** What survives a reload of the window and the closing of the panel. What the panel keeps in it is its own affair. */
export interface PanelMemory {
  readonly uri: string;
  readonly focus: Focus | null;
  readonly pinned: boolean;
  readonly state: unknown;
}

/** Request, client to server: a snippet for each kind that a person begins a manifest of. */
export const manifestsRequest = "seatrial/manifests";
export interface ManifestsResult {
  readonly manifests: readonly { readonly kind: string; readonly detail: string; readonly snippet: string }[];
}
