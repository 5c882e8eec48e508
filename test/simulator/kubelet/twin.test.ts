/**
 * Pods with nothing special to them take a short way through the kubelet. Here they are played by the full machine as well, which
 * is told of them that nothing is to be said: what lasts is the same, and comes at the same time but for the seconds in which a
 * kubelet notices things.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Container } from "../../../simulator/api/objects.ts";
import type { Scenario } from "../../../simulator/scenario/scenario.ts";
import { runs } from "../../runs.ts";
import { pod, podEntries, run, scenario, timings } from "../simulate/help.ts";

const number = (min: number, max: number) => fc.integer({ min, max });
const readiness = fc.record({
  periodSeconds: number(1, 12),
  initialDelaySeconds: number(0, 8),
  successThreshold: number(1, 3),
});
const containers = fc.array(fc.record({ readinessProbe: readiness }, { requiredKeys: [] }), {
  minLength: 1,
  maxLength: 2,
});
const cases = fc.record({
  containers,
  restartPolicy: fc.constantFrom("Always", "Always", "OnFailure", "Never"),
  warmUp: number(0, 12_000),
  shutdown: number(0, 40_000),
  grace: number(1, 30),
  deletedAt: number(100, 160),
});
type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;

/** Rows that last so many milliseconds count. */
const lasting = 4000;
/** Milliseconds in which a kubelet notices what its containers do, twice over. */
const notice = 2500;

interface Moment {
  readonly time: number;
  readonly says: string;
}

function moments(one: Case, behaviours: Scenario["behaviours"]): readonly Moment[] {
  const { warmUp, shutdown, grace, deletedAt, restartPolicy } = one;
  const spec = {
    restartPolicy,
    terminationGracePeriodSeconds: grace,
    containers: one.containers.map(
      (more, index): Container => ({ name: `c${index}`, image: `image-${index}:1`, ...more, ...execOf(more) }),
    ),
  };
  const steps: Scenario["steps"] = [
    { at: 0, action: { do: "apply", object: pod(spec) } },
    { at: deletedAt * 1000, action: { do: "deletePod", pod: "web" } },
  ];
  const more = { timings: { ...timings, warmUp, shutdown, work: 60_000 }, horizon: 300_000 };
  const trace = run(scenario(steps, behaviours ? { ...more, behaviours } : more));
  const all = podEntries(trace).map(({ time, state }): Moment => {
    if (state === null) return { time, says: "gone" };
    return { time, says: `${state.status} ${state.readyContainers}/${state.containers} ${state.restarts}` };
  });
  const told = all.filter((moment, index) => moment.says !== all[index - 1]?.says);
  return told.filter(({ time }, index) => (told[index + 1]?.time ?? Number.POSITIVE_INFINITY) - time > lasting);
}

function execOf({ readinessProbe }: { readonly readinessProbe?: object }): Partial<Container> {
  return readinessProbe ? { readinessProbe: { exec: { command: ["true"] }, ...readinessProbe } } : {};
}

test("what lasts in the life of a simple pod is the same in both ways, and at the same time", () => {
  fc.assert(
    fc.property(cases, (one) => {
      const short = moments(one, undefined);
      const full = moments(one, [{ on: {}, does: {} }]);
      const last = (list: readonly Moment[]) => list.at(-1);
      assert.equal(last(short)?.says, last(full)?.says);
      assert.ok(
        Math.abs(last(short)!.time - last(full)!.time) <= notice,
        `ends at ${last(short)?.time}, ${last(full)?.time}`,
      );
      // Where the application answers between two ticks, one of the two may need a period more for each success.
      const slack = ({ readinessProbe: probe }: Case["containers"][number]) =>
        probe ? probe.periodSeconds * probe.successThreshold * 1000 : 0;
      const period = Math.max(0, ...one.containers.map(slack));
      for (const moment of short) {
        const twin = full.find(({ says }) => says === moment.says);
        if (twin)
          assert.ok(
            Math.abs(twin.time - moment.time) <= notice + period,
            `${moment.says} at ${moment.time}, ${twin.time}`,
          );
      }
      const complete = (list: readonly Moment[]) => list.some(({ says }) => says.startsWith("Running"));
      assert.equal(complete(short), complete(full));
    }),
    { numRuns: runs(100) },
  );
});
