/** `npm test`: installs, builds and runs every test there is; the last line counts them all. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { installPackages } from "./install.mjs";
import { pinnedNode, root, run, toolchainNode } from "./lib/run.mjs";
import { main, say } from "./lib/say.mjs";

const bin = (name) => join(root, "node_modules/.bin", process.platform === "win32" ? `${name}.cmd` : name);

/** Longer than any stage takes, and short enough for all of them together. */
const stageMinutes = 10;

/** The words `# pass 12` of a TAP report. */
const count = (report, word) => Number(new RegExp(`^# ${word} (\\d+)$`, "m").exec(report)?.[1] ?? 0);

async function nodeTests() {
  const files = readdirSync(join(root, "test"), { recursive: true })
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => join("test", file))
    .sort();
  const folder = mkdtempSync(join(tmpdir(), "seatrial-report-"));
  const report = join(folder, "report.tap");
  const reporters = ["--test-reporter=dot", "--test-reporter-destination=stdout"];
  const tap = ["--test-reporter=tap", `--test-reporter-destination=${report}`];
  const chance = ["--import", pathToFileURL(join(root, "test/tools/lib/chance.mjs")).href];
  const { code } = await run(toolchainNode(), ["--test", ...chance, ...reporters, ...tap, ...files], {
    show: true,
    minutes: stageMinutes,
  });
  const text = readFileSync(report, "utf8");
  rmSync(folder, { recursive: true });
  const failed = count(text, "fail") + count(text, "cancelled");
  return { passed: count(text, "pass"), failed: failed === 0 && code !== 0 ? 1 : failed };
}

/** One check that counts as one test. */
async function check(file, args) {
  const { code } = await run(file, args, { show: true, minutes: stageMinutes });
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
}

/** What the work gives; an error when that takes longer than any stage should. */
async function inTime(work) {
  let timer;
  const late = new Promise((_, reject) => {
    const minutes = stageMinutes + 2;
    timer = setTimeout(() => reject(new Error(`Not done after ${minutes} minutes.`)), minutes * 60_000);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

async function vscodeTests() {
  const { runVsCodeTests } = await import("./vscode-tests.mjs");
  return runVsCodeTests();
}

/** The package as it is shipped, by the few tests that need every file of it. */
async function packageTests() {
  const { runPackageTests } = await import("./vscode-tests.mjs");
  return runPackageTests("samples are admitted|hover on a field|three ready pods|page is served");
}

async function browserTests() {
  const { runBrowserTests } = await import("../browser/browser-tests.mjs");
  return runBrowserTests();
}

async function buildAll() {
  const { build } = await import("./build.mjs");
  await build({ tests: true });
  return { passed: 1, failed: 0 };
}

await main(async () => {
  await installPackages();
  // The scripts themselves go on with the pinned Node: packages of the field want 22 or more.
  const node = pinnedNode();
  if (node !== null && Number(process.versions.node.split(".")[0]) < 24) {
    const { code } = await run(node, [fileURLToPath(import.meta.url)], { show: true });
    process.exit(code);
  }
  const stages = [
    ["Build", buildAll],
    ["Types", () => check(bin("tsc"), ["-b"])],
    ["Lint and format", () => check(bin("biome"), ["check", "."])],
    ["Tests on Node", nodeTests],
    ["Benchmarks in their short form", () => check(toolchainNode(), ["test/bench/run.ts", "--short"])],
    [
      "Facts of Kubernetes, none below its recorded score",
      () => check(toolchainNode(), ["test/conformance/run.ts", "--floor", "--show", "0"]),
    ],
    ["The simulator in a browser's worker", browserTests],
    ["Tests inside VS Code", vscodeTests],
    ["The package inside VS Code", packageTests],
  ];
  let passed = 0;
  let failed = 0;
  const broken = [];
  for (const [name, work] of stages) {
    const begin = performance.now();
    say(`${name} …`);
    const result = await inTime(work()).catch((error) => {
      console.error(error.message);
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
