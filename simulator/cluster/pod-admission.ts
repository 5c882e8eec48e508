/**
 * Admission of the pods that controllers make: limits, then what every new pod goes through. Worked out once for all pods of a
 * template, and only where something in the cluster or in the template calls for it: what every cluster gives to every pod is
 * put in when the pod is read.
 */
import type { ClusterFacts } from "../api/admission/facts.ts";
import { admitPodSpec } from "../api/admission/pod.ts";
import { boundLabels } from "../api/admission/topology-labels.ts";
import { admissionText } from "../api/admission/wording.ts";
import type { Draft } from "../api/defaults-pod.ts";
import type { JsonObject } from "../api/json.ts";
import type { PodSpec } from "../api/objects.ts";
import { podRefusal, refusalText } from "../api/pod-refusal.ts";
import type { Problem } from "../api/problem.ts";
import { copy } from "../api/registry/read.ts";
import type { Target } from "../api/target.ts";
import { priorityClassResource, runtimeClassResource } from "./facts.ts";
import { type Guard, limitResource } from "./guard.ts";
import { generatedBase } from "./pods.ts";
import type { Change, Creation } from "./store.ts";

interface PodAdmission {
  /** The pod as it is stored, or the answer of a server that does not take it. */
  admit(creation: Creation<"Pod">): Creation<"Pod"> | string;
  /** Hears of every change: classes and limits reach the pods that are made from then on. */
  observe(change: Change): void;
}

type Outcome = { readonly spec: PodSpec } | { readonly forbidden: Problem } | { readonly invalid: readonly Problem[] };

const heeded: ReadonlySet<string> = new Set([priorityClassResource, runtimeClassResource, limitResource]);

/** Whether the spec says something that the classes of a cluster have a say in. */
function concernsClasses({ priorityClassName, priority, preemptionPolicy, runtimeClassName }: PodSpec): boolean {
  return Boolean(priorityClassName || preemptionPolicy || runtimeClassName) || priority !== undefined;
}

export function createPodAdmission(cluster: ClusterFacts, guard: Guard, target: Target): PodAdmission {
  let outcomes = new WeakMap<PodSpec, Map<string, Outcome>>();
  /** Whether there is a class for pods that name none; null: to be looked up. */
  let hasUsual: boolean | null = null;

  function workedOut(namespace: string, given: PodSpec): Outcome {
    const limited = guard.isActive() ? guard.limited(namespace, given) : given;
    if (limited === given && !hasUsual && !concernsClasses(given)) return { spec: given };
    const spec = copy(limited as unknown as JsonObject);
    const refused = admitPodSpec(spec as Draft, namespace, cluster);
    if (refused) return { forbidden: refused.problems[0]! };
    const admitted = spec as unknown as PodSpec;
    const problems = podRefusal({ spec: admitted }, "pod", target);
    return problems ? { invalid: problems } : { spec: admitted };
  }

  function outcomeOf(namespace: string, spec: PodSpec): Outcome {
    let bySpace = outcomes.get(spec);
    if (!bySpace) {
      bySpace = new Map();
      outcomes.set(spec, bySpace);
    }
    let outcome = bySpace.get(namespace);
    if (!outcome) {
      outcome = workedOut(namespace, spec);
      bySpace.set(namespace, outcome);
    }
    return outcome;
  }

  return {
    admit(creation) {
      hasUsual ??= cluster.defaultPriorityClass?.() !== undefined;
      const outcome = outcomeOf(creation.namespace, creation.spec);
      if ("forbidden" in outcome) {
        const name = generatedBase(creation) ?? creation.name;
        return `pods ${JSON.stringify(name)} is forbidden: ${admissionText(outcome.forbidden)}`;
      }
      if ("invalid" in outcome) return refusalText(creation.name, outcome.invalid);
      const node = creation.node === "" ? undefined : cluster.nodeLabels?.(creation.node);
      const labels = node ? boundLabels(creation.labels, node, target) : creation.labels;
      const { spec } = outcome;
      return spec === creation.spec && labels === creation.labels ? creation : { ...creation, spec, labels };
    },
    observe({ object }) {
      if (object.kind !== "Stored" || !heeded.has(object.resource)) return;
      outcomes = new WeakMap();
      hasUsual = null;
    },
  };
}
