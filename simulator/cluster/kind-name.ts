/** What a live object is called. */
import { kinds } from "../api/kinds.ts";
import type { LiveObject } from "./objects.ts";

/** `Deployment`; of an object that is kept as it was given the kind of its resource. */
export function kindName(object: LiveObject): string {
  return object.kind === "Stored" ? (kinds.resource(object.resource)?.kind ?? object.resource) : object.kind;
}
