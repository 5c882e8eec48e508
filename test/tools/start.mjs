/** `npm start`: VS Code with Seatrial on the sample workspace; desktop VS Code where there is one, else in the browser. */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { build } from "./build.mjs";
import { installPackages, installVsCode } from "./install.mjs";
import { root, run, toolsFolder } from "./lib/run.mjs";
import { during, main, say, warn } from "./lib/say.mjs";
import { address, startVsCode } from "./lib/vscode.mjs";

const workspace = join(root, "test/workspace");

/** Desktop VS Code starts for root only with these. */
const asRoot =
  process.platform === "linux" && process.getuid?.() === 0
    ? ["--no-sandbox", `--user-data-dir=${join(toolsFolder, "desktop-data")}`]
    : [];

const onPath = (names) =>
  (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((file) => existsSync(file));

/** Opens an address with what the system has for that; says nothing when it has nothing. */
function openBrowser(url) {
  if (process.env.CI || process.argv.includes("--no-open")) return;
  const [file, ...args] =
    process.platform === "darwin"
      ? ["open", url]
      : process.platform === "win32"
        ? ["explorer.exe", url]
        : [process.env.DISPLAY || process.env.WAYLAND_DISPLAY ? onPath(["xdg-open"]) : undefined, url];
  if (!file) return;
  const opener = spawn(file, args, { stdio: "ignore", detached: true });
  opener.on("error", () => {});
  opener.unref();
}

await main(async () => {
  await installPackages();
  await build();
  const code = onPath(process.platform === "win32" ? ["code.cmd"] : ["code"]);
  if (code && !process.argv.includes("--browser")) {
    say(`Opening ${code} with Seatrial on test/workspace; close its window to end.`);
    const result = await run(
      code,
      ["--wait", "--new-window", ...asRoot, `--extensionDevelopmentPath=${root}`, workspace],
      { show: true },
    );
    if (result.code === 0) process.exit(0);
    warn(`${code} ended with exit code ${result.code}, so VS Code opens in the browser instead.`);
  }
  const vscodeFolder = await installVsCode();
  const dataFolder = join(toolsFolder, "start-data");
  mkdirSync(dataFolder, { recursive: true });
  const vscode = await during("Starting VS Code", () => startVsCode(vscodeFolder, { dataFolder }));
  const url = address(vscode.port, {
    folder: workspace,
    extension: root,
    open: [join(workspace, "deployment.yaml")],
  });
  say("VS Code with Seatrial is ready. Open:");
  console.log(`\n  ${url}\n`);
  say("Ctrl-C stops it.");
  openBrowser(url);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      vscode.stop();
      process.exit(0);
    });
  }
  // Runs until told to stop.
  setInterval(() => {}, 2 ** 30);
});
