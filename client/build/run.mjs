/** Child processes: the npm command and the pinned Node, each with its output collected or shown. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[/\\]$/, "");

/** The Node that the npm package `node` brings, or null where its install script has not run. */
export function pinnedNode() {
  const files = [join(root, "node_modules/node/bin/node"), join(root, "node_modules/node/bin/node.exe")];
  return files.find((file) => existsSync(file)) ?? null;
}

/** The Node to run TypeScript on: the pinned one, else this one when it is new enough, else null. */
export function toolchainNode() {
  return pinnedNode() ?? (Number(process.versions.node.split(".")[0]) >= 24 ? process.execPath : null);
}

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {Readonly<Record<string, string>>} [env] Added to the environment of this process.
 * @property {boolean} [show] Passes the output on; otherwise it is returned.
 * @property {boolean} [forward] Hands signals to end on to the program and lets it end as it likes.
 * @property {string} [input]
 * @property {number} [minutes] Asked to end after that time and made to end ten seconds later: whoever waits must not wait for ever.
 */

/**
 * Runs a program to its end. Never rejects for a code other than 0.
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(file, args, { cwd = root, env = {}, show = false, forward = false, input, minutes } = {}) {
  return new Promise((resolve, reject) => {
    const path = [join(root, "node_modules/node/bin"), process.env["PATH"]].join(delimiter);
    // On Windows a batch file runs only in a shell, which splits at spaces.
    const batch = /\.(cmd|bat)$/i.test(file);
    const words = [file, ...args].map((word) => (batch ? `"${word}"` : word));
    const child = spawn(words[0] ?? file, words.slice(1), {
      cwd,
      shell: batch,
      env: { ...process.env, PATH: path, ...env },
      stdio: [input === undefined ? "ignore" : "pipe", show ? "inherit" : "pipe", show ? "inherit" : "pipe"],
    });
    let output = "";
    child.stdout?.on("data", (data) => (output += data));
    child.stderr?.on("data", (data) => (output += data));
    if (input !== undefined) child.stdin?.end(input);
    if (forward) {
      for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
        process.on(signal, () => child.kill(signal));
      }
    }
    const limits =
      minutes === undefined
        ? []
        : [
            setTimeout(() => {
              console.error(
                `Not done after ${minutes} minutes, so it is ended: ${[file, ...args].join(" ").slice(0, 200)}`,
              );
              child.kill();
            }, minutes * 60_000),
            setTimeout(() => child.kill("SIGKILL"), minutes * 60_000 + 10_000),
          ];
    child.on("error", reject);
    child.on("close", (code, signal) => {
      for (const limit of limits) clearTimeout(limit);
      resolve({ code: signal ? 1 : (code ?? 1), output });
    });
  });
}

/**
 * Runs a script of the project on the Node of its toolchain.
 *
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 */
export function runScript(args, options) {
  return run(toolchainNode() ?? process.execPath, args, options);
}

/**
 * Runs npm: the one that started this script, else the one on the PATH.
 *
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 */
export function npm(args, options) {
  const script = process.env["npm_execpath"];
  return script && /\.c?js$/.test(script)
    ? run(process.execPath, [script, ...args], options)
    : run(process.platform === "win32" ? "npm.cmd" : "npm", args, options);
}
