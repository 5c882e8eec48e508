/** The largest cluster that Kubernetes supports, beside the bare event queue. A program of its own: it prints its memory. */
import { createEventQueue } from "../../simulator/engine/queue.ts";
import { rolloutOf } from "./largest-cluster.ts";
import { measure } from "./measure.ts";
import { line } from "./side.ts";

/** As many values through the bare queue as the run had entries. */
function bareQueue(events: number): number {
  const begin = performance.now();
  const queue = createEventQueue<number>();
  for (let i = 0; i < events; i++) queue.push((i * 7919) % 100_003, 0, i);
  while (queue.pop());
  return performance.now() - begin;
}

function largestCluster(): void {
  const { milliseconds, entries } = measure(rolloutOf(30, 5000, 5000));
  line("5,000 nodes, 150,000 pods in 30 Deployments, created and rolled at once", milliseconds, "ms", [
    "at most",
    10_000,
  ]);
  line("  memory of the process", process.memoryUsage().rss / 2 ** 20, "MB", ["at most", 1500]);
  line(`  bare event queue for as many events (${entries})`, bareQueue(entries), "ms");
}

largestCluster();
