import { isObject } from "../../simulator/api/json.ts";
import type { Path, Problem } from "../../simulator/api/problem.ts";
import { isMissingValue } from "../service/standing/placeholders.ts";
import { deploymentText } from "./examples.ts";
import { advice, type ObjectRule } from "./rule.ts";

/** Texts of these fields are read by others. */
const data = new Set(["data", "stringData", "binaryData", "args", "command"]);
const deepest = 30;
const mostTold = 50;

/** What a template has printed instead of a value is a text like any other to the API server. */
export const templateValue: ObjectRule = {
  looks: "object",
  codes: ["template-value-missing"],
  examples: {
    "template-value-missing": {
      bad: deploymentText("").replace("nginx:1.29", '"nginx:<no value>"'),
      good: deploymentText(""),
    },
  },
  check({ value }) {
    const found: Problem[] = [];
    const look = (one: unknown, at: Path): void => {
      if (at.length > deepest || found.length >= mostTold) return;
      if (isMissingValue(one)) found.push(advice("template-value-missing", "warning", at, { value: String(one) }));
      else if (Array.isArray(one)) for (const [index, item] of one.entries()) look(item, [...at, index]);
      else if (isObject(one)) {
        for (const [key, item] of Object.entries(one)) if (!data.has(key)) look(item, [...at, key]);
      }
    };
    look(value, []);
    return found;
  },
};
