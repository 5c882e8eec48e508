/** Budgets and drains as a scenario plays them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Action } from "../../../simulator/scenario/scenario.ts";
import type { Trace } from "../../../simulator/trace.ts";
import { podEntries, run, scenario, workload } from "./help.ts";

const budget = (spec: Readonly<Record<string, unknown>>): Action => ({
  do: "apply",
  object: {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: { name: "web" },
    spec: { selector: { matchLabels: { app: "web" } }, ...spec },
  },
});

const deployment = (replicas: number): Action => ({ do: "apply", object: workload("Deployment", { replicas }) });
const nodes = [{ name: "n1" }, { name: "n2", unschedulable: true }];

/** Everything is on n1 when the drain of it begins, a minute after the start. */
function drained(replicas: number, spec: Readonly<Record<string, unknown>>, timeout?: number): Trace {
  const drain: Action = { do: "drain", name: "n1", ...(timeout === undefined ? {} : { timeout }) };
  return run(
    scenario(
      [
        { at: 0, action: deployment(replicas) },
        { at: 30_000, action: budget(spec) },
        { at: 40_000, action: { do: "uncordon", name: "n2" } },
        { at: 60_000, action: drain },
      ],
      { nodes, horizon: 600_000 },
    ),
  );
}

/** The fewest pods that are ready and stay, from the drain on. */
function lowestReady(trace: Trace): number {
  const ready = new Set<string>();
  let lowest = Number.POSITIVE_INFINITY;
  for (const { time, uid, state } of podEntries(trace)) {
    if (time > 60_000) lowest = Math.min(lowest, ready.size);
    if (state?.ready && !state.terminating) ready.add(uid);
    else ready.delete(uid);
  }
  return Math.min(lowest, ready.size);
}

const outputs = (trace: Trace) =>
  trace.entries.flatMap((one) =>
    (one.type === "step" || one.type === "output") && one.index === 3 ? [`${one.time} ${one.output}`] : [],
  );

test("a drain takes one pod after the other when a budget wants it so", () => {
  const trace = drained(2, { maxUnavailable: 1 });
  assert.equal(lowestReady(trace), 1);
  const text = outputs(trace).join("\n");
  assert.match(text, /will retry after 5s\): Cannot evict pod as it would violate the pod's disruption budget\./);
  assert.match(text, /node\/n1 drained$/);
});

test("a drain that a budget never allows gives up after its timeout", () => {
  const trace = drained(2, { minAvailable: 2 }, 20);
  assert.equal(lowestReady(trace), 2);
  assert.match(outputs(trace).at(-1) ?? "", /global timeout reached: 20s/);
});

test("without a timeout a drain goes on trying, and says what repeats itself only once", () => {
  const trace = drained(1, { maxUnavailable: 0 });
  assert.equal(trace.ending, "horizon");
  assert.equal(outputs(trace).length, 2);
});

test("no eviction ever breaks a budget", () => {
  const share = fc.oneof(
    fc.nat(6),
    fc.nat(100).map((one) => `${one}%`),
  );
  const spec = fc.oneof(
    share.map((one) => ({ minAvailable: one })),
    share.map((one) => ({ maxUnavailable: one })),
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), spec, (replicas, wanted) => {
      const trace = drained(replicas, wanted, 60);
      const [[name, value]] = Object.entries(wanted) as [[string, number | string]];
      const pods = typeof value === "number" ? value : Math.ceil((Number.parseInt(value, 10) * replicas) / 100);
      const floor = name === "minAvailable" ? pods : replicas - pods;
      assert.ok(lowestReady(trace) >= Math.min(replicas, floor), `${lowestReady(trace)} of ${floor}`);
    }),
    { numRuns: 30 },
  );
});
