/** The arithmetic of autoscalers, by worked numbers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Behavior,
  type Memory,
  withoutRules,
  withRules,
} from "../../../simulator/controllers/autoscaler/limits.ts";
import {
  isWithin,
  type PodSample,
  sizeForAverage,
  sizeForShare,
  sizeForUtilization,
  sizeForValue,
} from "../../../simulator/controllers/autoscaler/replicas.ts";

const tolerance = { up: 0.1, down: 0.1 };
const nothing: Memory = { recommendations: [], added: [], removed: [] };

/** Pods that request 100m and use so many; null: no metric. */
function pods(...usages: readonly (number | null)[]): readonly PodSample[] {
  return usages.map((usage, index) => ({
    name: `p${index}`,
    is: usage === null ? "missing" : "counted",
    usage: usage ?? 0,
    request: 100,
  }));
}

const size = (result: { readonly replicas: number } | { readonly error: string }) =>
  "error" in result ? result.error : result.replicas;

test("a ratio of exactly 1.1 or 0.9 changes nothing", () => {
  assert.deepEqual(
    [0.89, 0.9, 1, 1.1, 1.11].map((ratio) => isWithin(ratio, tolerance)),
    [false, true, true, true, false],
  );
});

test("sizes are rounded up", () => {
  assert.equal(size(sizeForUtilization(pods(60, 60, 60), 3, 50, tolerance)), 4);
  assert.equal(size(sizeForAverage(pods(60, 60, 60), 3, 50, tolerance)), 4);
  assert.equal(sizeForShare(45, 10, 2, tolerance).replicas, 5);
  assert.equal(sizeForValue(145, 100, 2, 2, tolerance).replicas, 3);
});

test("pods without metrics count as idle on the way up and as full on the way down", () => {
  // 100, 100 and two idle ones are 50 % of the requests: nothing changes at a target of 50 %.
  assert.equal(size(sizeForUtilization(pods(100, 100, null, null), 4, 50, tolerance)), 4);
  // 10, 10 and two full ones are 55 %: going down would turn into going up.
  assert.equal(size(sizeForUtilization(pods(10, 10, null, null), 4, 50, tolerance)), 4);
});

test("without any metric there is no size", () => {
  assert.match(String(size(sizeForUtilization(pods(null), 1, 50, tolerance))), /did not receive metrics/);
});

test("without rules a size grows to its double or to 4", () => {
  const steps = [1, 4, 8, 16].map((current) => withoutRules(100, { current, min: 1, max: 50 }, nothing, 0).replicas);
  assert.deepEqual(steps, [4, 8, 16, 32]);
});

test("with rules it grows by 4 pods or 100 % in a period, whichever is more", () => {
  const policies = [
    { type: "Pods", value: 4, periodSeconds: 15 },
    { type: "Percent", value: 100, periodSeconds: 15 },
  ] as const;
  const rules = { stabilizationWindowSeconds: 0, selectPolicy: "Max", policies } as const;
  const behavior: Behavior = { scaleUp: rules, scaleDown: rules };
  const to = (current: number, memory: Memory = nothing) =>
    withRules(100, { current, min: 1, max: 50 }, memory, behavior, 20_000).replicas;
  assert.deepEqual([to(1), to(3), to(6)], [5, 7, 12]);
  // Four were added ten seconds ago: the period began with 1.
  assert.equal(to(5, { ...nothing, added: [{ time: 10_000, replicas: 4 }] }), 5);
});
