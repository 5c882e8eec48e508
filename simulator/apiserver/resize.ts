/** The subresource resize of a pod: other resources for its containers. Models pkg/registry/core/pod/storage (ResizeREST). */
import { asObject, type JsonObject, listAt } from "../api/json.ts";
import type { PodSpec } from "../api/objects.ts";
import type { LiveObject } from "../cluster/objects.ts";
import { shortage } from "../cluster/room.ts";
import { forbidden, type Status } from "./status.ts";
import type { ApiObject, ApiServer, Place } from "./types.ts";

/** The pod as it was, with the resources of the containers of `next`. */
export function resizedPod(before: ApiObject, next: ApiObject): ApiObject {
  const spec = asObject(before["spec"]);
  const wanted = listAt(asObject(next["spec"]), "containers").map(asObject);
  const containers = listAt(spec, "containers").map((entry): JsonObject => {
    const { resources: _, ...container } = asObject(entry);
    const resources = wanted.find((one) => one["name"] === container["name"])?.["resources"];
    return resources === undefined ? container : { ...container, resources };
  });
  return { ...before, spec: { ...spec, containers } };
}

/** No node grows: what is more than all of it is refused at once; undefined for a resize that may have to wait at most. */
export function resizeRefusal(
  { store }: ApiServer,
  place: Place,
  live: LiveObject,
  next: ApiObject,
): Status | undefined {
  if (live.kind !== "Pod") return undefined;
  const resource = shortage(store, live, next["spec"] as unknown as PodSpec, false);
  if (resource === null) return undefined;
  return forbidden(place.row, place.name, `node ${live.node} did not have enough ${resource} for the pod`);
}
