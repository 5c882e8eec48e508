/** How long rollouts take to simulate, from a hundred replicas to the largest cluster that Kubernetes supports. */
import { createEventQueue } from "../../simulator/engine/queue.ts";
import type { Scenario } from "../../simulator/scenario/scenario.ts";
import { simulate } from "../../simulator/simulate.ts";
import { rolloutOf } from "./largest-cluster.ts";

interface Figures {
  readonly milliseconds: number;
  readonly entries: number;
}

function measure(scenario: Scenario): Figures {
  const begin = performance.now();
  const result = simulate(scenario);
  const milliseconds = performance.now() - begin;
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  if (result.trace.ending !== "settled") throw new Error(`the run ended by ${result.trace.ending}`);
  return { milliseconds, entries: result.trace.entries.length };
}

/** As many values through the bare queue as the run had entries. */
function bareQueue(events: number): number {
  const begin = performance.now();
  const queue = createEventQueue<number>();
  for (let i = 0; i < events; i++) queue.push((i * 7919) % 100_003, 0, i);
  while (queue.pop());
  return performance.now() - begin;
}

const megabytes = () => Math.round(process.memoryUsage().rss / 2 ** 20);
const short = process.argv.includes("--short");

export async function bench(): Promise<void> {
  const sizes = short ? [100, 1000] : [100, 1000, 10_000];
  measure(rolloutOf(1, 100, 10));
  for (const replicas of sizes) {
    const { milliseconds, entries } = measure(rolloutOf(1, replicas, replicas / 10));
    const perPod = (milliseconds * 1000) / (2 * replicas);
    console.log(
      `rollout of ${replicas} replicas on ${replicas / 10} nodes: ${milliseconds.toFixed(0)} ms, ` +
        `${perPod.toFixed(1)} µs per pod, ${entries} entries, ${((2000 * replicas) / milliseconds).toFixed(0)} pods/s ` +
        "(the real scheduler: 680 to 1,100 pods/s)",
    );
  }
  if (short) return;
  const { milliseconds, entries } = measure(rolloutOf(30, 5000, 5000));
  console.log(
    `5,000 nodes, 150,000 pods in 30 Deployments, created and rolled at once: ${milliseconds.toFixed(0)} ms, ` +
      `${megabytes()} MB, ${entries} entries; bare event queue for as many: ${bareQueue(entries).toFixed(0)} ms`,
  );
}
