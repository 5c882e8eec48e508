/**
 * The largest cluster that Kubernetes supports, beside the bare event queue. A program of its own, so that the memory is that of
 * this run alone; it prints one `LargestRun` as JSON.
 */
import { createEventQueue, type Due } from "../../simulator/engine/queue.ts";
import { rolloutOf } from "./largest-cluster.ts";
import { measure } from "./measure.ts";

export interface LargestRun {
  readonly milliseconds: number;
  /** Of the process, in MiB. */
  readonly memory: number;
  readonly entries: number;
  /** Milliseconds of the bare event queue for as many events. */
  readonly queue: number;
}

/** As many values through the bare queue as the run had entries. */
function bareQueue(events: number): number {
  const begin = performance.now();
  const queue = createEventQueue<Due & { readonly number: number }>();
  for (let i = 0; i < events; i++) queue.push((i * 7919) % 100_003, 0, { number: i, waiting: false });
  while (queue.pop());
  return performance.now() - begin;
}

const { milliseconds, entries } = measure(rolloutOf(30, 5000, 5000));
const memory = process.memoryUsage().rss / 2 ** 20;
const run: LargestRun = { milliseconds, memory, entries, queue: bareQueue(entries) };
console.log(JSON.stringify(run));
