/** Which pods of a node a drain takes, and which it refuses to. Models pkg/drain/filters.go of kubectl. */
import { asObject, isTrue, type JsonObject, listAt, stringAt } from "../api/json.ts";
import { list } from "../apiserver/read.ts";
import type { ApiObject, ApiServer } from "../apiserver/types.ts";
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
function verdictOn(pod: ApiObject, server: ApiServer, options: DrainOptions): Verdict {
  const owner = controllerOf(pod);
  const ended = hasEnded(pod);
  if (owner?.["kind"] === "DaemonSet" && !ended) {
    const name = stringAt(owner, "name");
    const isGone = !server.store.get("DaemonSet", pod.metadata.namespace ?? "", name);
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
export function podsToDrain(server: ApiServer, node: string, options: DrainOptions): PodsToDrain {
  const place = { row: server.kinds.named("Pod")!, namespace: "", name: "" };
  const fieldSelector = `spec.nodeName=${node}`;
  const answer = list(server, place, { fieldSelector, labelSelector: options.podSelector });
  if (!answer.ok) return { pods: [], refusals: [answer.status.message ?? ""], warnings: [] };
  const pods: ApiObject[] = [];
  const refused = new Map<string, string[]>();
  const warned = new Map<string, string[]>();
  const note = (map: Map<string, string[]>, key: string, { metadata }: ApiObject) => {
    map.set(key, [...(map.get(key) ?? []), `${metadata.namespace}/${metadata.name}`]);
  };
  for (const pod of answer.object.items) {
    const verdict = verdictOn(pod, server, options);
    if (verdict.is === "taken") pods.push(pod);
    if (verdict.is === "refused") note(refused, verdict.reason, pod);
    else if ("warning" in verdict) note(warned, verdict.warning, pod);
  }
  const told = (map: Map<string, string[]>, begin: string) =>
    [...map].map(([key, names]) => `${begin}${key}: ${names.join(", ")}`).sort();
  return { pods, refusals: told(refused, "cannot delete "), warnings: told(warned, "") };
}
