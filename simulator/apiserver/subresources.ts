/** scale and binding. Models pkg/registry/{apps,core}: ScaleREST, BindingREST. */
import { FieldPath, invalid as invalidProblem } from "../api/field-path.ts";
import { asObject, isObject, type JsonObject, numberAt, stringAt } from "../api/json.ts";
import { isScalable, type KindRow } from "../api/kind.ts";
import { selectorText } from "../api/label-selector.ts";
import type { Json, LabelSelector } from "../api/objects.ts";
import { jsonMergePatch } from "../api/patch/json-merge.ts";
import { jsonPatch } from "../api/patch/json-patch.ts";
import type { Patched } from "../api/patch/values.ts";
import { bindingOf } from "../cluster/binding.ts";
import { liveAt } from "./find.ts";
import { objectOut } from "./out/object.ts";
import { badRequest, conflict, invalid, notFound, type Status, success, wasModified } from "./status.ts";
import { type Answer, type ApiObject, type ApiServer, done, type Place, refused, type WriteOptions } from "./types.ts";
import { replicasOf, write } from "./update.ts";

/** The kind that the scale subresource speaks. */
const scaleRow: Pick<KindRow, "group" | "kind" | "plural"> = { group: "autoscaling", kind: "Scale", plural: "scales" };

function scaleOut(object: ApiObject): ApiObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata as JsonObject;
  const spec = asObject(object["spec"]);
  const metadata = { name, namespace, uid, resourceVersion, creationTimestamp } as ApiObject["metadata"];
  const given = spec["selector"] as LabelSelector & Json;
  // A ReplicationController's selector is a map of labels.
  const selector = selectorText(object.kind === "ReplicationController" ? { matchLabels: given as never } : given);
  return {
    apiVersion: "autoscaling/v1",
    kind: "Scale",
    metadata,
    spec: { replicas: replicasOf(object) ?? 0 },
    status: { replicas: numberAt(asObject(object["status"]), "replicas") ?? 0, ...(selector ? { selector } : {}) },
  };
}

/** How many pods an object is to have, and has. */
export function getScale(server: ApiServer, place: Place): Answer {
  const live = liveAt(place, server);
  return live && isScalable(place.row)
    ? done(scaleOut(objectOut(live, server, "unmanaged")))
    : refused(notFound(place.row, place.name));
}

/** Sets how many pods an object is to have. */
export function putScale(server: ApiServer, place: Place, body: unknown, options: WriteOptions = {}): Answer {
  const live = liveAt(place, server);
  if (!live || !isScalable(place.row)) return refused(notFound(place.row, place.name));
  if (!isObject(body as Json))
    return refused(badRequest("the object provided is unrecognized (must be of type Scale)"));
  const scale = body as JsonObject;
  const before = objectOut(live, server, "unmanaged");
  const version = stringAt(asObject(scale["metadata"]), "resourceVersion");
  if (version !== "" && version !== before.metadata.resourceVersion) {
    return refused(conflict(place.row, place.name, wasModified));
  }
  const replicas = numberAt(asObject(scale["spec"]), "replicas") ?? 0;
  if (replicas < 0 || !Number.isInteger(replicas)) {
    const problem = invalidProblem("negative", FieldPath.root.child("spec").child("replicas"), { value: replicas });
    return refused(invalid({ ...place.row, ...scaleRow }, place.name, [problem]), [problem]);
  }
  const next = { ...before, spec: { ...asObject(before["spec"]), replicas } };
  const written = write(server, place, live, next as ApiObject, options, "", "scale");
  return written.ok ? { ...written, object: scaleOut(written.object) } : written;
}

/** The same by a patch of the scale. */
export function patchScale(
  server: ApiServer,
  place: Place,
  body: unknown,
  type: "merge" | "json",
  options: WriteOptions = {},
): Answer {
  const before = getScale(server, place);
  if (!before.ok) return before;
  const patched: Patched =
    type === "json"
      ? jsonPatch(before.object, body as Json)
      : { ok: true, value: jsonMergePatch(before.object, body as Json) };
  return patched.ok
    ? putScale(server, place, patched.value, options)
    : refused(badRequest(`unable to apply the patch: ${patched.problem.code} ${patched.problem.value}`));
}

/** Binds a pod to the node that the body names. */
export function bind({ store, ...server }: ApiServer, place: Place, body: unknown): Answer<Status> {
  const pod = liveAt(place, { store, ...server });
  if (pod?.kind !== "Pod") return refused(notFound(place.row, place.name));
  const node = stringAt(asObject(asObject(body as Json)["target"]), "name");
  if (node === "") return refused(badRequest("a binding has to name its target"));
  if (pod.deleted !== null)
    return refused(conflict(place.row, place.name, `pod ${pod.name} is being deleted, cannot be assigned to a host`));
  if (pod.node !== "") {
    return refused(conflict(place.row, place.name, `pod ${pod.name} is already assigned to node "${pod.node}"`));
  }
  store.update(pod, bindingOf(store, pod, node, server.target));
  return done(success(201));
}
