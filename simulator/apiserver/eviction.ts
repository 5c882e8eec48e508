/** The eviction subresource of pods. Models pkg/registry/core/pod/storage/eviction.go. */
import { type BudgetStatus, budgetResource, budgetSpec, budgetStatus } from "../api/budget.ts";
import { conditionOf, conditionsWith } from "../api/conditions.ts";
import { asObject, type JsonObject, objectAt, stringAt } from "../api/json.ts";
import { matchesSelector } from "../api/label-selector.ts";
import { since, type Target } from "../api/target.ts";
import { deleteObject } from "../cluster/deletion.ts";
import { isPodTerminal, type Pod, type Stored } from "../cluster/objects.ts";
import { deletePod, withCondition } from "../cluster/pods.ts";
import { timeText } from "../cluster/time.ts";
import { admitted } from "./admission/chain.ts";
import type { DeleteOptions } from "./delete.ts";
import { liveAt } from "./find.ts";
import { objectOut } from "./out/object.ts";
import { conflict, notFound, type Status, success, tooManyRequests, unknownError } from "./status.ts";
import { type Answer, type ApiServer, done, type Place, refused } from "./types.ts";

/**
 * Evicts a pod: notes on it that it was disrupted, and deletes it, unless a budget or admission refuses. `options` are those of
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
  const refusal = spend(server, pod, dryRun);
  if (refusal) return refused(refusal);
  if (!dryRun) {
    disrupt(server, pod);
    const { propagation = "background", gracePeriodSeconds } = options;
    if (propagation === "background") deletePod(server.store, pod, server.cluster.now(), gracePeriodSeconds);
    else if (pod.deleted === null) deleteObject(server.store, pod, server.cluster.now(), propagation);
  }
  return done(success(201));
}

/** Nobody misses a pod that has not started, has ended, or goes already. */
const needsNoBudget = (pod: Pod): boolean => isPodTerminal(pod) || pod.phase === "Pending" || pod.deleted !== null;

/** Takes the eviction out of the pod's budget, or says why it does not allow it. */
function spend(server: ApiServer, pod: Pod, dryRun: boolean): Status | undefined {
  if (needsNoBudget(pod)) return undefined;
  const { store } = server;
  const guarding = [...store.allStored(budgetResource)].filter(
    ({ namespace, content }) =>
      namespace === pod.namespace && matchesSelector(budgetSpec(content).selector, pod.labels),
  );
  const [budget] = guarding;
  if (!budget) return undefined;
  if (guarding.length > 1) {
    return unknownError(
      "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.",
    );
  }
  const status = budgetStatus(budget.content);
  if (!pod.ready && isFree(budgetSpec(budget.content).unhealthyPodEvictionPolicy, status)) return undefined;
  const why = refusalOf(budget, status, server.target);
  if (why) return tooManyRequests(violation, [{ reason: "DisruptionBudget", message: why.text }], why.retryAfter);
  if (!dryRun) store.update(budget, { content: { ...budget.content, status: spent(server, budget, status, pod) } });
  return undefined;
}

const violation = "Cannot evict pod as it would violate the pod's disruption budget.";

/** Whether an unready pod goes without being counted: always, or as long as the others are enough. */
function isFree(policy: string, { currentHealthy, desiredHealthy }: BudgetStatus): boolean {
  return policy === "AlwaysAllow" || (currentHealthy >= desiredHealthy && desiredHealthy > 0);
}

function refusalOf(
  { name, generation, content }: Stored,
  status: BudgetStatus,
  target: Target,
): { readonly text: string; readonly retryAfter?: number } | undefined {
  const budget = `The disruption budget ${name}`;
  if (status.observedGeneration < generation) {
    return { text: `${budget} is still being processed by the server.`, retryAfter: 10 };
  }
  if (status.disruptionsAllowed > 0) return undefined;
  const condition = conditionOf(asObject(content["status"]), "DisruptionAllowed");
  if (condition?.["reason"] === "SyncFailed") {
    const error = stringAt(condition, "message");
    return { text: `${budget} does not allow evicting pods currently because it failed sync: ${error}` };
  }
  const { currentHealthy, desiredHealthy } = status;
  return currentHealthy <= desiredHealthy || !since(target, "1.35")
    ? { text: `${budget} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently` }
    : { text: `${budget} does not allow evicting pods currently` };
}

/** The status with one disruption less, and the pod among those that are to go. */
function spent(server: ApiServer, { content }: Stored, numbers: BudgetStatus, pod: Pod): JsonObject {
  const status = asObject(content["status"]);
  const now = timeText(server.cluster.now(), server.start);
  const disruptionsAllowed = numbers.disruptionsAllowed - 1;
  const none = { type: "DisruptionAllowed", status: "False", reason: "InsufficientPods", message: "" } as const;
  const { observedGeneration } = numbers;
  return {
    ...status,
    disruptionsAllowed,
    ...(disruptionsAllowed === 0 ? { conditions: conditionsWith(status, none, now, { observedGeneration }) } : {}),
    disruptedPods: { ...objectAt(status, "disruptedPods"), [pod.name]: now },
  };
}

function disrupt({ cluster, store }: ApiServer, pod: Pod): void {
  const condition = {
    type: "DisruptionTarget",
    status: "True",
    reason: "EvictionByEvictionAPI",
    message: "Eviction API: evicting",
    lastTransitionTime: cluster.now(),
  } as const;
  store.update(pod, { conditions: withCondition(pod.conditions, condition) });
}
