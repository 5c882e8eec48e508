/** The packages of the project, from the npm registry alone; nothing is done when they are there already. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { npm, pinnedNode, root, run, toolchainNode } from "./run.mjs";
import { during, Explained, say } from "./say.mjs";

export const quietly = ["--no-audit", "--no-fund", "--loglevel=error"];

/**
 * @typedef {object} LockEntry
 * @property {string} version
 * @property {boolean} [optional]
 * @property {boolean} [peer]
 */

/** @type {(file: string) => Readonly<Record<string, LockEntry>>} */
const lockedPackages = (file) => JSON.parse(readFileSync(file, "utf8")).packages;

/** Does node_modules hold exactly what package-lock.json asks for on this platform? */
function packagesAreCurrent() {
  const installed = join(root, "node_modules/.package-lock.json");
  if (!existsSync(installed)) return false;
  const have = lockedPackages(installed);
  return Object.entries(lockedPackages(join(root, "package-lock.json")))
    .filter(([path]) => path !== "")
    .every(([path, entry]) => (have[path] ? have[path].version === entry.version : entry.optional || entry.peer));
}

/** Makes sure that the packages are there and that their install scripts did their work. */
export async function installPackages() {
  if (!packagesAreCurrent()) {
    const { code } = await during("Installing packages from the npm registry (a minute or two)", () =>
      npm(["ci", ...quietly], { show: true }),
    );
    if (code !== 0) throw new Explained("npm could not install the packages; its own words are above.");
  }
  const missing = [];
  if (toolchainNode() === null) {
    missing.push(
      `  node_modules/node/bin/node   Node 24, which the npm package "node" brings with its install script`,
      `                               (this is Node ${process.versions.node}; the project needs 24)`,
    );
  }
  const esbuild = await run(process.execPath, ["-e", 'require("esbuild").transformSync("0")']);
  if (esbuild.code !== 0) missing.push("  esbuild                      its program for this platform");
  if (missing.length > 0) {
    throw new Explained(
      [
        "Install scripts of packages have not run here, so these are missing:",
        ...missing,
        "",
        "What helps, any one of:",
        '  npm rebuild node esbuild     with scripts allowed ("ignore-scripts" off; both stand under allowScripts in package.json)',
        "  npm approve-scripts node esbuild && npm rebuild node esbuild     where npm asks for approval",
        "  start again with Node 24 or newer on the PATH: then no install script is needed",
      ].join("\n"),
    );
  }
  if (pinnedNode() === null)
    say(`Using this Node (${process.versions.node}); the npm package "node" has no program here.`);
}
