/** scale, eviction, binding and log. Models pkg/registry/{apps,core}: ScaleREST, EvictionREST, BindingREST, LogREST. */
import { FieldPath, invalid as invalidProblem } from "../api/field-path.ts";
import { asObject, isObject, type JsonObject, numberAt, stringAt } from "../api/json.ts";
import { isScalable, type KindRow } from "../api/kind.ts";
import { selectorText } from "../api/label-selector.ts";
import type { Json, LabelSelector } from "../api/objects.ts";
import { deleteObject } from "../cluster/deletion.ts";
import type { Pod } from "../cluster/objects.ts";
import { deletePod } from "../cluster/pods.ts";
import { admitted } from "./admission/chain.ts";
import type { DeleteOptions } from "./delete.ts";
import { liveAt } from "./find.ts";
import { objectOut } from "./out/object.ts";
import { badRequest, conflict, invalid, notFound, type Status, success, wasModified } from "./status.ts";
import { timeText } from "./time.ts";
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
    ? done(scaleOut(objectOut(live, server)))
    : refused(notFound(place.row, place.name));
}

/** Sets how many pods an object is to have. */
export function putScale(server: ApiServer, place: Place, body: unknown, options: WriteOptions = {}): Answer {
  const live = liveAt(place, server);
  if (!live || !isScalable(place.row)) return refused(notFound(place.row, place.name));
  if (!isObject(body as Json))
    return refused(badRequest("the object provided is unrecognized (must be of type Scale)"));
  const scale = body as JsonObject;
  const before = objectOut(live, server);
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

/**
 * Evicts a pod: notes on it that it was disrupted, and deletes it, unless admission (a budget) refuses. `options` are those of
 * the deletion.
 */
export function evict(server: ApiServer, place: Place, options: DeleteOptions = {}): Answer<Status> {
  const pod = liveAt(place, server);
  if (pod?.kind !== "Pod") return refused(notFound(place.row, place.name));
  const object = objectOut(pod, server);
  const { uid } = options.preconditions ?? {};
  if (uid !== undefined && uid !== object.metadata.uid) {
    const why = `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${object.metadata.uid}`;
    return refused(conflict(place.row, place.name, why));
  }
  const dryRun = options.dryRun === true;
  const request = { ...place, verb: "delete", subresource: "eviction", object, old: object, dryRun } as const;
  const steps = admitted(request, server);
  if (!steps.ok) return steps;
  if (!dryRun && pod.deleted === null) {
    disrupt(server, pod);
    const { propagation = "background", gracePeriodSeconds } = options;
    if (propagation === "background") deletePod(server.store, pod, server.cluster.now(), gracePeriodSeconds);
    else deleteObject(server.store, pod, server.cluster.now(), propagation);
  }
  return done(success(201));
}

function disrupt({ cluster, store }: ApiServer, pod: Pod): void {
  const condition = {
    type: "DisruptionTarget",
    status: "True",
    reason: "EvictionByEvictionAPI",
    message: "Eviction API: evicting",
    lastTransitionTime: cluster.now(),
  } as const;
  store.update(pod, { conditions: [...pod.conditions.filter((one) => one.type !== condition.type), condition] });
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
  store.update(pod, { node });
  return done(success(201));
}

export interface LogOptions {
  readonly container?: string;
  /** Of the container's life before the present one. */
  readonly previous?: boolean;
  readonly timestamps?: boolean;
  readonly tailLines?: number;
}

/** What a simulated container has written: that it started, and how it ended. One line each. */
export function log(server: ApiServer, place: Place, options: LogOptions = {}): Answer<readonly string[]> {
  const pod = liveAt(place, server);
  if (pod?.kind !== "Pod") return refused(notFound(place.row, place.name));
  const { container, previous = false, timestamps = false, tailLines } = options;
  const regular = pod.containers.filter((one) => one.role === "regular");
  if (container === undefined && regular.length > 1) {
    const names = (role: (one: Pod["containers"][number]) => boolean) =>
      pod.containers.filter(role).map((one) => one.name);
    const init = names((one) => one.role !== "regular");
    const more = init.length > 0 ? ` or one of the init containers: [${init.join(" ")}]` : "";
    return refused(
      badRequest(
        `a container name must be specified for pod ${pod.name}, choose one of: [${names((one) => one.role === "regular").join(" ")}]${more}`,
      ),
    );
  }
  const wanted = container ?? regular[0]?.name;
  const status = pod.containers.find((one) => one.name === wanted);
  if (!status) return refused(badRequest(`container ${wanted} is not valid for pod ${pod.name}`));
  if (previous && status.restartCount === 0) {
    return refused(badRequest(`previous terminated container "${wanted}" in pod "${pod.name}" not found`));
  }
  if (status.state === "waiting" && status.finishedAt === null) {
    return refused(
      badRequest(
        `container "${wanted}" in pod "${pod.name}" is waiting to start: ${status.reason || "ContainerCreating"}`,
      ),
    );
  }
  const ended = (previous || status.state !== "running") && status.finishedAt !== null;
  const lines: readonly (readonly [number, string])[] = [
    ...(status.startedAt !== null && !previous ? [[status.startedAt, `${wanted} started`] as const] : []),
    ...(ended ? [[status.finishedAt!, `${wanted} exited with code ${status.exitCode ?? 0}`] as const] : []),
  ];
  const texts = lines.map(([at, text]) => (timestamps ? `${timeText(at, server.start)} ${text}` : text));
  return done(tailLines === undefined ? texts : texts.slice(Math.max(0, texts.length - tailLines)));
}
