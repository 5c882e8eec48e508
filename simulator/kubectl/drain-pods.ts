/** Which pods of a node a drain takes, and which it refuses to. Models pkg/drain/filters.go of kubectl. */
import { asObject, isTrue, type JsonObject, listAt, stringAt } from "../api/json.ts";
import type { Status } from "../apiserver/status.ts";
import type { ApiList, ApiObject } from "../apiserver/types.ts";
import type { Door } from "./command/command.ts";
import type { DrainOptions } from "./drain-options.ts";

export interface PodsToDrain {
  readonly pods: readonly ApiObject[];
  /** Why the drain does not begin, one sentence for each reason. */
  readonly refusals: readonly string[];
  readonly warnings: readonly string[];
}

type Verdict =
  | { readonly is: "taken" | "left" }
  | { readonly is: "taken" | "left"; readonly warning: string }
  | { readonly is: "refused"; readonly reason: string };

const taken: Verdict = { is: "taken" };

function controllerOf({ metadata }: ApiObject): JsonObject | undefined {
  return listAt(metadata, "ownerReferences")
    .map(asObject)
    .find((owner) => isTrue(owner, "controller"));
}

const hasEnded = (pod: ApiObject): boolean =>
  ["Succeeded", "Failed"].includes(stringAt(asObject(pod["status"]), "phase"));

function hasLocalStorage(pod: ApiObject): boolean {
  return listAt(asObject(pod["spec"]), "volumes").some((volume) => asObject(volume)["emptyDir"] !== undefined);
}

/** The first objection counts; of those that only warn the last one asked has the word. */
function verdictOn(pod: ApiObject, door: Pick<Door, "request">, options: DrainOptions): Verdict {
  const owner = controllerOf(pod);
  const ended = hasEnded(pod);
  if (owner?.["kind"] === "DaemonSet" && !ended) {
    const name = stringAt(owner, "name");
    const place = { group: "apps", version: "v1", resource: "daemonsets", namespace: pod.metadata.namespace ?? "" };
    const isGone = door.request({ verb: "get", ...place, name }).code === 404;
    if (isGone) {
      const why = `daemonsets.apps "${name}" not found`;
      if (!options.force) return { is: "refused", reason: why };
    } else if (!options.ignoreDaemonSets) {
      return { is: "refused", reason: "DaemonSet-managed Pods (use --ignore-daemonsets to ignore)" };
    } else return { is: "left", warning: "ignoring DaemonSet-managed Pods" };
  }
  if (pod.metadata.annotations?.["kubernetes.io/config.mirror"] !== undefined) return { is: "left" };
  if (!ended && hasLocalStorage(pod) && !options.deleteEmptyDirData) {
    return { is: "refused", reason: "Pods with local storage (use --delete-emptydir-data to override)" };
  }
  if (ended || owner) return taken;
  return options.force
    ? { is: "taken", warning: "deleting Pods that declare no controller" }
    : { is: "refused", reason: "Pods that declare no controller (use --force to override)" };
}

/** The pods of the node by name, and what is said of them. */
export function podsToDrain(door: Pick<Door, "request">, node: string, options: DrainOptions): PodsToDrain {
  const selectors = { fieldSelector: `spec.nodeName=${node}`, labelSelector: options.podSelector };
  const { code, body } = door.request({ verb: "list", group: "", version: "v1", resource: "pods", options: selectors });
  if (code !== 200) return { pods: [], refusals: [(body as Status).message ?? ""], warnings: [] };
  const pods: ApiObject[] = [];
  const refused = new Map<string, string[]>();
  const warned = new Map<string, string[]>();
  const note = (map: Map<string, string[]>, key: string, { metadata }: ApiObject) => {
    map.set(key, [...(map.get(key) ?? []), `${metadata.namespace}/${metadata.name}`]);
  };
  for (const pod of (body as ApiList).items) {
    const verdict = verdictOn(pod, door, options);
    if (verdict.is === "taken") pods.push(pod);
    if (verdict.is === "refused") note(refused, verdict.reason, pod);
    else if ("warning" in verdict) note(warned, verdict.warning, pod);
  }
  const told = (map: Map<string, string[]>, begin: string) =>
    [...map].map(([key, names]) => `${begin}${key}: ${names.join(", ")}`).sort();
  return { pods, refusals: told(refused, "cannot delete "), warnings: told(warned, "") };
}
