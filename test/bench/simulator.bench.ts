/** How long it takes to simulate: rollouts up to the largest cluster that Kubernetes supports, Jobs, a year of a CronJob. */
import { createEventQueue } from "../../simulator/engine/queue.ts";
import type { Scenario } from "../../simulator/scenario/scenario.ts";
import { simulate } from "../../simulator/simulate.ts";
import { rolloutOf } from "./largest-cluster.ts";
import { line } from "./side.ts";
import { webernetesRollout } from "./webernetes.ts";
import { cronJobFor, daemonRollout, indexedJob } from "./workloads.ts";

interface Figures {
  readonly milliseconds: number;
  readonly entries: number;
}

function measure(scenario: Scenario, ending = "settled"): Figures {
  const begin = performance.now();
  const result = simulate(scenario);
  const milliseconds = performance.now() - begin;
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  if (result.trace.ending !== ending) throw new Error(`the run ended by ${result.trace.ending}`);
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

/** The best of three. */
function best(scenario: () => Scenario): Figures {
  const runs = [0, 1, 2].map(() => measure(scenario()));
  return runs.reduce((a, b) => (b.milliseconds < a.milliseconds ? b : a));
}

const short = process.argv.includes("--short");
/** The real scheduler's published throughput in pods per second. */
const realScheduler = 1100;

function rollouts(): void {
  const perPod = new Map<number, number>();
  measure(rolloutOf(1, 100, 10));
  for (const replicas of short ? [100, 1000] : [100, 1000, 10_000]) {
    const { milliseconds } = best(() => rolloutOf(1, replicas, replicas / 10));
    perPod.set(replicas, (milliseconds * 1000) / (2 * replicas));
    line(`create and roll ${replicas} replicas on ${replicas / 10} nodes`, milliseconds, "ms");
    line("  per pod", perPod.get(replicas)!, "µs");
    const speed = (2000 * replicas) / milliseconds;
    const bar = replicas >= 1000 ? (["at least", 20] as const) : undefined;
    line(
      `  ${Math.round(speed)} pods/s, lifecycle included, beside the scheduler's 680 to 1,100`,
      speed / realScheduler,
      "times",
      bar,
    );
  }
  if (!short)
    line("time per pod at 10,000 to that at 1,000", perPod.get(10_000)! / perPod.get(1000)!, "times", ["at most", 2]);
}

function others(): void {
  const nodes = short ? 500 : 5000;
  line(`DaemonSet on ${nodes} nodes, created and rolled`, measure(daemonRollout(nodes)).milliseconds, "ms");
  const completions = short ? 2000 : 100_000;
  line(
    `indexed Job, ${completions} completions`,
    measure(indexedJob(completions, completions / 100)).milliseconds,
    "ms",
  );
  const days = short ? 5 : 365;
  const { milliseconds, entries } = measure(cronJobFor(days), "horizon");
  const label = `*/5 CronJob for ${days} days, ${entries} entries`;
  line(label, milliseconds, "ms", short ? undefined : ["at most", 1000]);
}

async function besideWebernetes(): Promise<void> {
  for (const replicas of [100, 300]) {
    const theirs = await webernetesRollout(replicas, 10, 180_000);
    const ours = best(() => rolloutOf(1, replicas, 10)).milliseconds;
    if (theirs === null) {
      console.log(`  @ngrok/webernetes 0.3.5, ${replicas} pods: not to be had, or not done after three minutes`);
      continue;
    }
    line(`@ngrok/webernetes 0.3.5, ${replicas} pods: create`, theirs.create, "ms");
    line("  roll out", theirs.roll, "ms");
    line("  the same with Seatrial, create and roll out", ours, "ms");
    line("  faster", (theirs.create + theirs.roll) / ours, "times", ["at least", 300]);
  }
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

export async function bench(): Promise<void> {
  // First, so that the memory printed is that of this run alone.
  if (!short) largestCluster();
  rollouts();
  others();
  if (!short) await besideWebernetes();
}
