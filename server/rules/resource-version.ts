import { valueAt } from "../service/parse.ts";
import { deploymentText } from "./examples.ts";
import { advice, type ObjectRule } from "./rule.ts";

/** A version that was read once makes later applies conflicts. Models UpdateObject of kubectl's apply: it is sent along then. */
export const resourceVersion: ObjectRule = {
  looks: "object",
  codes: ["resource-version-given"],
  examples: {
    "resource-version-given": {
      bad: deploymentText("").replace("  name: web\n", '  name: web\n  resourceVersion: "8842"\n'),
      good: deploymentText(""),
    },
  },
  check({ value, decision }) {
    const version = valueAt(value, ["metadata", "resourceVersion"]);
    // A buffer of `kubectl edit` has it on purpose.
    if (typeof version !== "string" || version === "" || decision.reason.why === "edit-buffer") return [];
    return [advice("resource-version-given", "information", ["metadata", "resourceVersion"], { value: version })];
  },
};
