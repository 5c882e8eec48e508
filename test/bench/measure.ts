/** How long one run takes. */
import type { Scenario } from "../../simulator/scenario/scenario.ts";
import { simulate } from "../../simulator/simulate.ts";

export interface Figures {
  readonly milliseconds: number;
  readonly entries: number;
}

export function measure(scenario: Scenario, ending = "settled"): Figures {
  const begin = performance.now();
  const result = simulate(scenario);
  const milliseconds = performance.now() - begin;
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  if (result.trace.ending !== ending) throw new Error(`the run ended by ${result.trace.ending}`);
  return { milliseconds, entries: result.trace.entries.length };
}
