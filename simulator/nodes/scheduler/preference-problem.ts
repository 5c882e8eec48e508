/**
 * Preferred node affinity that the API server takes and the scheduler cannot read. Models NewPreferredSchedulingTerms of
 * staging/src/k8s.io/component-helpers/scheduling/corev1/nodeaffinity/nodeaffinity.go.
 */
import { labelValue } from "../../api/formats.ts";
import { int64, type PreferredTerm } from "../../api/node-selector.ts";
import type { LabelSelectorRequirement } from "../../api/objects.ts";

const rules: Readonly<Record<string, string>> = {
  "max-63-characters": "must be no more than 63 bytes",
  "label-value-characters":
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end " +
    "with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is " +
    "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
};

function* problems({ key, operator, values = [] }: LabelSelectorRequirement, path: string): Generator<string> {
  const invalid = (at: string, value: string, why: string) => `${at}: Invalid value: ${JSON.stringify(value)}: ${why}`;
  for (const [index, value] of values.entries()) {
    const at = `${path}.values[${index}]`;
    if ((operator === "Gt" || operator === "Lt") && int64(value) === undefined)
      yield invalid(at, value, "for 'Gt', 'Lt' operators, the value must be an integer");
  }
  for (const [index, value] of values.entries()) {
    const broken = labelValue(value);
    if (broken.length > 0)
      yield invalid(`${path}.values[${index}][${key}]`, value, broken.map((rule) => rules[rule]).join("; "));
  }
}

/** What the scheduler says of preferences that it cannot read, in its words; null when it can. */
export function preferenceProblem(terms: readonly PreferredTerm[]): string | null {
  const found = terms.flatMap(({ weight, preference: { matchExpressions = [] } }, index) =>
    weight === 0 ? [] : matchExpressions.flatMap((one, at) => [...problems(one, `[${index}].matchExpressions[${at}]`)]),
  );
  if (found.length === 0) return null;
  const all = found.length === 1 ? found[0]! : `[${found.join(", ")}]`;
  return `running PreScore plugin "NodeAffinity": ${all}`;
}
