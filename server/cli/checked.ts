/** What `seatrial check` found, as its reports are given it. */
import type { Diagnosis } from "../service/diagnose.ts";
import type { Decision } from "../service/standing/decide.ts";

/** A file that was looked at, with all its documents. */
export interface CheckedFile {
  readonly name: string;
  readonly documents: readonly CheckedDocument[];
  /** Whether it is a template that has yet to be rendered, and whether it was named itself or found in a folder. */
  readonly template: "named" | "found" | null;
  /** Objects that have a counterpart in the version that is compared with. */
  readonly compared: number;
}

/** One document of a file; `index` counts from 0. */
export interface CheckedDocument {
  readonly index: number;
  readonly kind: string;
  readonly name: string;
  /** What it was taken for, and why. */
  readonly decision: Decision;
  /** The file that it was rendered from, where a tool has told so. */
  readonly source: string | null;
  readonly problems: readonly Diagnosis[];
}
