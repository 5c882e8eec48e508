/** Runs scenarios away from the page, so that scrubbing stays smooth. */
import type { Scenario } from "../../simulator/scenario/scenario.ts";
import { type Simulation, simulate } from "../../simulator/simulate.ts";

export interface RunRequest {
  readonly id: number;
  readonly scenario: Scenario;
}
export interface RunAnswer {
  readonly id: number;
  readonly result: Simulation;
}

const scope = self as unknown as {
  onmessage: (event: MessageEvent<RunRequest>) => void;
  postMessage(answer: RunAnswer): void;
};
scope.onmessage = ({ data }) => scope.postMessage({ id: data.id, result: simulate(data.scenario) });
