import { type JsonObject, listAt, objectAt } from "../../simulator/api/json.ts";
import { matchesSelector } from "../../simulator/api/label-selector.ts";
import type { LabelSelector } from "../../simulator/api/objects.ts";
import type { Facts } from "../service/facts.ts";
import { deploymentText } from "./examples.ts";
import type { Neighbourhood } from "./neighbourhood.ts";
import { advice, type NeighbourRule, withOther } from "./rule.ts";

/**
 * Two controllers of which one selects the other's pods. Each keeps its own, as every pod has an owner; but whoever goes by
 * the selector takes in both, and pods that lose their owner go to either.
 */
export const overlappingSelectors: NeighbourRule = {
  looks: "neighbours",
  codes: ["selector-overlap"],
  examples: {
    "selector-overlap": {
      bad: `${deploymentText("")}---\n${deploymentText("").replace("name: web\n", "name: shop\n")}`,
      good: `${deploymentText("")}---\n${deploymentText("", "", "shop")}`,
    },
  },
  check(facts, around) {
    if (facts.selector === null || facts.service !== null) return [];
    for (const other of candidates(facts, facts.selector, around)) {
      if (other === facts || other.selector === null || other.service !== null) continue;
      // The same object under two overlays or versions is no rival.
      if (other.kind === facts.kind && other.name === facts.name) continue;
      if (!matchesSelector(facts.selector as LabelSelector, other.pods?.labels)) continue;
      const isMutual = matchesSelector(other.selector as LabelSelector, facts.pods?.labels);
      const params = { kind: other.kind, name: other.name };
      const at = ["spec", "selector"];
      return [withOther(advice("selector-overlap", isMutual ? "information" : "hint", at, params), other)];
    }
    return [];
  },
};

/** Makers of pods that carry the rarest of the labels asked for; none when no label is asked for by value. */
function candidates(facts: Facts, selector: JsonObject, around: Neighbourhood): readonly Facts[] {
  let fewest: readonly Facts[] | null = null;
  const consider = (list: readonly Facts[]) => {
    if (fewest === null || list.length < fewest.length) fewest = list;
  };
  for (const [key, value] of Object.entries(objectAt(selector, "matchLabels") ?? {})) {
    consider(around.labelled(facts, key, String(value)));
  }
  if (fewest !== null) return fewest;
  for (const expression of listAt(selector, "matchExpressions")) {
    const { key, operator, values } = expression as { key?: string; operator?: string; values?: readonly string[] };
    if (operator !== "In" || key === undefined || values === undefined) continue;
    consider(values.flatMap((value) => around.labelled(facts, key, value)));
  }
  return fewest ?? [];
}
