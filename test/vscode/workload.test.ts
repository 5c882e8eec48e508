/** Small decisions of the client, without VS Code. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { timeTicks } from "../../client/webview/time-axis.ts";
import { tagOf } from "../../client/workload.ts";

test("the tag of an image is what is typed over", () => {
  const tags = ["nginx:1.27", "nginx", "localhost:5000/web", "localhost:5000/web:2", "app@sha256:0a"].map((image) => {
    const [start, end] = tagOf(image);
    return image.slice(start, end);
  });
  assert.deepEqual(tags, ["1.27", "", "", "2", "0a"]);
});

test("a time axis is marked in steps that people count in", () => {
  const seconds = (end: number, most: number) => timeTicks(end * 1000, most).times.map((tick) => tick / 1000);
  assert.deepEqual(seconds(42, 6), [0, 10, 20, 30, 40]);
  assert.deepEqual(seconds(142, 6), [0, 30, 60, 90, 120]);
  assert.deepEqual(seconds(5 * 86_400, 6), [0, 86_400, 172_800, 259_200, 345_600, 432_000]);
  assert.deepEqual(seconds(1, 2), [0, 1]);
  assert.deepEqual(seconds(100 * 366 * 86_400, 3), [0], "longer than any step: the start alone");
});

test("the marks of a clock stand at round times of it", () => {
  const hour = 3_600_000;
  const ticks = (end: number, most: number, origin: string) => {
    const { times } = timeTicks(end, most, Date.parse(origin));
    return times.map((time) => new Date(Date.parse(origin) + time).toISOString().slice(5, 19));
  };
  assert.deepEqual(ticks(hour, 5, "2026-01-05T10:07:00Z"), [
    "01-05T10:15:00",
    "01-05T10:30:00",
    "01-05T10:45:00",
    "01-05T11:00:00",
  ]);
  assert.deepEqual(ticks(30 * hour, 4, "2026-01-05T10:07:00Z"), ["01-05T12:00:00", "01-06T00:00:00", "01-06T12:00:00"]);
  assert.deepEqual(ticks(15 * 24 * hour, 4, "2026-01-05T10:07:00Z"), [
    "01-06T00:00:00",
    "01-13T00:00:00",
    "01-20T00:00:00",
  ]);
});
