/** Slots counted in blocks against slots counted one by one. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  createClassTally,
  createSlotClasses,
  nthSlot,
  setClass,
  tallyClasses,
} from "../../../simulator/nodes/scheduler/slot-classes.ts";

const mostClasses = 6;

/** The slots with a class, going round from `first` on until there are enough. */
function slotsMet(of: readonly number[], first: number, enough: number): { slots: number[]; looked: number } {
  const slots: number[] = [];
  let looked = 0;
  for (; looked < of.length && slots.length < enough; looked++) {
    const slot = (first + looked) % of.length;
    if (of[slot]! >= 0) slots.push(slot);
  }
  return { slots, looked };
}

test("looks from any slot on count and find what a walk over the slots does", () => {
  const change = fc.tuple(fc.nat(149), fc.integer({ min: -1, max: mostClasses - 1 }));
  const look = fc.record({ first: fc.nat(149), enough: fc.integer({ min: 1, max: 160 }), without: fc.nat(5) });
  const round = fc.tuple(fc.array(change, { maxLength: 80 }), look);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 150 }), fc.array(round, { maxLength: 12 }), (size, rounds) => {
      const classes = createSlotClasses(size);
      const tally = createClassTally(size, mostClasses);
      const of = new Array<number>(size).fill(-1);
      for (const [changes, { first: from, enough, without }] of rounds) {
        for (const [slot, kind] of changes) {
          of[slot % size] = kind;
          setClass(classes, slot % size, kind);
        }
        const first = from % size;
        const { slots, looked } = slotsMet(of, first, enough);
        tallyClasses(classes, first, enough, tally);
        assert.deepEqual([tally.found, tally.looked], [slots.length, looked]);
        const kinds = new Set(slots.map((slot) => of[slot]!));
        assert.deepEqual(new Set(tally.met.subarray(0, tally.kinds)), kinds);
        for (const kind of kinds) {
          assert.equal(tally.members[kind], slots.filter((slot) => of[slot] === kind).length);
        }
        tally.members[without] = 0;
        const left = slots.filter((slot) => of[slot] !== without);
        left.forEach((slot, before) => {
          assert.equal(nthSlot(classes, tally, first, before), slot);
        });
      }
    }),
  );
});
