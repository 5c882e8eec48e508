/** What can be asked of which kind, as kubectl has it. */
import type { DocumentObject, Focus } from "./protocol.ts";

const workloads = new Set(["ReplicaSet", "Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob"]);
const scalable = new Set(["ReplicaSet", "Deployment", "StatefulSet"]);
const imageSettable = new Set(["ReplicaSet", "Deployment", "StatefulSet", "DaemonSet", "CronJob"]);
const withHistory = new Set(["Deployment", "StatefulSet", "DaemonSet"]);

export const isWorkload = (object: DocumentObject): boolean => workloads.has(object.kind);
/** Taken by the API server, so that it can be run. */
export const runs = (object: DocumentObject): boolean => isWorkload(object) && object.object !== null;
export const canScale = (object: DocumentObject): boolean => runs(object) && scalable.has(object.kind);
export const canSetImage = (object: DocumentObject): boolean => runs(object) && imageSettable.has(object.kind);
export const hasHistory = (object: DocumentObject): boolean => runs(object) && withHistory.has(object.kind);

export const focusOf = (object: DocumentObject): Focus => ({
  kind: object.kind,
  name: object.name,
  namespace: object.namespace,
});

const inside = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;

function podSpec(object: DocumentObject): unknown {
  const spec = inside(object.object, "spec");
  const job = object.kind === "CronJob" ? inside(inside(spec, "jobTemplate"), "spec") : spec;
  return inside(inside(job, "template"), "spec");
}

/** Name and image of each container of the pod template, init containers last. */
export function containersOf(object: DocumentObject): readonly { readonly name: string; readonly image: string }[] {
  const lists = ["containers", "initContainers"].map((key) => inside(podSpec(object), key));
  return lists
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .map((one) => ({ name: String(inside(one, "name") ?? ""), image: String(inside(one, "image") ?? "") }));
}

/** Where the tag of an image stands, to be typed over; the end of the image where it has none. */
export function tagOf(image: string): readonly [start: number, end: number] {
  // A colon before a slash belongs to the registry's port.
  const colon = image.indexOf(":", image.lastIndexOf("/") + 1);
  return [colon < 0 ? image.length : colon + 1, image.length];
}

/** The number of pods that is asked for; one where none is written. */
export function replicasOf(object: DocumentObject): number {
  const replicas = inside(inside(object.object, "spec"), "replicas");
  return typeof replicas === "number" ? replicas : 1;
}
