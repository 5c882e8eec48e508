/**
 * Scores the product against the recorded facts of Kubernetes:
 * `node test/conformance/run.ts [--suite NAME] [--show N] [--record] [DIR]`.
 * Exits 1 when a case fails; with `--floor`, only when a suite scores below `scores.json`.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Suite } from "./suite.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    suite: { type: "string", multiple: true },
    show: { type: "string", default: "5" },
    record: { type: "boolean", default: false },
    floor: { type: "boolean", default: false },
  },
});
const dir = positionals[0] ?? join(here, "data");
const show = Number(values.show);
const scoresFile = join(here, "scores.json");

let passed = 0;
let failed = 0;
const scores: Record<string, string> = {};
const below: string[] = [];
const floors = values.floor ? (JSON.parse(readFileSync(scoresFile, "utf8")) as Record<string, string>) : {};

for (const file of readdirSync(join(here, "suites")).sort()) {
  if (!file.endsWith(".ts")) continue;
  if (values.suite && !values.suite.includes(file.slice(0, -3))) continue;
  const { suite } = (await import(`./suites/${file}`)) as { suite: Suite };
  const outcomes = suite.run(dir);
  if (outcomes.length === 0) continue;
  const good = outcomes.filter((outcome) => outcome.pass).length;
  passed += good;
  failed += outcomes.length - good;
  scores[suite.name] = `${good}/${outcomes.length}`;
  console.log(`${suite.name}: ${good}/${outcomes.length}`);
  for (const outcome of outcomes.filter((one) => !one.pass).slice(0, show)) {
    console.log(`  differs: ${outcome.id}\n  ${outcome.detail ?? ""}`);
  }
  const floor = Number(floors[suite.name]?.split("/")[0] ?? 0);
  if (good < floor) below.push(`${suite.name}: ${good} passed, the recorded score is ${floors[suite.name]}`);
}

if (values.record) writeFileSync(scoresFile, `${JSON.stringify(scores, null, 2)}\n`);
for (const line of below) console.log(`below the recorded score: ${line}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = (values.floor ? below.length : failed) > 0 ? 1 : 0;
