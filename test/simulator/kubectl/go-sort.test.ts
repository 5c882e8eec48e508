import assert from "node:assert/strict";
import { test } from "node:test";
import { goSorted } from "../../../simulator/kubectl/go-sort.ts";

/** Where each element of the sorted list was before. */
function order(values: readonly number[]): readonly number[] {
  const list = values.map((value, at) => ({ value, at }));
  return goSorted(list, (a, b) => a.value < b.value).map(({ at }) => at);
}

test("short lists keep equal elements in their order, as Go's sort.Sort does", () => {
  assert.deepEqual(order([2, 1, 2, 1, 1]), [1, 3, 4, 0, 2]);
  assert.deepEqual(order([]), []);
});

test("longer lists leave equal elements as Go's sort.Sort leaves them", () => {
  // Printed by sort.Sort of Go 1.26.
  assert.deepEqual(order([1, 1, 1, 1, 0, 0, 0, 1, 1, 0, 1, 1, 0, 1]), [9, 12, 6, 5, 4, 3, 8, 2, 1, 0, 10, 11, 7, 13]);
});

test("lists of any length are sorted, those that go down and those with many equal elements as well", () => {
  for (const length of [13, 50, 51, 200, 1000]) {
    for (const value of [
      (i: number) => i,
      (i: number) => -i,
      (i: number) => i % 7,
      (i: number) => (i * 7919) % length,
    ]) {
      const values = Array.from({ length }, (_, i) => value(i));
      const sorted = order(values).map((at) => values[at]!);
      assert.deepEqual(
        sorted,
        values.toSorted((a, b) => a - b),
      );
    }
  }
});
