/** The objects of a manifest, as the panel and the command line list them. */
import { isObject, listAt, objectAt, stringAt } from "../../simulator/api/json.ts";
import { kinds } from "../../simulator/api/kinds.ts";
import type { ManifestObject } from "../../simulator/api/objects.ts";
import { podTemplateOf } from "../../simulator/api/pod-template.ts";
import { actionsOn } from "../../simulator/scenario/actions.ts";
import { namedObject } from "../../simulator/scenario/defaults.ts";
import { checkSlice } from "./check.ts";
import type { Diagnosis } from "./diagnose.ts";
import { breaks, type Manifest, rangeIn, type Slice, shift } from "./manifest.ts";
import type { Subject } from "./subject.ts";
import type { Range, Span } from "./text.ts";

/** A finding as it is listed beside an object. */
export interface ObjectProblem {
  readonly code: string;
  readonly severity: "error" | "warning" | "information" | "hint";
  readonly message: string;
  readonly range: Range;
}

/** One Kubernetes object of a manifest. */
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
  /** As it is written; null when the API server would not take it, or when the kind is not one of ours. */
  readonly object: Readonly<Record<string, unknown>> | null;
  readonly problems: readonly ObjectProblem[];
  /** Whether it is of a kind that a person simulates. */
  readonly workload: boolean;
  /** What can be done to objects of its kind, by the table of actions. */
  readonly actions: readonly string[];
  /** Of its pod template, init containers last; empty where the server would not take it. */
  readonly containers: readonly { readonly name: string; readonly image: string }[];
}

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
    const { subjects, empty } = checkSlice(slice);
    const line = firstLine;
    const list = (subject: Subject | null) => {
      // Where it stands is looked up when somebody asks, as the text is read again for it.
      listed.push({
        index: listed.length,
        subject,
        slice,
        get range() {
          return shift(rangeIn(slice, spanIn(slice, subject)), line);
        },
      });
    };
    for (const subject of subjects) list(subject);
    if (!empty && subjects.length === 0) list(null);
    firstLine += breaks(slice);
  }
  return listed;
}

function spanIn(slice: Slice, subject: Subject | null): Span {
  const part = subject?.root.length === 0 ? "value" : "entry";
  const found = subject === null ? undefined : checkSlice(slice).parsed.document.locate(subject.root, part);
  return found ? [found.start, found.end] : [0, slice.text.length];
}

/** What is found by the object or document that it is about. */
export function byIndex(diagnoses: readonly Diagnosis[]): ReadonlyMap<number, readonly Diagnosis[]> {
  const found = new Map<number, Diagnosis[]>();
  for (const one of diagnoses) {
    const list = found.get(one.index);
    if (list) list.push(one);
    else found.set(one.index, [one]);
  }
  return found;
}

/** The objects of a manifest with what is found of each; an object that the server would refuse has no value. */
export function documentObjects(manifest: Manifest, diagnoses: readonly Diagnosis[]): readonly DocumentObject[] {
  const found = byIndex(diagnoses);
  return listSubjects(manifest).flatMap(({ index, subject, range }) => {
    if (subject === null) return [];
    const problems = (found.get(index) ?? []).map(({ code, severity, message, range }) => {
      return { code, severity, message, range };
    });
    const { apiVersion, kind, namespace } = subject;
    const isWhole = subject.accepted && subject.object !== null;
    const named = isWhole ? namedObject(subject.value as ManifestObject, index) : null;
    const name = named?.metadata.name ?? subject.name;
    const object = named as unknown as DocumentObject["object"];
    const { workload = false } = kinds.named(kind) ?? {};
    const containers = containersIn(kind, object);
    return [
      {
        index,
        apiVersion,
        kind,
        name,
        namespace,
        range,
        object,
        problems,
        workload,
        actions: actionsOn(kind),
        containers,
      },
    ];
  });
}

function containersIn(kind: string, object: DocumentObject["object"]): DocumentObject["containers"] {
  const spec = objectAt(podTemplateOf(kind, object), "spec");
  return ["containers", "initContainers"].flatMap((list) =>
    listAt(spec, list)
      .filter(isObject)
      .map((one) => ({ name: stringAt(one, "name"), image: stringAt(one, "image") })),
  );
}
