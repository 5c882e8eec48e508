/** A selector of a flag as a selector of an object. Models ParseToLabelSelector of apimachinery/pkg/apis/meta/v1/helpers.go. */
import type { JsonObject } from "../../api/json.ts";
import { parseSelector } from "../../api/selector-text.ts";
import { labelTest } from "../../apiserver/selectors.ts";

const operators: Readonly<Record<string, string>> = { in: "In", notin: "NotIn", exists: "Exists", "!": "DoesNotExist" };

/** The selector, or why it is none. */
export function labelSelectorOf(text: string): { readonly selector: JsonObject } | { readonly error: string } {
  const parsed = parseSelector(text);
  if (!parsed.ok) {
    const test = labelTest(text);
    const why = typeof test === "function" ? "" : (test.message ?? "");
    return {
      error: `couldn't parse the selector string "${text}": ${why.replace(/^unable to parse requirement: /, "unable to parse requirement: ")}`,
    };
  }
  const labels: Record<string, string> = {};
  const expressions: JsonObject[] = [];
  for (const { key, operator, values } of parsed.requirements) {
    if (operator === "=" || operator === "==") labels[key] = values[0] ?? "";
    else {
      const name = operators[operator];
      if (name === undefined) return { error: `"${operator}" is not a valid label selector operator` };
      expressions.push({ key, operator: name, ...(values.length > 0 ? { values: [...values] } : {}) });
    }
  }
  return {
    selector: {
      ...(Object.keys(labels).length > 0 ? { matchLabels: labels } : {}),
      ...(expressions.length > 0 ? { matchExpressions: expressions } : {}),
    },
  };
}
