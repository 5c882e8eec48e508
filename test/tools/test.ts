/** `npm test`: installs, builds and runs every test there is; the last line counts them all. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "../../client/build/build.ts";
import { root, run, runScript } from "../../client/build/run.mjs";
import { main, say } from "../../client/build/say.mjs";
import type { Outcome } from "./lib/outcome.ts";
import { runPackageTests, runVsCodeTests } from "./vscode-tests.ts";

const bin = (name: string): string =>
  join(root, "node_modules/.bin", process.platform === "win32" ? `${name}.cmd` : name);

/** Longer than any stage takes, and short enough for all of them together. */
const stageMinutes = 10;

/** The words `# pass 12` of a TAP report. */
const count = (report: string, word: string): number =>
  Number(new RegExp(`^# ${word} (\\d+)$`, "m").exec(report)?.[1] ?? 0);

/** Read only now: it needs what the build makes. */
async function browserTests(): Promise<Outcome> {
  const { runBrowserTests } = await import("../browser/browser-tests.ts");
  return runBrowserTests();
}

async function nodeTests(): Promise<Outcome> {
  const files = readdirSync(join(root, "test"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => join("test", file))
    .sort();
  const folder = mkdtempSync(join(tmpdir(), "seatrial-report-"));
  const report = join(folder, "report.tap");
  const reporters = ["--test-reporter=dot", "--test-reporter-destination=stdout"];
  const tap = ["--test-reporter=tap", `--test-reporter-destination=${report}`];
  const chance = ["--import", pathToFileURL(join(root, "test/tools/lib/chance.mjs")).href];
  const { code } = await runScript(["--test", ...chance, ...reporters, ...tap, ...files], {
    show: true,
    minutes: stageMinutes,
  });
  const text = readFileSync(report, "utf8");
  rmSync(folder, { recursive: true });
  const failed = count(text, "fail") + count(text, "cancelled");
  return { passed: count(text, "pass"), failed: failed === 0 && code !== 0 ? 1 : failed };
}

/** One check that counts as one test. */
async function check(file: string, args: readonly string[]): Promise<Outcome> {
  const { code } = await run(file, args, { show: true, minutes: stageMinutes });
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
}

/** What the work gives; an error when that takes longer than any stage should. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const minutes = stageMinutes + 2;
    timer = setTimeout(() => reject(new Error(`Not done after ${minutes} minutes.`)), minutes * 60_000);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** The package as it is shipped, by the few tests that need every file of it. */
const packageTests = () => runPackageTests("samples are admitted|hover on a field|three ready pods|page is served");

async function buildAll(): Promise<Outcome> {
  await build({ tests: true });
  return { passed: 1, failed: 0 };
}

await main(async () => {
  const stages: readonly (readonly [name: string, work: () => Promise<Outcome>])[] = [
    ["Build", buildAll],
    ["Types", () => check(bin("tsc"), ["-b"])],
    ["Lint and format", () => check(bin("biome"), ["check", "."])],
    ["Tests on Node", nodeTests],
    ["Benchmarks in their short form", () => check(process.execPath, ["test/bench/run.ts", "--short"])],
    [
      "Facts of Kubernetes, none below its recorded score",
      () => check(process.execPath, ["test/conformance/run.ts", "--floor", "--show", "0"]),
    ],
    ["The simulator in a browser's worker", browserTests],
    ["Tests inside VS Code", () => runVsCodeTests()],
    ["The package inside VS Code", packageTests],
  ];
  let passed = 0;
  let failed = 0;
  const broken: string[] = [];
  for (const [name, work] of stages) {
    const begin = performance.now();
    say(`${name} …`);
    const result = await inTime(work()).catch((error: unknown): Outcome => {
      console.error(error instanceof Error ? error.message : error);
      return { passed: 0, failed: 1 };
    });
    passed += result.passed;
    failed += result.failed;
    if (result.failed > 0) broken.push(name);
    say(
      `${name}: ${result.passed} passed, ${result.failed} failed (${((performance.now() - begin) / 1000).toFixed(1)} s)`,
    );
  }
  if (broken.length > 0) say(`Failed: ${broken.join("; ")}`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed > 0 ? 1 : 0);
});
