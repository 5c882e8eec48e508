import { deploymentText } from "./examples.ts";
import { advice, type NeighbourRule, withOther } from "./rule.ts";

/** Applied in order, the later of two objects of one name takes the place of the earlier one. */
export const objectRepeated: NeighbourRule = {
  looks: "neighbours",
  codes: ["object-repeated"],
  examples: {
    "object-repeated": {
      bad: `${deploymentText("  replicas: 3\n")}---\n${deploymentText("  replicas: 5\n")}`,
      good: `${deploymentText("  replicas: 3\n")}---\n${deploymentText("  replicas: 5\n", "", "shop")}`,
    },
  },
  check(facts, around) {
    const { kind, name } = facts;
    if (name === "" || facts.partial) return [];
    // Those of the file itself come first, in its order.
    const [first] = around.named(facts, kind, name);
    if (first === undefined || first === facts || first.partial || !around.together(facts, first)) return [];
    return [withOther(advice("object-repeated", "warning", ["metadata", "name"], { kind, name }), first)];
  },
};
