/**
 * Takes the pictures of the README anew, from the panel in a real VS Code.
 *
 * Usage: npm run pictures
 */
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "../../client/build/build.ts";
import { root } from "../../client/build/run.mjs";
import { main, say } from "../../client/build/say.mjs";
import { toolsFolder } from "./install.ts";
import { runVsCodeTests } from "./vscode-tests.ts";

await main(async () => {
  process.env["SEATRIAL_TEST_PICTURES"] = "1";
  await build({ tests: true });
  const { failed } = await runVsCodeTests({ only: "pictures for readers" });
  if (failed > 0) process.exit(1);
  for (const theme of ["light", "dark"]) {
    copyFileSync(
      join(toolsFolder, "screenshots", `readers-${theme}.png`),
      join(root, "client/media", `panel-${theme}.png`),
    );
    say(`client/media/panel-${theme}.png`);
  }
});
