import { type JsonObject, listAt, objectAt } from "../../simulator/api/json.ts";
import { matchesSelector } from "../../simulator/api/label-selector.ts";
import type { LabelSelector } from "../../simulator/api/objects.ts";
import type { Facts } from "../service/facts.ts";
import { deploymentText } from "./examples.ts";
import type { Neighbourhood } from "./neighbourhood.ts";
import { advice, type NeighbourRule } from "./rule.ts";

/** Two controllers that select each other's pods fight over them: each adopts or counts what the other makes. */
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
      if (!around.together(facts, other) && !sure(facts, other)) continue;
      if (!matchesSelector(facts.selector as LabelSelector, other.pods?.labels)) continue;
      return [advice("selector-overlap", "warning", ["spec", "selector"], { kind: other.kind, name: other.name })];
    }
    return [];
  },
};

/** Files of a workspace may be meant for different clusters; only a named namespace in common says otherwise. */
function sure(one: Facts, other: Facts): boolean {
  return one.namespace === other.namespace && one.namespace !== "default";
}

/** Makers of pods that carry the rarest of the labels asked for; none when no label is asked for by value. */
function candidates(facts: Facts, selector: JsonObject, around: Neighbourhood): readonly Facts[] {
  let fewest: readonly Facts[] | null = null;
  const consider = (list: readonly Facts[]) => {
    if (fewest === null || list.length < fewest.length) fewest = list;
  };
  for (const [key, value] of Object.entries(objectAt(selector, "matchLabels") ?? {})) {
    consider(around.labelled(facts.namespace, key, String(value)));
  }
  if (fewest !== null) return fewest;
  for (const expression of listAt(selector, "matchExpressions")) {
    const { key, operator, values } = expression as { key?: string; operator?: string; values?: readonly string[] };
    if (operator !== "In" || key === undefined || values === undefined) continue;
    consider(values.flatMap((value) => around.labelled(facts.namespace, key, value)));
  }
  return fewest ?? [];
}
