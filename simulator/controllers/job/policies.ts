/** Rules about failed and succeeded pods. Models pod_failure_policy.go and success_policy.go of pkg/controller/job. */
import type { PodFailurePolicyRule, SuccessPolicyRule } from "../../api/objects.ts";
import { countIndexes, type Intervals, parseIndexes } from "./indexes.ts";

interface FailedPod {
  readonly namespace: string;
  readonly name: string;
  /** Exit codes of regular containers, then of init containers; null while not terminated. */
  readonly containers: readonly { readonly name: string; readonly exitCode: number | null }[];
  readonly conditions: readonly { readonly type: string; readonly status: string }[];
}

export interface FailureVerdict {
  readonly action: string | null;
  /** Whether the failure counts towards the limits. */
  readonly counted: boolean;
  /** Only of FailJob. */
  readonly message: string | null;
}

/** The first rule that matches a failed pod decides; without one the failure counts. */
export function matchPodFailurePolicy(rules: readonly PodFailurePolicyRule[], pod: FailedPod): FailureVerdict {
  for (const [index, rule] of rules.entries()) {
    const reason = rule.onExitCodes ? exitCodeReason(rule.onExitCodes, pod) : conditionReason(rule, pod);
    if (reason === null) continue;
    const message = rule.action === "FailJob" ? `${reason} matching FailJob rule at index ${index}` : null;
    return { action: rule.action, counted: rule.action !== "Ignore", message };
  }
  return { action: null, counted: true, message: null };
}

function exitCodeReason(rule: NonNullable<PodFailurePolicyRule["onExitCodes"]>, pod: FailedPod): string | null {
  for (const { name, exitCode } of pod.containers) {
    if (exitCode === null || exitCode === 0) continue;
    if (rule.containerName !== undefined && rule.containerName !== null && rule.containerName !== name) continue;
    if (rule.values.includes(exitCode) === (rule.operator === "In")) {
      return `Container ${name} for pod ${pod.namespace}/${pod.name} failed with exit code ${exitCode}`;
    }
  }
  return null;
}

function conditionReason(rule: PodFailurePolicyRule, pod: FailedPod): string | null {
  for (const { type, status } of pod.conditions) {
    const matches = (rule.onPodConditions ?? []).some((one) => one.type === type && (one.status ?? "True") === status);
    if (matches) return `Pod ${pod.namespace}/${pod.name} has condition ${type}`;
  }
  return null;
}

/** The message of the first success rule that is met, or null. */
export function matchSuccessPolicy(
  rules: readonly SuccessPolicyRule[],
  completions: number,
  succeeded: Intervals,
): string | null {
  if (succeeded.length === 0) return null;
  for (const [index, rule] of rules.entries()) {
    const needed = rule.succeededCount ?? Number.POSITIVE_INFINITY;
    let met = countIndexes(succeeded);
    if (typeof rule.succeededIndexes === "string") {
      const wanted = parseIndexes(rule.succeededIndexes, completions);
      if (wanted.length === 0) continue;
      met = countCommon(wanted, succeeded);
      // All of the listed ones are enough even where the rule counts more than it lists.
      if (met === countIndexes(wanted)) return `Matched rules at index ${index}`;
    }
    if (met >= needed) return `Matched rules at index ${index}`;
  }
  return null;
}

/** How many indexes two ordered sets have in common. */
function countCommon(a: Intervals, b: Intervals): number {
  let common = 0;
  for (let i = 0, j = 0; ; ) {
    const one = a[i];
    const other = b[j];
    if (!one || !other) return common;
    common += Math.max(0, Math.min(one[1], other[1]) - Math.max(one[0], other[0]) + 1);
    if (other[1] <= one[1]) j++;
    if (one[1] <= other[1]) i++;
  }
}
