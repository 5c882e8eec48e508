/** The one axis: where a time stands, what is folded, where it is marked. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { foldsOf, scaleOf } from "../../client/webview/picture/scale.ts";
import { ticksOf } from "../../client/webview/picture/ticks.ts";

test("a place and a time are each other's inverse, in folds too", () => {
  const scale = scaleOf(-5_000, 640_000, [{ from: 90_000, to: 570_000 }]);
  for (const time of [-5_000, 0, 45_000, 90_000, 300_000, 570_000, 640_000]) {
    assert.ok(Math.abs(scale.time(scale.x(time)) - time) < 1, `${time}`);
  }
  assert.deepEqual([scale.x(-5_000), Math.round(scale.x(640_000))], [0, 100]);
  assert.equal(Math.round(scale.x(570_000) - scale.x(90_000)), 9, "a fold takes 9 % of the width");
});

test("only a wait of more than a third of the picture is folded, and never one under half a minute", () => {
  assert.deepEqual(foldsOf([0, 10_000, 20_000, 30_000], 0, 30_000), []);
  assert.deepEqual(foldsOf([0, 2_000, 11_000], 0, 11_000), []);
  const [fold, ...others] = foldsOf([0, 5_000, 30_000, 60_000, 90_000, 600_000], 0, 600_000);
  assert.deepEqual(others, []);
  assert.ok(fold && fold.from > 90_000 && fold.to < 600_000, "something of the wait stays on both sides");
});

test("the ruler is marked in steps that people count in, with room for every label", () => {
  const seconds = (end: number, width: number) => ticksOf(scaleOf(0, end * 1000), width).map(({ time }) => time / 1000);
  assert.deepEqual(seconds(23, 280), [0, 5, 10, 15, 20]);
  assert.deepEqual(seconds(42, 280), [0, 10, 20, 30, 40]);
  assert.deepEqual(seconds(142, 280), [0, 30, 60, 90, 120]);
  for (const width of [100, 280, 700]) {
    const ticks = ticksOf(scaleOf(-2_000, 97_000), width);
    for (const [index, tick] of ticks.slice(1).entries()) {
      assert.ok(((tick.x - ticks[index]!.x) * width) / 100 >= 40, `${width} px`);
    }
  }
});

test("no mark stands within a fold or beside its length", () => {
  const scale = scaleOf(0, 640_000, [{ from: 90_000, to: 570_000 }]);
  assert.ok(ticksOf(scale, 400).every(({ time }) => time <= 90_000 || time >= 570_000));
});
