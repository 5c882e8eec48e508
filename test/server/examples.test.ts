// Each rule brings its examples: the bad one has the finding, the good one has none.
import assert from "node:assert/strict";
import { test } from "node:test";
import { en } from "../../server/messages/en.ts";
import { ko } from "../../server/messages/ko.ts";
import { neighbourRules, objectRules, runRules } from "../../server/rules/rules.ts";
import { diagnose } from "../../server/service/diagnose.ts";
import { diagnoseExample, exampleOf, explain, explainedCodes } from "../../server/service/explain.ts";
import { openManifest } from "../../server/service/manifest.ts";
import { defaultSettings } from "../../server/service/settings.ts";

const now = Date.UTC(2026, 0, 1);

function told(text: string) {
  const context = { settings: defaultSettings, words: en, structureElsewhere: false, others: [], now, runs: true };
  return diagnose(openManifest("file:///a.yaml", "yaml", text), context);
}

for (const rule of [...objectRules, ...neighbourRules, ...runRules]) {
  for (const code of rule.codes) {
    test(`the examples of ${code}`, () => {
      const example = rule.examples[code];
      assert.ok(example);
      const codes = told(example.bad).map((one) => one.code);
      assert.ok(codes.includes(code), `the bad example has ${codes.join() || "no finding"}`);
      assert.deepEqual(told(example.good), []);
    });
  }
}

/**
 * No manifest brings these about: the server's own defaults or dropped fields come first, or it takes a cluster that lacks
 * something. They stay for its sake.
 */
const neverFound = [
  "affinity-config-not-allowed",
  "apply-duplicate-entry",
  "apply-entry-without-key",
  "apply-field-not-declared",
  "apply-wrong-type",
  "claim-cannot-grow",
  "claim-not-bound",
  "cluster-ip-taken",
  "cluster-not-dual-stack",
  "data-source-with-namespace",
  "generated-label-missing",
  "invalid-dns-1035-label",
  "ip-family-not-configured",
  "managed-by-another",
  "managed-fields-given",
  "namespace-missing",
  "namespace-not-allowed",
  "no-such-subresource",
  "object-missing",
  "object-modified",
  "patch-cannot-be-made",
  "patch-cannot-be-merged",
  "patch-unreadable",
  "priority-class-missing",
  "qos-class-changed",
  "resize-not-allowed",
  "resize-removes",
  "runtime-class-missing",
  "runtime-overhead-differs",
  "runtime-selector-conflict",
  "schedule-tz-twice",
  "service-account-missing",
  "text-reordered",
  "token-without-account",
  "uid-differs",
  "uid-without-object",
];

test("every code has an example but those that nothing brings about", () => {
  assert.deepEqual(
    explainedCodes().filter((code) => exampleOf(code) === undefined),
    neverFound,
  );
});

for (const code of explainedCodes()) {
  const example = exampleOf(code);
  if (example === undefined) continue;
  test(`the page of ${code}, whose examples hold`, () => {
    const { also = [] } = example;
    const bad = diagnoseExample(example, example.bad, en);
    assert.deepEqual([...new Set(bad.map((one) => one.code))].sort(), [code, ...also].sort());
    // A volume of a kind that nothing else shows may stay without a mount; the advice about that is no error.
    const wrong = diagnoseExample(example, example.good, en).filter((one) => one.code !== "volume-unused");
    assert.deepEqual(
      wrong.filter((one) => !also.includes(one.code)),
      [],
    );
    assert.ok(wrong.every((one) => one.severity !== "error"));
    for (const words of [en, ko]) {
      const page = explain(code, words) ?? "";
      assert.match(page, new RegExp(`^# ${code}\\n\\n[^\\n]+: [^\\n]+\\n\\n[^\\n]{10,}\\n`));
      assert.ok(page.length < 4000, "what is long is not shown whole");
      const shown = [...page.matchAll(/```yaml\n([^`]*)```/g)].map((match) => match[1]);
      assert.deepEqual(shown, [...(example.old === undefined ? [] : [example.old]), example.bad, example.good]);
    }
  });
}

test("codes without an example have a page with their sentence in both languages", () => {
  for (const code of neverFound) {
    for (const words of [en, ko]) {
      assert.match(explain(code, words) ?? "", new RegExp(`^# ${code}\\n\\n[^\\n]{5,}\\n`), code);
    }
  }
  assert.equal(explain("no-such-code", en), null);
});

test("what a run proves is told with its number, at the field, and never as an error", () => {
  const said = runRules.flatMap((rule) =>
    rule.codes.flatMap((code) =>
      told(rule.examples[code]?.bad ?? "").map(
        ({ severity, message, range }) =>
          `${range.start.line + 1}:${range.start.character + 1} ${severity} ${message.replace(/about [\d.]+/, "about N")}`,
      ),
    ),
  );
  assert.deepEqual(said, [
    "7:61 warning A new version would leave no pod available for about N s (simulated with default durations).",
    "6:28 warning Every rollout is reported as failed after 60 s: a pod's first readiness probe comes after 90 s.",
    "12:7 information On none of the 4 nodes of the default cluster would a pod run: none fits this selection.",
    "8:26 information The Job is ended after 60 s but needs about N s if each pod works for 30 s.",
    "6:13 information Runs are due every 60 s or sooner but take about N s if each pod works for 30 s: " +
      "each is replaced before it is done.",
    "6:13 information On 2026-11-01 clocks go back in America/New_York and 01:30 comes twice: two runs.",
    "6:13 information On 2026-03-08 clocks jump over 02:30 in America/New_York: that run does not take place.",
  ]);
});

test("a keystroke waits for no run", () => {
  const bad = runRules[0]?.examples["rollout-downtime"]?.bad ?? "";
  const context = { settings: defaultSettings, words: en, structureElsewhere: false, others: [], now };
  assert.deepEqual(diagnose(openManifest("file:///a.yaml", "yaml", bad), context), []);
});

test("what a run of the object itself shows is told with its moment in that run", () => {
  const moments = runRules.flatMap((rule) =>
    rule.codes.map((code) => {
      const found = told(rule.examples[code]?.bad ?? "").find((one) => one.code === code);
      const { kind, name, time } = found?.moment ?? {};
      return `${code}: ${time === undefined ? "none" : `${kind} ${name} ${Math.round(time / 1000)} s`}`;
    }),
  );
  assert.deepEqual(moments, [
    "rollout-downtime: Deployment web 4 s",
    "rollout-past-deadline: Deployment web 61 s",
    "daemon-nowhere: DaemonSet agent 0 s",
    "job-past-deadline: Job load 63 s",
    "schedule-overlap: CronJob report 120 s",
    // Changes of clocks are months away from the few runs that are shown.
    "schedule-twice: none",
    "schedule-skipped: none",
  ]);
});
