/** Messages of our own between the language server and its client; the client declares the same shapes for itself. */
import type { DocumentObject } from "./service/objects.ts";

/** Request, client to server: the objects of the newest text of a document. */
export const objectsRequest = "seatrial/objects";
export interface ObjectsParams {
  readonly uri: string;
}
export interface ObjectsResult {
  readonly version: number;
  readonly objects: readonly DocumentObject[];
}

/** Notification, server to client: the objects of a document may differ from those given before. */
export const objectsChangedNotification = "seatrial/objectsChanged";
export interface ObjectsChangedParams {
  readonly uri: string;
  readonly version: number;
}

/** Notification, client to server: the committed text of a document; null when there is none. */
export const baseNotification = "seatrial/base";
export interface BaseParams {
  readonly uri: string;
  readonly text: string | null;
}

/** Request, client to server: the page of a code as Markdown; null for a code without one. */
export const explainRequest = "seatrial/explain";
export interface ExplainParams {
  readonly code: string;
}
export interface ExplainResult {
  readonly markdown: string | null;
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
  /** The IANA zone of the reader. */
  readonly timeZone?: string;
}
