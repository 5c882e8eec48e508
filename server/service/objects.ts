/** The objects of a manifest, as the panel and the command line list them. */
import type { DocumentObject } from "../protocol.ts";
import { checkSlice, type Subject } from "./check.ts";
import type { Diagnosis } from "./diagnose.ts";
import { breaks, type Manifest, rangeIn, type Slice, shift } from "./manifest.ts";
import type { Range } from "./text.ts";

export interface Listed {
  readonly index: number;
  readonly subject: Subject | null;
  readonly slice: Slice;
  readonly range: Range;
}

/** Every document that holds anything, the items of Lists one by one, with their positions in the file. */
export function listSubjects(manifest: Manifest): readonly Listed[] {
  const listed: Listed[] = [];
  let firstLine = 0;
  for (const slice of manifest.slices) {
    const { subjects, empty, parsed } = checkSlice(slice);
    const whole = parsed.document.locate([], "value");
    for (const subject of subjects) {
      const found = subject.root.length === 0 ? whole : parsed.document.locate(subject.root, "entry");
      const range = shift(rangeIn(slice, found ? [found.start, found.end] : [0, slice.text.length]), firstLine);
      listed.push({ index: listed.length, subject, slice, range });
    }
    if (!empty && subjects.length === 0) {
      listed.push({
        index: listed.length,
        subject: null,
        slice,
        range: shift(rangeIn(slice, [0, slice.text.length]), firstLine),
      });
    }
    firstLine += breaks(slice);
  }
  return listed;
}

export function documentObjects(manifest: Manifest, diagnoses: readonly Diagnosis[]): readonly DocumentObject[] {
  return listSubjects(manifest).flatMap(({ index, subject, range }) => {
    if (subject === null) return [];
    const problems = diagnoses
      .filter((one) => one.index === index)
      .map(({ code, severity, message, range }) => ({ code, severity, message, range }));
    const { apiVersion, kind, name, namespace } = subject;
    const object = subject.accepted ? (subject.object as unknown as DocumentObject["object"]) : null;
    return [{ index, apiVersion, kind, name, namespace, range, object, problems }];
  });
}
