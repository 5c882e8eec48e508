/** PodDisruptionBudgets as their objects carry them. Models the types of policy/v1. */
import { asObject, type JsonObject, numberAt, objectAt, stringAt } from "./json.ts";
import type { IntOrString, LabelSelector } from "./objects.ts";

/** The resource that budgets are stored as. */
export const budgetResource = "poddisruptionbudgets.policy";

export interface BudgetSpec {
  readonly selector: LabelSelector | undefined;
  readonly minAvailable: IntOrString | undefined;
  readonly maxUnavailable: IntOrString | undefined;
  readonly unhealthyPodEvictionPolicy: string;
}

/** What is wanted, of the content of a budget. */
export function budgetSpec(content: JsonObject): BudgetSpec {
  const spec = asObject(content["spec"]);
  return {
    selector: objectAt(spec, "selector") as LabelSelector | undefined,
    minAvailable: spec["minAvailable"] as IntOrString | undefined,
    maxUnavailable: spec["maxUnavailable"] as IntOrString | undefined,
    unhealthyPodEvictionPolicy: stringAt(spec, "unhealthyPodEvictionPolicy"),
  };
}

export interface BudgetStatus {
  readonly observedGeneration: number;
  readonly expectedPods: number;
  readonly desiredHealthy: number;
  readonly currentHealthy: number;
  readonly disruptionsAllowed: number;
}

/** The numbers of the status; 0 where nobody has written one. */
export function budgetStatus(content: JsonObject): BudgetStatus {
  const status = asObject(content["status"]);
  const count = (field: string) => numberAt(status, field) ?? 0;
  return {
    observedGeneration: count("observedGeneration"),
    expectedPods: count("expectedPods"),
    desiredHealthy: count("desiredHealthy"),
    currentHealthy: count("currentHealthy"),
    disruptionsAllowed: count("disruptionsAllowed"),
  };
}
