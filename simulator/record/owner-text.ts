/** How the trace names the controller of an object. */
import { controllerOf, type LiveObject, type OwnerReference } from "../cluster/objects.ts";

const known = new WeakMap<OwnerReference, string>();

/** `ReplicaSet/web-5d4f`, empty without a controller; one text for all objects of one controller. */
export function ownerText(object: LiveObject): string {
  const owner = controllerOf(object);
  if (!owner) return "";
  let text = known.get(owner);
  if (text === undefined) {
    text = `${owner.kind}/${owner.name}`;
    known.set(owner, text);
  }
  return text;
}
