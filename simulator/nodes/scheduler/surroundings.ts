/** What the scheduler looks up in the store of the cluster beside pods and nodes. */
import { asObject } from "../../api/json.ts";
import type { LabelMap, LabelSelector } from "../../api/objects.ts";
import type { ControllerContext } from "../../cluster/controller.ts";
import { isPodTerminal, type Pod, type Service, type Stored, wholeSeconds } from "../../cluster/objects.ts";
import type { Change, Store } from "../../cluster/store.ts";
import type { Surroundings } from "./placed-pod.ts";
import type { Budget, PreemptionSurroundings } from "./preemption.ts";
import { type VolumeOptions, volumeCheck } from "./volumes.ts";

const replicationController = "ReplicationController";
const replicationControllers = "replicationcontrollers";

/** The pods that take room on nodes, the selectors of Services and controllers, and the labels of namespaces, as they are now. */
export function surroundingsIn(
  store: Store,
  { start }: Pick<ControllerContext, "start">,
  nominated: ReadonlyMap<string, ReadonlySet<Pod>>,
  options: VolumeOptions = { elsewhere: "there" },
): Omit<Surroundings, "podsOn"> & PreemptionSurroundings<Pod> {
  return {
    nominated,
    // Placement is given the pods of the store, whatever it looks at of them.
    volumes: (pod) => volumeCheck(store, pod as unknown as Pod, options),
    budgets: () => Array.from(store.allStored("poddisruptionbudgets.policy"), budgetOf),
    startOf(pod) {
      const time = startOf(pod);
      return time === Number.POSITIVE_INFINITY ? time : wholeSeconds(time, start);
    },
    *podsOn(node) {
      for (const pod of store.podsOnNode(node)) if (!isPodTerminal(pod)) yield pod;
    },
    *services(namespace) {
      for (const service of store.all("Service")) if (service.namespace === namespace) yield selectorOf(service);
    },
    controller(kind, namespace, name): LabelSelector | undefined {
      if (kind === replicationController) {
        const found = store.getStored(replicationControllers, namespace, name);
        return found && { matchLabels: asObject(asObject(found.content["spec"])["selector"]) as LabelMap };
      }
      if (kind !== "ReplicaSet" && kind !== "StatefulSet") return undefined;
      return store.get(kind, namespace, name)?.spec.selector;
    },
    namespaceLabels: (namespace) => ({
      ...store.getStored("namespaces", "", namespace)?.labels,
      "kubernetes.io/metadata.name": namespace,
    }),
  };
}

/** What the status of a budget does not say yet allows nothing. */
function budgetOf({ namespace, content }: Stored): Budget {
  const spec = (content["spec"] ?? {}) as { readonly selector?: LabelSelector };
  const status = (content["status"] ?? {}) as {
    readonly disruptionsAllowed?: number;
    readonly disruptedPods?: Readonly<Record<string, unknown>>;
  };
  return {
    namespace,
    selector: spec.selector,
    disruptionsAllowed: status.disruptionsAllowed ?? 0,
    disrupted: Object.keys(status.disruptedPods ?? {}),
  };
}

/** When the pod was started; Infinity when it was not yet. A container that was restarted does not say when. */
function startOf({ containers, conditions }: Pod): number {
  let first = Number.POSITIVE_INFINITY;
  let restarted = false;
  for (const { startedAt, restartCount } of containers) {
    if (startedAt !== null && startedAt < first) first = startedAt;
    if (restartCount > 0) restarted = true;
  }
  if (!restarted || first === Number.POSITIVE_INFINITY) return first;
  return conditions.find(({ type }) => type === "PodScheduled")?.lastTransitionTime ?? first;
}

function selectorOf({ spec }: Service): LabelMap {
  return (spec["selector"] as LabelMap | undefined) ?? {};
}

/** Whether a change of a Service or a controller can change what pods are spread by. Selectors of controllers never change. */
export function concernsSelectors(change: Change): boolean {
  const { kind } = change.object;
  if (kind === "Stored") return (change.object as Stored).resource === replicationControllers;
  if (kind === "Service") return change.type !== "modified" || "spec" in change.previous;
  return (kind === "ReplicaSet" || kind === "StatefulSet") && change.type !== "modified";
}
