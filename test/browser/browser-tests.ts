/**
 * The simulator in a web worker of a real browser gives byte for byte the trace that it gives on Node.
 *
 * Usage: node test/browser/browser-tests.ts
 */
import { join } from "node:path";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { root } from "../../client/build/run.mjs";
import { main, say } from "../../client/build/say.mjs";
import { simulate } from "../../simulator/simulate.ts";
import { installBrowser } from "../tools/install.ts";
import type { Outcome } from "../tools/lib/outcome.ts";
import { scenarios } from "./scenarios.ts";

async function workerSource(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(root, "test/browser/worker.ts")],
    bundle: true,
    minify: true,
    write: false,
    platform: "browser",
    target: "chrome120",
    format: "iife",
  });
  return outputFiles[0]?.text ?? "";
}

/** Runs in the page: starts a worker of the source and gives its answer. */
function askWorker({ source, scenario }: { source: string; scenario: unknown }): Promise<string> {
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
export async function runBrowserTests(): Promise<Outcome> {
  const { executable, args, env } = await installBrowser();
  const source = await workerSource();
  const browser = await chromium.launch({
    executablePath: executable,
    args: [...args],
    env: { ...(process.env as Record<string, string>), ...env },
  });
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

if (import.meta.main) {
  await main(async () => {
    const { passed, failed } = await runBrowserTests();
    console.log(`${passed} passed, ${failed} failed`);
    process.exit(failed > 0 ? 1 : 0);
  });
}
