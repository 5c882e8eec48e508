/** Label selectors of objects and of `-l`: matching, canonical text, kubectl's text. */
import {
  formatSelector,
  isUsableSelector,
  matchesSelector,
  parseSelector,
  selectorText,
} from "../../../simulator/api/label-selector.ts";
import type { LabelMap, LabelSelector } from "../../../simulator/api/objects.ts";
import { matchesRequirements } from "../../../simulator/api/selector-text.ts";
import { type Suite, tableSuite } from "../suite.ts";

type In =
  | { readonly op: "labelSelector"; readonly selector: LabelSelector | null; readonly labels: LabelMap }
  | { readonly op: "parseSelector"; readonly selector: string; readonly labels: LabelMap };

interface Out {
  readonly error: string | null;
  readonly matches: boolean | null;
  readonly string: string | null;
  readonly formatted?: string;
}

function compute(input: In): unknown {
  if (input.op === "parseSelector") {
    const parsed = parseSelector(input.selector);
    return parsed.ok
      ? { error: false, matches: matchesRequirements(parsed.requirements, input.labels), string: parsed.text }
      : { error: true, matches: null, string: null };
  }
  const error = !isUsableSelector(input.selector);
  return {
    error,
    matches: error ? null : matchesSelector(input.selector, input.labels),
    string: selectorText(input.selector) ?? null,
    formatted: formatSelector(input.selector),
  };
}

/** Whether there is an error is compared, not its words. */
export const suite: Suite = tableSuite<In, Out>("label-selectors", compute, (out) => ({
  ...out,
  error: out.error !== null,
}));
