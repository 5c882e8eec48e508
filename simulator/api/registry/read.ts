/** A body as an object of a kind: decoded, with its defaults. Models the decoding of endpoints/handlers. */
import { annotationNumberProblem } from "../annotation-numbers.ts";
import { decode, typeOf } from "../decode.ts";
import type { Draft } from "../defaults-pod.ts";
import { dropFields } from "../drop.ts";
import { bytesProblem } from "../groups/config.ts";
import { isObject, type JsonObject } from "../json.ts";
import type { KindRow } from "../kind.ts";
import type { Json } from "../objects.ts";
import type { Problem } from "../problem.ts";
import type { Target } from "../target.ts";
import type { Surroundings } from "./surroundings.ts";
import { inStoredVersion } from "./versions.ts";

export interface Read {
  /** What could be read, also when something could not. */
  readonly object: Draft;
  readonly problems: readonly Problem[];
}

/** Decodes a body of a kind and fills in the defaults. The object is fresh and may be changed. */
export function readObject(value: JsonObject, row: KindRow, target: Target): Read {
  const type = typeOf(String(value["apiVersion"]), row.kind);
  const read = type === undefined ? { object: copy(value), problems: [], dropped: [] } : decode(value, type, target);
  const object = read.object as Draft;
  const unreadable = annotationNumberProblem(row.kind, object) ?? bytesProblem(row.kind, object);
  row.defaults?.(object, target);
  dropFields(object, read.dropped, row.template, target);
  return { object, problems: unreadable ? [...read.problems, unreadable] : read.problems };
}

/** The same in the version in which the kind is stored. */
export function readStored(value: JsonObject, row: KindRow, target: Target): Read {
  const read = readObject(value, row, target);
  if (read.object["apiVersion"] === undefined || row.versions.length === 1) return read;
  const object = copy(inStoredVersion(read.object));
  // What the stored version has more gets its defaults too.
  row.defaults?.(object, target);
  return { ...read, object };
}

/** The same for an object that may have been read before. */
export function readIn(value: JsonObject, row: KindRow, { target, isRead = false }: Surroundings): Read {
  return isRead && row.versions.length === 1 ? { object: copy(value), problems: [] } : readStored(value, row, target);
}

/** A deep copy of plain JSON. */
export function copy(value: JsonObject): Draft {
  return copied(value) as Draft;
}

/** Integers beyond what a number holds stay what they are. */
function copied(value: Json): Json {
  if (Array.isArray(value)) return value.map(copied);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, copied(one)]));
}
