/** Runs in a web worker: a scenario in, the text of its trace out. */
import type { Scenario } from "../../simulator/scenario/scenario.ts";
import { simulate } from "../../simulator/simulate.ts";

interface WorkerScope {
  onmessage: (message: { readonly data: Scenario }) => void;
  postMessage(text: string): void;
}

const scope = globalThis as unknown as WorkerScope;
scope.onmessage = ({ data }) => scope.postMessage(JSON.stringify(simulate(data)));
