/** The metadata of API objects. Models ObjectMeta of apimachinery/pkg/apis/meta/v1. */
import { apiVersionOf } from "../../api/kind.ts";
import type { Json, LabelMap } from "../../api/objects.ts";
import type { LiveObject, OwnerReference } from "../../cluster/objects.ts";
import { generatedBase } from "../../cluster/pods.ts";
import { timeText } from "../../cluster/time.ts";
import type { ObjectMeta, Parts, Surroundings } from "../types.ts";
import { uuidOf } from "../uid.ts";

/** Labels whose value is the uid of a Job. */
const uidLabels = ["batch.kubernetes.io/controller-uid", "controller-uid"];
/** What stands in a Job that a person made where the server puts the uid. */
const ownUid = "<uid>";

/** The labels with the UUID where a Job's uid stands. */
export function labelsOut(labels: LabelMap, uid: string): LabelMap {
  if (!uidLabels.some((key) => key in labels)) return labels;
  const out: Record<string, string> = { ...labels };
  for (const key of uidLabels) {
    const value = out[key];
    if (value !== undefined) out[key] = uuidOf(value === ownUid ? uid : value);
  }
  return out;
}

function ownerOut(owner: OwnerReference, { kinds }: Surroundings): Json {
  const row = kinds.named(owner.kind);
  const { controller, blockOwnerDeletion = controller } = owner;
  return {
    apiVersion: owner.apiVersion ?? (row ? apiVersionOf(row) : "v1"),
    kind: owner.kind,
    name: owner.name,
    uid: uuidOf(owner.uid),
    ...(controller ? { controller } : {}),
    ...(blockOwnerDeletion ? { blockOwnerDeletion } : {}),
  };
}

function graceSeconds(object: LiveObject): number {
  return object.kind === "Pod" ? (object.grace ?? 0) : 0;
}

const isFilled = (value: object): boolean => {
  for (const _ in value) return true;
  return false;
};

/** The metadata of a live object. `counted`: whether the kind counts generations. */
export function metadataOut(
  object: LiveObject,
  counted: boolean,
  surroundings: Surroundings,
  parts: Parts = "all",
): ObjectMeta {
  const { start } = surroundings;
  const generateName = object.kept?.generateName ?? (object.kind === "Pod" ? generatedBase(object) : undefined);
  const managedFields = parts === "all" ? (object.kept?.managedFields?.() ?? []) : [];
  return {
    name: object.name,
    ...(generateName === undefined ? {} : { generateName }),
    ...(object.namespace === "" ? {} : { namespace: object.namespace }),
    uid: uuidOf(object.uid),
    resourceVersion: String(object.version),
    ...(counted ? { generation: object.generation } : {}),
    creationTimestamp: timeText(object.created, start),
    ...(object.deleted === null
      ? {}
      : {
          deletionTimestamp: timeText(object.deleted, start),
          deletionGracePeriodSeconds: graceSeconds(object),
        }),
    ...(isFilled(object.labels) ? { labels: labelsOut(object.labels, object.uid) } : {}),
    ...(isFilled(object.annotations) ? { annotations: object.annotations } : {}),
    ...(object.owners.length > 0 ? { ownerReferences: object.owners.map((one) => ownerOut(one, surroundings)) } : {}),
    ...(object.finalizers.length > 0 ? { finalizers: object.finalizers } : {}),
    ...(managedFields.length > 0 ? { managedFields } : {}),
  };
}
