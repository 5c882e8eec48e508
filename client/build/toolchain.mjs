/**
 * The beginning of every npm command: brings the packages, then hands over to a script on the Node that they bring. This runs
 * on the machine's own Node (20 or newer) before anything is installed; the scripts are TypeScript and run on Node 24.
 *
 * Usage: node client/build/toolchain.mjs [--build] SCRIPT [ARGUMENT …]   (--build: bundles the product first)
 */
import { join } from "node:path";
import { installPackages } from "./packages.mjs";
import { root, runScript } from "./run.mjs";
import { main } from "./say.mjs";

const show = { show: true, forward: true };

await main(async () => {
  const words = process.argv.slice(2);
  const first = words[0] === "--build" ? words.shift() : undefined;
  await installPackages();
  if (first !== undefined) {
    const { code } = await runScript([join(root, "client/build/build.ts")], show);
    if (code !== 0) process.exit(code);
  }
  const { code } = await runScript(words, show);
  process.exit(code);
});
