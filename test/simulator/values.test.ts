/** Selectors and percentages at the edges of their parsers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { resolveFenceposts, scaledValue } from "../../simulator/api/int-or-percent.ts";
import { parseSelector } from "../../simulator/api/label-selector.ts";

test("empty entries in a list of values: an even run of commas has to be followed by something", () => {
  const read = (list: string) => {
    const parsed = parseSelector(`app in ${list}`);
    return parsed.ok ? parsed.text.replace("app in ", "") : null;
  };
  assert.deepEqual(["()", "(,)", "(,,)", "(,,,)", "(a,)", "(a,,)", "(a,,,)"].map(read), [
    "()",
    "()",
    null,
    "()",
    "(,a)",
    null,
    "(,a)",
  ]);
  assert.deepEqual(["(,a)", "(a,,b)", "(a,,,b)", "(,,a)", "(a b)", "(a", "(a,", "((a))"].map(read), [
    "(,a)",
    "(,a,b)",
    "(,a,b)",
    "(,a)",
    null,
    null,
    null,
    null,
  ]);
});

test("percentages are read as Go reads numbers", () => {
  assert.deepEqual(scaledValue("99999999999999999999%", 10, "up"), {
    error:
      'invalid value for IntOrString: invalid value "99999999999999999999%": strconv.Atoi: parsing "99999999999999999999": value out of range',
  });
  assert.deepEqual(scaledValue("2\t5%", 10, "up"), {
    error: 'invalid value for IntOrString: invalid value "2\\t5%": strconv.Atoi: parsing "2\\t5": invalid syntax',
  });
  assert.deepEqual(scaledValue("+25%", 10, "up"), { value: 3 });
  assert.deepEqual(resolveFenceposts("42949673000%", "0%", 1), { surge: 429496730, unavailable: 0 });
  assert.deepEqual(resolveFenceposts("429496729700%", "0%", 1), { surge: 1, unavailable: 0 });
});
