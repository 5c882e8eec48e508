/** The facts of slices and files, each worked out once. */
import { checkSlice } from "./check.ts";
import { type Facts, factsOf, partialFacts } from "./facts.ts";
import type { Manifest, Slice } from "./manifest.ts";
import type { Subject } from "./subject.ts";

const bySubject = new WeakMap<Subject, Facts | null>();
const bySlice = new WeakMap<Slice, readonly Facts[]>();

/** What others may need to know of an object; null of one that is of no interest to others. */
export function factsOn(subject: Subject): Facts | null {
  let known = bySubject.get(subject);
  if (known === undefined) {
    known = subject.sound ? factsOf(subject) : partialFacts(subject);
    bySubject.set(subject, known);
  }
  return known;
}

function sliceFacts(slice: Slice): readonly Facts[] {
  let known = bySlice.get(slice);
  if (known === undefined) {
    known = fileFacts(slice).map(({ facts }) => facts);
    bySlice.set(slice, known);
  }
  return known;
}

/** The facts of a slice, and whether each is of the document itself rather than of an item in it. */
export function fileFacts(slice: Slice): readonly { readonly facts: Facts; readonly isRoot: boolean }[] {
  return checkSlice(slice).subjects.flatMap((subject) => {
    const facts = factsOn(subject);
    return facts === null ? [] : [{ facts, isRoot: subject.root.length === 0 }];
  });
}

/** Facts about the sound objects of a manifest, in its order. */
export function manifestFacts(manifest: Manifest): readonly Facts[] {
  const all: Facts[] = [];
  for (const slice of manifest.slices) for (const one of sliceFacts(slice)) all.push(one);
  return all;
}
