/**
 * Bundles what runs into dist/ and prints how large each bundle is.
 *
 * Usage: node client/build/build.ts [--watch] [--tests]   (--tests: also the suites that run inside VS Code)
 */
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type BuildOptions, build as bundle, context } from "esbuild";
import { root, runScript } from "./run.mjs";
import { Explained, main, say } from "./say.mjs";

/** One file of dist/, and what it is made of. */
interface Bundle extends BuildOptions {
  readonly in: string;
  readonly out: string;
}

/** Bundled CommonJS packages call `require`; an ES module has to make one. */
const requireBanner = {
  js: 'import { createRequire as seatrialRequire } from "node:module"; const require = seatrialRequire(import.meta.url);',
};
const node: BuildOptions = { platform: "node", target: "node20", mainFields: ["module", "main"] };
const nodeModule: BuildOptions = { ...node, format: "esm", banner: requireBanner };
const worker: BuildOptions = { platform: "browser", target: "chrome120", mainFields: ["browser", "module", "main"] };
const browser: BuildOptions = { platform: "browser", target: "chrome120", format: "iife" };

/** Language server and command line are ES modules; VS Code loads the extension itself as CommonJS. */
const bundles: readonly Bundle[] = [
  { in: "client/main.node.ts", out: "extension.cjs", ...node, format: "cjs", external: ["vscode"] },
  { in: "client/main.browser.ts", out: "extension.browser.cjs", ...worker, format: "cjs", external: ["vscode"] },
  { in: "server/main.browser.ts", out: "server.browser.js", ...worker, format: "iife" },
  { in: "server/main.node.ts", out: "server.mjs", ...nodeModule },
  { in: "server/cli.ts", out: "cli.mjs", ...nodeModule },
  { in: "client/webview/main.tsx", out: "webview.js", ...browser, jsx: "automatic", jsxImportSource: "preact" },
  { in: "client/webview/worker.ts", out: "worker.js", ...browser },
  { in: "client/webview/style/panel.css", out: "webview.css" },
];
const suites: readonly Bundle[] = [
  { in: "test/vscode/suite/index.ts", out: "vscode-suite.cjs", ...node, format: "cjs", external: ["vscode"] },
  { in: "test/vscode/web/index.ts", out: "vscode-web-suite.cjs", ...worker, format: "cjs", external: ["vscode"] },
];

function options({ in: entry, out, ...rest }: Bundle, minify: boolean): BuildOptions {
  return {
    entryPoints: [join(root, entry)],
    outfile: join(root, "dist", out),
    bundle: true,
    minify,
    sourcemap: minify ? false : "linked",
    logLevel: "warning",
    legalComments: "none",
    conditions: rest.platform === "node" ? ["node"] : [],
    define: rest.platform === "browser" ? { "process.env.NODE_ENV": '"production"' } : {},
    ...rest,
  };
}

async function fieldTable(): Promise<void> {
  const { code, output } = await runScript([join(root, "client/build/field-table.ts")]);
  if (code !== 0) throw new Explained(`The field table could not be made:\n${output}`);
}

/** All labs as one file: where an extension comes over HTTP, no folder can be listed. */
function labs(): void {
  const folder = join(root, "client/labs");
  const files = readdirSync(folder)
    .filter((file) => file.endsWith(".lab.yaml"))
    .sort()
    .map((file) => ({ file, text: readFileSync(join(folder, file), "utf8") }));
  writeFileSync(join(root, "dist/labs.json"), JSON.stringify(files));
}

const size = (file: string): string => `${(statSync(file).size / 1024).toFixed(0).padStart(6)} kB`;

/** Builds everything; `tests` adds the suites that run inside VS Code, `watch` goes on at every change. */
export async function build({ tests = false, watch = false } = {}): Promise<void> {
  const begin = performance.now();
  await fieldTable();
  labs();
  const wanted = [...bundles, ...(tests ? suites : [])];
  for (const one of wanted) rmSync(join(root, "dist", `${one.out}.map`), { force: true });
  if (watch) {
    for (const one of wanted) await (await context(options(one, false))).watch();
    say("Watching for changes; Ctrl-C ends it.");
    return;
  }
  try {
    await Promise.all(wanted.map((one) => bundle(options(one, true))));
  } catch (error) {
    throw new Explained(`The build failed: ${error instanceof Error ? error.message : error}`);
  }
  for (const name of [...bundles.map((one) => one.out), "field-docs.json", "labs.json"])
    say(`${size(join(root, "dist", name))}  dist/${name}`);
  say(`Built in ${((performance.now() - begin) / 1000).toFixed(1)} s.`);
}

if (import.meta.main) {
  await main(() => build({ watch: process.argv.includes("--watch"), tests: process.argv.includes("--tests") }));
}
