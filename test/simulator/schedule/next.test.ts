/** Schedules read as examples, and what holds for all of them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseSchedule } from "../../../simulator/api/schedule/grammar.ts";
import { nextFiring, nextRuns } from "../../../simulator/api/schedule/next.ts";
import { clockChanges } from "../../../simulator/api/schedule/overlap.ts";
import type { Schedule } from "../../../simulator/api/schedule/schedule.ts";
import { formatInZone, zoneOf } from "../../../simulator/api/schedule/zones.ts";
import { runs } from "../../runs.ts";

function schedule(text: string): Schedule {
  const parsed = parseSchedule(text);
  assert.ok(parsed.schedule, `${text} is a schedule`);
  return parsed.schedule;
}

function firings(text: string, zone: string, from: string, count: number): string[] {
  return nextRuns(schedule(text), zone, Date.parse(from), count).map((run) => formatInZone(run, zoneOf(zone)));
}

test("a time that clocks jump over is skipped that day", () => {
  assert.deepEqual(firings("30 2 * * *", "America/New_York", "2024-03-09T12:00:00Z", 1), ["2024-03-11T02:30:00-04:00"]);
});

test("a time that clocks repeat fires twice", () => {
  assert.deepEqual(firings("30 1 * * *", "America/New_York", "2024-11-03T04:00:00Z", 2), [
    "2024-11-03T01:30:00-04:00",
    "2024-11-03T01:30:00-05:00",
  ]);
  const changes = clockChanges(schedule("30 1 * * *"), "America/New_York", Date.UTC(2024, 6, 1), Date.UTC(2025, 0, 1));
  assert.deepEqual(
    changes.map(({ repeated }) => repeated.length),
    [2],
  );
});

test("day of month and day of week: either may match, unless one of them is a star", () => {
  assert.deepEqual(firings("0 0 13 * fri", "UTC", "2026-01-01T00:00:00Z", 2), [
    "2026-01-02T00:00:00Z",
    "2026-01-09T00:00:00Z",
  ]);
  assert.deepEqual(firings("0 0 */1 * mon", "UTC", "2026-01-01T00:00:00Z", 1), ["2026-01-05T00:00:00Z"]);
});

test("a date that never comes gives nothing", () => {
  assert.equal(nextFiring(schedule("0 0 31 2 *"), null, Date.UTC(2026, 0, 1)), null);
});

const list = (min: number, max: number) =>
  fc.oneof(
    fc.constant("*"),
    fc.integer({ min: 1, max: 20 }).map((step) => `*/${step}`),
    fc.uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: 4 }).map((values) => values.join(",")),
  );
const texts = fc.tuple(list(0, 59), list(0, 23), list(1, 31), list(1, 12), list(0, 6)).map((five) => five.join(" "));
const zones = fc.constantFrom("UTC", "Asia/Seoul", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo");

test("the next firing is later than its start and matches the fields", () => {
  fc.assert(
    fc.property(texts, zones, fc.integer({ min: 946684800, max: 2082758400 }), (text, zone, seconds) => {
      const parsed = schedule(text);
      const next = nextFiring(parsed, zone, seconds * 1000);
      if (next === null || parsed.kind !== "calendar") return;
      assert.ok(next > seconds * 1000);
      const local = new Date(next + zoneOf(zone).offsetAt(next));
      assert.equal(local.getUTCSeconds(), 0);
      assert.ok(parsed.minute.values.includes(local.getUTCMinutes()));
      assert.ok(parsed.hour.values.includes(local.getUTCHours()));
      assert.ok(parsed.month.values.includes(local.getUTCMonth() + 1));
      const date = parsed.dayOfMonth.values.includes(local.getUTCDate());
      const weekday = parsed.dayOfWeek.values.includes(local.getUTCDay());
      assert.ok(parsed.dayOfMonth.star || parsed.dayOfWeek.star ? date && weekday : date || weekday);
    }),
    { numRuns: runs(300) },
  );
});
