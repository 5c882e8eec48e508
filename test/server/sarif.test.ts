// The names and values of fields as SARIF 2.1.0 (OASIS, 2020) has them, for the objects that are written.
import assert from "node:assert/strict";
import { test } from "node:test";
import { runCommand } from "../../server/cli/run.ts";

type Fields = Readonly<Record<string, string | readonly string[]>>;

/** What each object may hold: a kind of object, a list of one (`[]`), or a plain value. */
const schema: Readonly<Record<string, Fields>> = {
  log: { $schema: "string", version: ["2.1.0"], runs: "run[]" },
  run: {
    tool: "tool",
    language: ["en", "ko"],
    columnKind: ["utf16CodeUnits", "unicodeCodePoints"],
    results: "result[]",
  },
  tool: { driver: "component" },
  component: { name: "string", version: "string", rules: "descriptor[]" },
  descriptor: {
    id: "string",
    shortDescription: "text",
    fullDescription: "text",
    defaultConfiguration: "configuration",
    help: "text",
  },
  text: { text: "string", markdown: "string" },
  configuration: { level: ["none", "note", "warning", "error"] },
  result: {
    ruleId: "string",
    ruleIndex: "number",
    level: ["none", "note", "warning", "error"],
    message: "text",
    locations: "location[]",
  },
  location: { physicalLocation: "place" },
  place: { artifactLocation: "artifact", region: "region" },
  artifact: { uri: "string" },
  region: { startLine: "number", startColumn: "number", endLine: "number", endColumn: "number" },
};

/** Places where a value is not what the schema says. */
function strangers(value: unknown, kind: string | readonly string[], at: string): string[] {
  if (typeof kind !== "string") return kind.includes(String(value)) ? [] : [at];
  if (kind.endsWith("[]")) {
    if (!Array.isArray(value)) return [at];
    return value.flatMap((one, index) => strangers(one, kind.slice(0, -2), `${at}[${index}]`));
  }
  const fields = schema[kind];
  if (fields === undefined) {
    const right = kind === "number" ? Number.isInteger(value) && Number(value) >= 0 : value !== "";
    return typeof value === kind && right ? [] : [at];
  }
  if (typeof value !== "object" || value === null) return [at];
  return Object.entries(value).flatMap(([name, one]) => {
    const wanted = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return wanted === undefined ? [`${at}.${name}`] : strangers(one, wanted, `${at}.${name}`);
  });
}

const broken = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: shop } }
    spec: { containers: [{ name: web, image: "web:1" }] }
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: never }
spec:
  schedule: "0 0 30 2 *"
  jobTemplate: { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: a, image: a }] } } } }
`;

function sarif(name: string, ...more: string[]) {
  const around = { environment: {}, version: "1", now: Date.UTC(2026, 0, 1), readStandardInput: () => broken };
  const words = ["check", "--format", "sarif", "--stdin-filename", name, ...more, "-"];
  return JSON.parse(runCommand(words, around).out);
}

test("only fields of the standard are written", () => {
  assert.deepEqual(strangers(sarif("web.yaml"), "log", ""), []);
  assert.deepEqual(strangers(sarif("web.yaml", "--lang", "ko"), "log", ""), []);
});

test("each rule says what it is, how grave, and how to put it right", () => {
  const [run] = sarif("web.yaml").runs;
  const { rules } = run.tool.driver;
  assert.deepEqual(
    rules.map((rule: { id: string; defaultConfiguration: { level: string } }) => [
      rule.id,
      rule.defaultConfiguration.level,
    ]),
    [
      ["schedule-never", "warning"],
      ["selector-mismatch", "error"],
    ],
  );
  for (const rule of rules) {
    for (const text of [rule.shortDescription.text, rule.fullDescription.text, rule.help.text])
      assert.ok(text.length > 10);
    assert.match(rule.help.markdown, /^# [a-z-]+\n[\s\S]*```yaml\n/);
    assert.doesNotMatch(rule.help.text, /```|^#/m);
  }
  for (const { ruleId, ruleIndex } of run.results) assert.equal(rules[ruleIndex].id, ruleId);
});

test("names of files are URIs", () => {
  const [{ results }] = sarif("a b/#1?.yaml").runs;
  assert.equal(results[0].locations[0].physicalLocation.artifactLocation.uri, "a%20b/%231%3F.yaml");
});
