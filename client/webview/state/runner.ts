/** One worker at a time: a newer scenario ends the run of an older one, whose answer would be stale. */
import type { Scenario } from "../../../simulator/scenario/scenario.ts";
import type { Simulation } from "../../../simulator/simulate.ts";
import type { RunAnswer } from "../worker.ts";

let source: Promise<string> | undefined;
let worker: Worker | undefined;
let busy = false;
let latest = 0;

async function freshWorker(): Promise<Worker> {
  source ??= fetch(document.body.dataset["worker"] ?? "")
    .then((response) => response.text())
    .then((text) => URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
  return new Worker(await source);
}

/** The result of the scenario; null when a newer one was asked for meanwhile. */
export async function run(scenario: Scenario): Promise<Simulation | null> {
  const id = ++latest;
  if (busy) {
    worker?.terminate();
    worker = undefined;
  }
  busy = true;
  worker ??= await freshWorker();
  const mine = worker;
  if (id !== latest) return null;
  return new Promise((resolve, reject) => {
    mine.onmessage = ({ data }: MessageEvent<RunAnswer>) => {
      if (data.id !== latest) return resolve(null);
      busy = false;
      resolve(data.result);
    };
    mine.onerror = (event) => reject(new Error(event.message));
    mine.postMessage({ id, scenario });
  });
}
