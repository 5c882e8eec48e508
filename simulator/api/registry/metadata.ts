/** Metadata of an object that replaces another. Models ValidateObjectMetaUpdate of apimachinery/pkg/api/validation. */
import { type Draft, ensure } from "../defaults-pod.ts";
import { FieldPath, invalid } from "../field-path.ts";
import { type JsonObject, stringAt } from "../json.ts";
import type { Problem } from "../problem.ts";
import { serverMetadata } from "../server-metadata.ts";
import { metadataOf } from "../workload-checks.ts";

/** Who gives these speaks of one object, and of one version of it. */
const identifying: ReadonlySet<string> = new Set(["uid", "resourceVersion"]);
/** What is taken from the live object, whatever a text says. */
const carried = [...serverMetadata.filter((key) => !identifying.has(key)), "managedFields"];

const path = FieldPath.root.child("metadata");

/** Gives the object, in place, what of its metadata is the server's, and what it may leave out. */
export function carryMetadata(object: Draft, live: JsonObject): void {
  const from = metadataOf(live) ?? {};
  const metadata = ensure(object, "metadata");
  for (const key of carried) {
    if (from[key] === undefined) delete metadata[key];
    else metadata[key] = from[key];
  }
  if (stringAt(metadata, "uid") === "" && from["uid"] !== undefined) metadata["uid"] = from["uid"];
  if (from["resourceVersion"] === undefined) delete metadata["resourceVersion"];
  else metadata["resourceVersion"] = from["resourceVersion"];
}

/** What may not change of the metadata. */
export function metadataChanges(live: JsonObject, next: JsonObject): Problem[] {
  const [from, to] = [metadataOf(live) ?? {}, metadataOf(next) ?? {}];
  return ["name", "namespace", "uid"]
    .filter((key) => from[key] !== undefined && from[key] !== to[key])
    .map((key) => invalid("immutable", path.child(key), { value: stringAt(to, key) }));
}
