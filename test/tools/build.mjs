/**
 * Bundles what runs into dist/ and prints how large each bundle is.
 *
 * Usage: node test/tools/build.mjs [--watch] [--tests]   (--tests: also the suites that run inside VS Code)
 */
import { existsSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root, run, toolchainNode } from "./lib/run.mjs";
import { Explained, main, say } from "./lib/say.mjs";

/** Bundled CommonJS packages call `require`; an ES module has to make one. */
const requireBanner = {
  js: 'import { createRequire as seatrialRequire } from "node:module"; const require = seatrialRequire(import.meta.url);',
};
const node = { platform: "node", target: "node20", mainFields: ["module", "main"] };
const nodeModule = { ...node, format: "esm", banner: requireBanner };
const browser = { platform: "browser", target: "chrome120", format: "iife" };

/** Language server and command line are ES modules; VS Code loads the extension itself as CommonJS. */
const bundles = [
  { in: "client/extension.ts", out: "extension.cjs", ...node, format: "cjs", external: ["vscode"] },
  { in: "server/main.node.ts", out: "server.mjs", ...nodeModule },
  { in: "server/cli.ts", out: "cli.mjs", ...nodeModule },
  { in: "client/webview/main.tsx", out: "webview.js", ...browser, jsx: "automatic", jsxImportSource: "preact" },
  { in: "client/webview/worker.ts", out: "worker.js", ...browser },
  { in: "client/webview/style/panel.css", out: "webview.css" },
];
const suites = [
  { in: "test/vscode/suite/index.ts", out: "vscode-suite.cjs", ...node, format: "cjs", external: ["vscode"] },
];

function options({ in: entry, out, ...rest }, { minify }) {
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

async function fieldTable() {
  const { code, output } = await run(toolchainNode(), [join(root, "test/tools/field-table.mjs")]);
  if (code !== 0) throw new Explained(`The field table could not be made:\n${output}`);
}

const size = (file) => `${(statSync(file).size / 1024).toFixed(0).padStart(6)} kB`;

/** Builds everything; `minify` for what is packaged, `tests` to add the suites. */
export async function build({ minify = true, tests = false, watch = false } = {}) {
  const begin = performance.now();
  const { default: esbuild } = await import("esbuild");
  await fieldTable();
  const wanted = [...bundles, ...(tests ? suites : [])];
  for (const one of wanted) rmSync(join(root, "dist", `${one.out}.map`), { force: true });
  if (watch) {
    for (const one of wanted) await (await esbuild.context(options(one, { minify: false }))).watch();
    say("Watching for changes; Ctrl-C ends it.");
    return;
  }
  try {
    await Promise.all(wanted.map((one) => esbuild.build(options(one, { minify }))));
  } catch (error) {
    throw new Explained(`The build failed: ${error.message}`);
  }
  const data = ["field-docs.json"].filter((name) => existsSync(join(root, "dist", name)));
  for (const name of [...bundles.map((one) => one.out), ...data])
    say(`${size(join(root, "dist", name))}  dist/${name}`);
  say(`Built in ${((performance.now() - begin) / 1000).toFixed(1)} s.`);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    const { installPackages } = await import("./install.mjs");
    await installPackages();
    await build({ watch: process.argv.includes("--watch"), tests: process.argv.includes("--tests") });
  });
}
