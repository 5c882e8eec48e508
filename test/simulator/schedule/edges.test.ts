/** Durations and zones at the edges of Go's parsers, in the server's own words. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseSchedule } from "../../../simulator/api/schedule/grammar.ts";
import { validateSchedule } from "../../../simulator/api/schedule/validate.ts";

function seconds(duration: string): number | string {
  const { schedule, error } = parseSchedule(`@every ${duration}`);
  if (error) return validateSchedule(`@every ${duration}`)[0]!.text.replace(/^.*: time: /, "");
  return schedule.kind === "interval" ? schedule.seconds : "calendar";
}

test("fractions are multiplied as floating-point numbers", () => {
  assert.deepEqual(
    ["1.5h", "1.999999999s", "1.9999999999999999s", ".5m", "1.s", "1h.5m", "-5m", "0"].map(seconds),
    [5400, 1, 2, 30, 1, 3630, 1, 1],
  );
  assert.equal(seconds("1.00000000000000000000000000000000000001m"), 60);
});

test("a number that is too large is wrong before its unit is looked at", () => {
  assert.equal(seconds("99999999999999999999"), 'invalid duration "99999999999999999999"');
  assert.equal(seconds("9223372036854775807"), 'missing unit in duration "9223372036854775807"');
  assert.equal(seconds("2562048h"), 'invalid duration "2562048h"');
  assert.equal(seconds("2562047h"), 9223369200);
});

test("what is not ASCII is quoted byte by byte", () => {
  assert.equal(seconds("5分"), 'unknown unit "\\xe5\\x88\\x86" in duration "5\\xe5\\x88\\x86"');
  assert.equal(seconds('5"\\'), 'unknown unit "\\"\\\\" in duration "5\\"\\\\"');
  assert.equal(seconds("5\u00b5s"), 1);
});

test("a zone in the schedule that is a path is refused for what it is", () => {
  const textOf = (text: string) => validateSchedule(text)[0]!.text;
  assert.equal(textOf("TZ=../UTC 0 0 * * *"), "provided bad location ../UTC: time: invalid location name");
  assert.equal(textOf("TZ=/UTC 0 0 * * *"), "provided bad location /UTC: time: invalid location name");
  assert.equal(textOf("TZ=asia/seoul 0 0 * * *"), "provided bad location asia/seoul: unknown time zone asia/seoul");
});
