/** What the files around a file say of it: how its place changes what its text means. */
import type { Additions } from "./additions.ts";

export interface FilePlace {
  /** The kustomization that names it as a patch; null: none. */
  readonly patchOf: string | null;
  /** What names it as data for something else, as a generator does; null: nothing. */
  readonly dataOf: string | null;
  /** What its kustomization adds to its objects; null: none names it. */
  readonly base: { readonly of: string; readonly adds: Additions } | null;
  /** The test tool whose assertions it holds; null: none. */
  readonly asserts: "kuttl" | "chainsaw" | null;
  /** The installations that it is a part of. Objects are compared with each other only where one is in common. */
  readonly installations: readonly string[];
}

/** A file of which nothing is known but its text. */
export const lonePlace: FilePlace = { patchOf: null, dataOf: null, base: null, asserts: null, installations: [] };
