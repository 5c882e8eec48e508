/** How long one run takes. */
import type { Scenario } from "../../simulator/scenario/scenario.ts";
import { simulate } from "../../simulator/simulate.ts";

export interface Figures {
  readonly milliseconds: number;
  /** How long it takes to read the trace when the run is over. */
  readonly reading: number;
  readonly entries: number;
}

export function measure(scenario: Scenario, ending = "settled"): Figures {
  const begin = performance.now();
  const result = simulate(scenario);
  const milliseconds = performance.now() - begin;
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  if (result.trace.ending !== ending) throw new Error(`the run ended by ${result.trace.ending}`);
  const entries = result.trace.entries.length;
  return { milliseconds, reading: performance.now() - begin - milliseconds, entries };
}
