/** What the Job controller keeps of its pods says what going through all of them would say. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isPodActive, type Pod } from "../../../simulator/cluster/objects.ts";
import { createIndexBag } from "../../../simulator/controllers/job/index-bag.ts";
import { addIndexes } from "../../../simulator/controllers/job/indexes.ts";
import { completionIndex, isTerminating } from "../../../simulator/controllers/job/pods.ts";
import { createRoster } from "../../../simulator/controllers/job/roster.ts";

test("a bag of indexes fills the intervals that adding its indexes one by one gives", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), fc.nat(12)), { maxLength: 60 }), (deeds) => {
      const bag = createIndexBag();
      const twin: number[] = [];
      for (const [adds, index] of deeds) {
        if (adds) {
          bag.add(index);
          twin.push(index);
        } else if (twin.includes(index)) {
          bag.remove(index);
          twin.splice(twin.indexOf(index), 1);
        }
        assert.deepEqual(bag.intervals, addIndexes([], twin));
        assert.equal(bag.isRepeated(), new Set(twin).size < twin.length);
        assert.equal(bag.has(index), twin.includes(index));
      }
    }),
  );
});

type Changeable = { -readonly [K in keyof Pod]: Pod[K] };

function podAt(sequence: number): Changeable {
  return {
    sequence,
    phase: "Pending",
    ready: false,
    deleted: null,
    annotations: {},
    containers: [{ restartCount: 0 }],
  } as unknown as Changeable;
}

const restarts = fc.nat(3).map((restartCount) => [{ restartCount }] as unknown as Pod["containers"]);
const index = fc.constantFrom("0", "1", "2", "x");
const looks = fc.record(
  {
    phase: fc.constantFrom("Pending", "Running", "Succeeded", "Failed"),
    ready: fc.boolean(),
    deleted: fc.constantFrom(null, 5),
    containers: restarts,
    annotations: index.map((text) => ({ "batch.kubernetes.io/job-completion-index": text })),
  },
  { requiredKeys: [] },
);
const deeds = fc.array(
  fc.record({ what: fc.constantFrom("add", "change", "change", "remove"), which: fc.nat(7), looks }),
  { maxLength: 40 },
);

test("the roster counts and sorts the pods as they are, whatever became of them in which order", () => {
  fc.assert(
    fc.property(deeds, fc.boolean(), (list, indexed) => {
      const roster = createRoster();
      const pods = Array.from({ length: 8 }, (_, i) => podAt(i));
      const twin = new Set<Pod>();
      for (const { what, which, looks } of list) {
        const pod = pods[which]!;
        Object.assign(pod, looks);
        if (what === "change") roster.change(pod);
        else {
          roster.remove(pod);
          twin.delete(pod);
        }
        if (what === "add") {
          roster.add(pod);
          twin.add(pod);
        }
        const all = [...twin];
        if (indexed) all.sort((a, b) => completionIndex(a) - completionIndex(b) || a.sequence - b.sequence);
        const active = all.filter(isPodActive);
        const counted = all.filter(({ phase }) => phase === "Pending" || phase === "Running");
        assert.deepEqual(roster.all(indexed), all);
        assert.deepEqual(roster.active(indexed), active);
        assert.deepEqual(
          roster.leaving(indexed),
          all.filter((one) => !isPodActive(one)),
        );
        assert.deepEqual(roster.counts, {
          active: active.length,
          ready: active.filter(({ ready }) => ready).length,
          terminating: all.filter(isTerminating).length,
          unindexed: active.filter((one) => completionIndex(one) < 0).length,
          restarts: counted.reduce((sum, { containers }) => sum + containers[0]!.restartCount, 0),
        });
        const busy = active.map(completionIndex).filter((one) => one >= 0);
        assert.deepEqual(roster.busy.intervals, addIndexes([], busy));
        assert.ok(all.every((one) => roster.has(one)));
      }
    }),
  );
});
