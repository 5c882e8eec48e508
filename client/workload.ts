/** What can be asked of an object. */
import type { DocumentObject, Focus } from "./protocol.ts";

/** Taken by the API server, so that it can be run. */
export const runs = (object: DocumentObject): boolean => object.workload && object.object !== null;
const takes = (action: string) => (object: DocumentObject) => runs(object) && object.actions.includes(action);
export const canScale = takes("scale");
export const canSetImage = takes("setImage");
export const hasHistory = takes("undo");

export const focusOf = (object: DocumentObject): Focus => ({
  kind: object.kind,
  name: object.name,
  namespace: object.namespace,
});

const inside = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;

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

/** Where a container of the pod template stands in the object; undefined where it has none of the name. */
export function placeOfContainer({ object }: DocumentObject, name: string): readonly (string | number)[] | undefined {
  const templates = [
    ["spec", "template", "spec"],
    ["spec", "jobTemplate", "spec", "template", "spec"],
  ];
  for (const template of templates) {
    const pod = template.reduce<unknown>(inside, object);
    for (const key of ["containers", "initContainers"]) {
      const list = inside(pod, key);
      const index = Array.isArray(list) ? list.findIndex((one) => inside(one, "name") === name) : -1;
      if (index >= 0) return [...template, key, index];
    }
  }
  return undefined;
}
