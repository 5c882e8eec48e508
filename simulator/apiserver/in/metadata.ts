/** Metadata of API objects as fields of live ones. */
import type { JsonObject } from "../../api/json.ts";
import type { Json, LabelMap } from "../../api/objects.ts";
import type { Kept, OwnerReference } from "../../cluster/objects.ts";
import type { ObjectMeta } from "../types.ts";
import { uidOf } from "../uid.ts";

/** The labels with the uids that the cluster knows. */
export function labelsIn(labels: LabelMap | undefined): LabelMap {
  if (!labels) return {};
  const uidLabel = Object.keys(labels).some((key) => key.endsWith("controller-uid"));
  if (!uidLabel) return labels;
  return Object.fromEntries(
    Object.entries(labels).map(([key, value]) => [key, key.endsWith("controller-uid") ? uidOf(value) : value]),
  );
}

/** The owners that references of the API name. */
export function ownersIn(references: Json | undefined): readonly OwnerReference[] {
  return ((references ?? []) as readonly JsonObject[]).map((one) => {
    const controller = one["controller"] === true;
    const blocks = one["blockOwnerDeletion"] === true;
    return {
      kind: String(one["kind"]),
      name: String(one["name"]),
      uid: uidOf(String(one["uid"])),
      controller,
      apiVersion: String(one["apiVersion"]),
      ...(blocks === controller ? {} : { blockOwnerDeletion: blocks }),
    };
  });
}

export interface LiveMetadata {
  readonly namespace: string;
  readonly name: string;
  readonly labels: LabelMap;
  readonly annotations: LabelMap;
  readonly owners: readonly OwnerReference[];
  readonly finalizers: readonly string[];
  readonly kept: Kept | null;
}

/** What the live object keeps of the metadata; `before` is what it kept until now. */
export function keptIn(metadata: ObjectMeta, before: Kept | null): Kept | null {
  const { generateName: _name, managedFields: _fields, ...rest } = before ?? {};
  const { generateName, managedFields } = metadata as JsonObject;
  const kept: Kept = {
    ...rest,
    ...(typeof generateName === "string" ? { generateName } : {}),
    ...(Array.isArray(managedFields) && managedFields.length > 0
      ? { managedFields: () => managedFields as readonly Json[] }
      : {}),
  };
  return Object.keys(kept).length === 0 ? null : kept;
}

/** The metadata with which an object is created. */
export function metadataIn(metadata: ObjectMeta, namespace: string): LiveMetadata {
  return {
    namespace,
    name: metadata.name,
    labels: labelsIn(metadata.labels),
    annotations: metadata.annotations ?? {},
    owners: ownersIn(metadata["ownerReferences"]),
    finalizers: metadata.finalizers ?? [],
    kept: keptIn(metadata, null),
  };
}
