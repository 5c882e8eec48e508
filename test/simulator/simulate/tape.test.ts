/** What happens is written down compactly: how and when it is read makes no difference, and it says no more than changed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { ManifestObject } from "../../../simulator/api/objects.ts";
import type { Scenario } from "../../../simulator/scenario/scenario.ts";
import { createRun } from "../../../simulator/simulate.ts";
import { container, podEntries, run, scenario, workload } from "./help.ts";

const shards: ManifestObject = {
  apiVersion: "batch/v1",
  kind: "Job",
  metadata: { name: "shards" },
  spec: {
    completions: 5,
    parallelism: 2,
    completionMode: "Indexed",
    backoffLimit: 100,
    template: { spec: { restartPolicy: "OnFailure", containers: [container] } },
  },
};
const steps: Scenario["steps"] = [
  { at: 0, action: { do: "apply", object: workload("Deployment", { replicas: 3 }) } },
  { at: 0, action: { do: "apply", object: shards } },
  { at: 50_000, action: { do: "cordon", name: "n1" } },
  { at: 60_000, action: { do: "setImage", kind: "Deployment", name: "web", container: "app", image: "app:2" } },
  { at: 90_000, action: { do: "uncordon", name: "n1" } },
];
const crashes = [{ on: { image: "app:1", attempts: 40 }, fault: { type: "crash", after: 900 } }] as const;
const long = scenario(steps, { horizon: 24 * 3_600_000, faults: crashes });

test("reading while a run goes on gives what reading at its end gives", () => {
  const whole = run(long).entries;
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 8 }), (pieces) => {
      const going = createRun(long);
      assert.ok(!("problems" in going));
      for (let turn = 0; !going.advance(pieces[turn % pieces.length]!); turn++) {
        const { entries, end } = going.trace();
        assert.equal(entries.length, going.progress().entries);
        assert.equal(entries.at(-1)?.time, end);
      }
      assert.deepEqual(going.trace().entries, whole);
    }),
    { numRuns: 5 },
  );
});

test("a pod is written again only when something about it changed, however many things were shown before", () => {
  const last = new Map<string, string>();
  let most = 0;
  for (const { uid, state } of podEntries(run(long))) {
    const text = JSON.stringify(state);
    assert.notEqual(text, last.get(uid));
    last.set(uid, text);
    most = Math.max(most, state?.restarts ?? 0);
  }
  assert.ok(most > 20, "pods that restart show as many things as they restart");
});

test("a pod of an index shows it, one that waits says why, and any other neither", () => {
  const entries = podEntries(run(long)).filter(({ state }) => state !== null);
  const keys = (name: string) =>
    new Set(entries.filter((one) => one.name.startsWith(name)).flatMap(({ state }) => Object.keys(state!)));
  assert.ok(keys("shards-").has("index") && !keys("web-").has("index"));
  const waiting = entries.filter(({ state }) => state?.message !== undefined);
  assert.ok(waiting.length > 0 && waiting.every(({ state }) => state!.node === "" && state!.phase === "Pending"));
});
