/**
 * Keeps the status of PodDisruptionBudgets. Models pkg/controller/disruption/disruption.go. Evictions happen in no time here, so
 * no pod is ever waited for that is to be deleted and was not: `disruptedPods` is empty after each look.
 */
import { type BudgetStatus, budgetResource, budgetSpec, budgetStatus } from "../../api/budget.ts";
import { type ConditionText, conditionsWith } from "../../api/conditions.ts";
import { semanticEqual } from "../../api/equality.ts";
import { selectorAsGo } from "../../api/go-text.ts";
import { asObject, type JsonObject, without } from "../../api/json.ts";
import { type ControllerFactory, keyOf, splitKey } from "../../cluster/controller.ts";
import type { Pod, Stored } from "../../cluster/objects.ts";
import { timeText } from "../../cluster/time.ts";
import { retryDelay } from "../retries.ts";
import { countsOwners, disruptionsAllowed, wantedOf } from "./decide.ts";
import { createMembers, type Members } from "./members.ts";
import { scaleOf } from "./scale.ts";

const unmanagedText = (selector: string) =>
  `Pods selected by this PodDisruptionBudget (selector: ${selector}) were found to be unmanaged. As a result, the status of the PDB cannot be calculated correctly, which may result in undefined behavior. To account for these pods please set ".spec.minAvailable" field of the PDB to an integer value.`;

export const disruptionController: ControllerFactory = {
  name: "disruption",
  create({ store, now, start, enqueue, enqueueAfter, event }) {
    /** By the key of the budget. */
    const budgets = new Map<string, Members>();
    /** Looks in a row that failed. */
    const failures = new Map<string, number>();

    function observeBudget(type: string, budget: Stored): void {
      const key = keyOf(budget);
      if (type === "deleted") {
        budgets.delete(key);
        failures.delete(key);
        return;
      }
      const known = budgets.get(key);
      if (known?.budget !== budget || !semanticEqual(known.selector, budgetSpec(budget.content).selector)) {
        budgets.set(key, createMembers(store, budget));
      }
      enqueue(key);
    }

    /** A pod that a budget does not select any more is forgotten, but nobody is told: only its labels of now are asked. */
    function observePod(type: string, pod: Pod): void {
      for (const [key, members] of budgets) {
        members.note(pod, type !== "deleted");
        if (members.matches(pod)) enqueue(key);
      }
    }

    function write(budget: Stored, numbers: BudgetStatus, condition: Omit<ConditionText, "type">): void {
      const status = without(asObject(budget.content["status"]), ["disruptedPods"]);
      const { observedGeneration } = numbers;
      const said = { type: "DisruptionAllowed", ...condition };
      const conditions = conditionsWith(status, said, timeText(now(), start), { observedGeneration });
      const next: JsonObject = { ...status, ...numbers, conditions };
      if (!semanticEqual(next, budget.content["status"])) {
        store.update(budget, { content: { ...budget.content, status: next } });
      }
    }

    /** Returns why the status could not be worked out. */
    function look(budget: Stored, members: Members): string | undefined {
      const { found, selector, unmanaged } = members;
      const spec = budgetSpec(budget.content);
      if (found.pods === 0) event(budget, "Normal", "NoPods", "No matching pods found");
      const wanted = wantedOf(spec, found, () => scaleOf(store, members.owners()));
      if ("error" in wanted) {
        const text = `Failed to calculate the number of expected pods: ${wanted.error}`;
        event(budget, "Warning", "CalculateExpectedPodCountFailed", text);
        return wanted.error;
      }
      if (unmanaged > 0 && countsOwners(spec)) {
        event(budget, "Warning", "UnmanagedPods", unmanagedText(selectorAsGo(selector)));
      }
      const allowed = disruptionsAllowed(wanted, found.healthy);
      const numbers = {
        ...wanted,
        currentHealthy: found.healthy,
        disruptionsAllowed: allowed,
        observedGeneration: budget.generation,
      };
      write(
        budget,
        numbers,
        allowed > 0
          ? { status: "True", reason: "SufficientPods", message: "" }
          : { status: "False", reason: "InsufficientPods", message: "" },
      );
      return undefined;
    }

    return {
      kinds: ["Stored", "Pod"],
      podFields: ["ready", "deleted", "labels", "owners", "phase"],
      observe({ type, object }) {
        if (object.kind === "Pod") {
          if (budgets.size > 0) observePod(type, object);
        } else if (object.kind === "Stored" && object.resource === budgetResource) observeBudget(type, object);
      },
      sync(key) {
        const budget = store.getStored(budgetResource, ...splitKey(key));
        const members = budgets.get(key);
        if (!budget || !members) return;
        const error = look(budget, members);
        if (error === undefined) {
          failures.delete(key);
          return;
        }
        // To be safe nothing may go until it can be told; what else was known stands.
        const numbers = { ...budgetStatus(budget.content), disruptionsAllowed: 0 };
        write(budget, numbers, { status: "False", reason: "SyncFailed", message: error });
        const before = failures.get(key) ?? 0;
        failures.set(key, before + 1);
        enqueueAfter(key, retryDelay(before));
      },
    };
  },
};
