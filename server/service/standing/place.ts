/** What the files around a file say of it: how its place changes what its text means. */
import type { Additions } from "./additions.ts";

export interface FilePlace {
  /** The kustomization that names it as a patch; null: none. */
  readonly patchOf: string | null;
  /** Whether it is called a patch, and no kustomization takes it in as anything else. */
  readonly calledPatch: boolean;
  /** What names it as data for something else, as a generator does; null: nothing. */
  readonly dataOf: string | null;
  /**
   * What its kustomization adds to its objects; null: none names it. `ways`: layers for each way in which it becomes a part of an
   * installation, the innermost first; there is always one.
   */
  readonly base: { readonly of: string; readonly ways: readonly (readonly Additions[])[] } | null;
  /** The same for the kustomization in its folder that does not name it, or no longer: it may be meant to. */
  readonly beside: readonly (readonly Additions[])[];
  /** The test tool whose assertions it holds; null: none. */
  readonly asserts: TestTool | null;
  /** The installations that it is a part of. Objects are compared with each other only where one is in common. */
  readonly installations: readonly string[];
}

/** Tools that hold assertions, or objects that are only made up for a test, in files of manifests. */
export type TestTool = "kuttl" | "chainsaw" | "kyverno";

/** A file of which nothing is known but its text. */
export const lonePlace: FilePlace = {
  patchOf: null,
  calledPatch: false,
  dataOf: null,
  base: null,
  beside: [],
  asserts: null,
  installations: [],
};
