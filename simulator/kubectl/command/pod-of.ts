/** The pod that a command on a workload is about. Models SelectorsForObject and GetFirstPod of kubectl/pkg/polymorphichelpers. */
import { asObject, type JsonObject, listAt, numberAt, stringAt } from "../../api/json.ts";
import { selectorText } from "../../api/label-selector.ts";
import type { LabelMap, LabelSelector } from "../../api/objects.ts";
import type { ApiObject } from "../../apiserver/types.ts";
import type { Context, Steps } from "./command.ts";
import type { Failure } from "./failure.ts";
import type { Info } from "./info.ts";
import { getObject, listObjects } from "./requests.ts";

/** The object that one argument names: a pod, unless it says otherwise. */
export function* namedObject(context: Context, arg: string): Steps<Info | { readonly failure: Failure }> {
  const [type = "", name, ...more] = arg.includes("/") ? arg.split("/") : ["pods", arg];
  if (more.length > 0) return { failure: "arguments in resource/name form may not have more than one slash" };
  if (name === undefined || name === "" || type === "") {
    return { failure: "arguments in resource/name form must have a single resource and name" };
  }
  const row = context.door.kinds.resource(type);
  if (!row) return { failure: `the server doesn't have a resource type "${type}"` };
  const place = { row, namespace: row.namespaced ? context.namespace : "", name };
  const answer = yield* getObject(context, place);
  return answer.ok ? { place, object: answer.object } : { failure: answer.status };
}

const selecting: ReadonlySet<string> = new Set(["ReplicaSet", "Deployment", "StatefulSet", "DaemonSet", "Job"]);

/** The labels by which the pods of an object are found; undefined for a kind that has none. */
export function podSelector({ place, object }: Info): string | undefined {
  const spec = asObject(object["spec"]);
  const { kind } = place.row;
  if (selecting.has(kind)) return selectorText(asObject(spec["selector"]) as LabelSelector);
  if (kind !== "Service" && kind !== "ReplicationController") return undefined;
  return selectorText({ matchLabels: asObject(spec["selector"]) as LabelMap });
}

const conditionTime = (pod: ApiObject): string => {
  const ready = listAt(asObject(pod["status"]), "conditions")
    .map(asObject)
    .find((one) => one["type"] === "Ready" && one["status"] === "True");
  return ready ? stringAt(ready, "lastTransitionTime") : "";
};

function rank(pod: ApiObject): readonly (string | number)[] {
  const status = asObject(pod["status"]);
  const phases = ["Running", "Unknown", "Pending"];
  const readySince = conditionTime(pod);
  const restarts = listAt(status, "containerStatuses").map((one) => numberAt(asObject(one), "restartCount") ?? 0);
  return [
    stringAt(asObject(pod["spec"]), "nodeName") === "" ? 1 : 0,
    Math.max(0, phases.indexOf(stringAt(status, "phase"))),
    readySince === "" ? 1 : 0,
    readySince,
    -Math.max(0, ...restarts),
    stringAt(pod.metadata as JsonObject, "creationTimestamp"),
  ];
}

/** The pods of which something is most likely to be heard first. Models ByLogging of kubectl/pkg/util/podutils. */
export function likelyFirst(pods: readonly ApiObject[], countsRestarts = true): readonly ApiObject[] {
  const weight = countsRestarts ? 1 : -1;
  return pods.toSorted((a, b) => {
    const [left, right] = [rank(a), rank(b)];
    const at = left.findIndex((one, index) => one !== right[index]);
    if (at < 0) return 0;
    return (left[at]! < right[at]! ? -1 : 1) * (at === 4 ? weight : 1);
  });
}

/** The pods of a selector; waits for the first one, at most so many milliseconds. */
export function* podsFor(
  context: Context,
  namespace: string,
  labelSelector: string,
  patience: number,
): Steps<{ readonly pods: readonly ApiObject[] } | { readonly failure: Failure }> {
  const row = context.door.kinds.named("Pod")!;
  const end = context.door.now() + patience;
  for (;;) {
    const answer = yield* listObjects(context, row, namespace, { labelSelector });
    if (!answer.ok) return { failure: answer.status };
    if (answer.object.items.length > 0) return { pods: answer.object.items };
    const left = end - context.door.now();
    if (left <= 0) return { failure: "timed out waiting for the condition" };
    yield { pass: left };
  }
}

/** `main, helper (ephem), prepare (init)`. */
export function containerNames(pod: ApiObject): string {
  const spec = asObject(pod["spec"]);
  const names = (list: string, mark: string) =>
    listAt(spec, list).map((one) => `${stringAt(asObject(one), "name")}${mark}`);
  return [
    ...names("containers", ""),
    ...names("ephemeralContainers", " (ephem)"),
    ...names("initContainers", " (init)"),
  ].join(", ");
}

export interface Chosen {
  readonly container: JsonObject;
  /** What is said of the choice. */
  readonly note: string;
}

const defaultContainer = "kubectl.kubernetes.io/default-container";

/** The container that is meant, or why there is none. Models FindOrDefaultContainerByName of kubectl/pkg/cmd/util/podcmd. */
export function containerOf(pod: ApiObject, given: string): Chosen | { readonly error: string } {
  const spec = asObject(pod["spec"]);
  const lists = ["containers", "initContainers", "ephemeralContainers"].map((key) => listAt(spec, key).map(asObject));
  const all = lists.flat();
  const name = given || (pod.metadata.annotations?.[defaultContainer] ?? "");
  const [first] = lists[0] ?? [];
  if (name !== "") {
    const container = all.find((one) => one["name"] === name);
    if (container) return { container, note: "" };
    return { error: `container ${name} is not valid for pod ${pod.metadata.name} out of: ${containerNames(pod)}` };
  }
  if (!first) return { error: `pod ${pod.metadata.namespace}/${pod.metadata.name} does not have any containers` };
  const chosen = `Defaulted container "${stringAt(first, "name")}" out of: ${containerNames(pod)}\n`;
  return { container: first, note: all.length > 1 ? chosen : "" };
}

/** The status of a container of a pod. */
export function containerStatus(pod: ApiObject, name: string): JsonObject | undefined {
  const status = asObject(pod["status"]);
  return ["containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses"]
    .flatMap((key) => listAt(status, key).map(asObject))
    .find((one) => one["name"] === name);
}
