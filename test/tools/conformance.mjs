/** `npm run conformance [-- ARGUMENTS]`: makes sure that everything is built, then hands over to test/conformance/run.ts. */
import { join } from "node:path";
import { build } from "./build.mjs";
import { installPackages } from "./install.mjs";
import { root, run, toolchainNode } from "./lib/run.mjs";
import { main } from "./lib/say.mjs";

await main(async () => {
  await installPackages();
  await build();
  const { code } = await run(toolchainNode(), [join(root, "test/conformance/run.ts"), ...process.argv.slice(2)], {
    show: true,
  });
  process.exit(code);
});
