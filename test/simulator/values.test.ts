/** Selectors, percentages and annotations at the edges of their parsers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { resolveFenceposts, scaledValue } from "../../simulator/api/int-or-percent.ts";
import { parseSelector } from "../../simulator/api/label-selector.ts";
import { deletionCost } from "../../simulator/controllers/replicaset/victims.ts";
import { rolloutStatus } from "../../simulator/kubectl/rollout-status.ts";

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

test("a deletion cost may begin with zeros only after a minus", () => {
  const costs = ["-08", "08", "-0", "+1", "-2147483648", "2147483648", "1e3", "", null];
  assert.deepEqual(costs.map(deletionCost), [-8, 0, 0, 0, -2147483648, 0, 0, 0, 0]);
});

test("rollout status needs a revision that is a number", () => {
  const deployment = (revision?: string) => ({
    metadata: {
      name: "web",
      annotations: revision === undefined ? {} : { "deployment.kubernetes.io/revision": revision },
    },
  });
  const error = (revision: string | undefined, flag: number) =>
    rolloutStatus("Deployment", deployment(revision), flag).error;
  const unreadable = 'cannot get the revision of deployment "web": strconv.ParseInt: parsing ';
  assert.equal(error("two", 2), `${unreadable}"two": invalid syntax`);
  assert.equal(error("", 2), `${unreadable}"": invalid syntax`);
  assert.equal(error("9223372036854775808", 2), `${unreadable}"9223372036854775808": value out of range`);
  assert.equal(error(undefined, 2), "desired revision (2) is different from the running revision (0)");
  assert.equal(error("+2", 2), null);
  assert.equal(error("two", -1), null);
});
