/** What the DaemonSet controller keeps in order between two looks says what sorting or searching everything would say. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Pod } from "../../../simulator/cluster/objects.ts";
import { createByName } from "../../../simulator/controllers/daemonset/by-name.ts";
import { noSums, one, retally, sums } from "../../../simulator/controllers/daemonset/sums.ts";
import { createWaiting } from "../../../simulator/controllers/daemonset/waiting.ts";

const deeds = fc.array(fc.record({ what: fc.constantFrom("add", "add", "delete"), which: fc.nat(30) }));

test("nodes come in the order of their names, whatever order they came and went in", () => {
  const named = Array.from({ length: 31 }, (_, i) => ({ name: `node-${i}` }));
  fc.assert(
    fc.property(deeds, fc.integer({ min: -1, max: 35 }), (list, count) => {
      const kept = createByName<{ readonly name: string }>();
      const twin = new Set<{ readonly name: string }>();
      for (const { what, which } of list) {
        kept[what === "add" ? "add" : "delete"](named[which]!);
        twin[what === "add" ? "add" : "delete"](named[which]!);
      }
      const sorted = [...twin].sort((a, b) => (a.name < b.name ? -1 : 1));
      assert.deepEqual(kept.first(count), sorted.slice(0, Math.max(0, count)));
      assert.equal(kept.size(), twin.size);
    }),
  );
});

test("who waits is due at its time, and the next one is known, as if all were asked each time", () => {
  const pods = Array.from({ length: 31 }, (_, i) => ({ name: `pod-${i}` }) as Pod);
  const timed = fc.array(fc.tuple(fc.constantFrom("add", "add", "delete", "ask"), fc.nat(30), fc.nat(9)));
  fc.assert(
    fc.property(timed, (list) => {
      const waiting = createWaiting();
      const twin = new Map<Pod, number>();
      for (const [what, which, time] of list) {
        const pod = pods[which]!;
        if (what === "add") {
          waiting.add(pod, pod.name, time);
          twin.set(pod, time);
        } else if (what === "delete") {
          waiting.delete(pod);
          twin.delete(pod);
        } else {
          const due = [...twin].filter(([, at]) => at <= time).map(([{ name }]) => name);
          const later = [...twin.values()].filter((at) => at > time);
          assert.deepEqual([...waiting.due(time)].sort(), due.sort());
          assert.equal(waiting.next(time), Math.min(Number.POSITIVE_INFINITY, ...later));
        }
      }
    }),
  );
});

test("sums follow the tallies of their nodes", () => {
  const names = Object.keys(sums) as (keyof typeof sums)[];
  const tally = fc.subarray(names);
  fc.assert(
    fc.property(fc.array(tally), fc.array(tally), (before, after) => {
      const totals = noSums();
      const number = (list: readonly (keyof typeof sums)[] = []) =>
        list.reduce((bits, name) => bits | one(name, true) | one("desired", false), 0);
      const nodes = Array.from({ length: Math.max(before.length, after.length) }, (_, i) => i);
      for (const i of nodes) retally(totals, 0, number(before[i]));
      for (const i of nodes) retally(totals, number(before[i]), number(after[i]));
      for (const name of names) {
        assert.equal(totals[sums[name]], after.filter((list) => list.includes(name)).length);
      }
    }),
  );
});
