/**
 * The simulator in a web worker of a real browser gives byte for byte the trace that it gives on Node.
 *
 * Usage: node test/browser/browser-tests.mjs
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { installBrowser, installPackages } from "../tools/install.mjs";
import { root } from "../tools/lib/run.mjs";
import { main, say } from "../tools/lib/say.mjs";

async function workerSource() {
  const { default: esbuild } = await import("esbuild");
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(root, "test/browser/worker.ts")],
    bundle: true,
    minify: true,
    write: false,
    platform: "browser",
    target: "chrome120",
    format: "iife",
  });
  return outputFiles[0].text;
}

/** Runs in the page: starts a worker of the source and gives its answer. */
function askWorker({ source, scenario }) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
    worker.onerror = (event) => reject(new Error(event.message));
    worker.onmessage = ({ data }) => {
      worker.terminate();
      resolve(data);
    };
    worker.postMessage(scenario);
  });
}

/** Resolves to how many runs agreed and how many did not. */
export async function runBrowserTests() {
  const { scenarios } = await import("./scenarios.ts");
  const { simulate } = await import("../../simulator/simulate.ts");
  const { executable, args, env } = await installBrowser();
  const { chromium } = await import("playwright-core");
  const source = await workerSource();
  const browser = await chromium.launch({ executablePath: executable, args, env: { ...process.env, ...env } });
  let passed = 0;
  let failed = 0;
  try {
    const page = await browser.newPage();
    for (const [name, scenario] of Object.entries(scenarios)) {
      const here = JSON.stringify(simulate(scenario));
      const there = await page.evaluate(askWorker, { source, scenario });
      if (here === there && here.startsWith('{"trace"')) passed++;
      else failed++;
      const at = [...here].findIndex((letter, index) => letter !== there[index]);
      say(
        here === there
          ? `✓ ${name} (${here.length} bytes)`
          : `✗ ${name}: differs at ${at}: ${there.slice(at, at + 99)}`,
      );
    }
  } finally {
    await browser.close();
  }
  return { passed, failed };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    await installPackages();
    const { passed, failed } = await runBrowserTests();
    console.log(`${passed} passed, ${failed} failed`);
    process.exit(failed > 0 ? 1 : 0);
  });
}
