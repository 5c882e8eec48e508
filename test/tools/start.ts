/** `npm start`: VS Code with Seatrial on the sample workspace; desktop VS Code where there is one, else in the browser. */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { root, run } from "../../client/build/run.mjs";
import { during, main, say, warn } from "../../client/build/say.mjs";
import { installVsCode, toolsFolder } from "./install.ts";
import { address, startVsCode } from "./lib/vscode.ts";

const workspace = join(root, "test/workspace");

/** A profile of its own, so that the window belongs to this command and can be ended with it. */
const desktopData = join(toolsFolder, "desktop-data");
/** Desktop VS Code starts for root only with this. */
const asRoot = process.platform === "linux" && process.getuid?.() === 0 ? ["--no-sandbox"] : [];

/** Ends the desktop VS Code of the profile: it notes its process there. The command that opened it does not end it. */
function endDesktop(): void {
  try {
    process.kill(Number(readFileSync(join(desktopData, "code.lock"), "utf8")));
  } catch {
    // It has ended already, or never began.
  }
}

const onPath = (names: readonly string[]): string | undefined =>
  (process.env["PATH"] ?? "")
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((file) => existsSync(file));

/** What the system has to open an address with; nothing where it has nothing. */
function opener(): string | undefined {
  if (process.platform === "darwin") return "open";
  if (process.platform === "win32") return "explorer.exe";
  return process.env["DISPLAY"] || process.env["WAYLAND_DISPLAY"] ? onPath(["xdg-open"]) : undefined;
}

function openBrowser(url: string): void {
  const found = process.env["CI"] || process.argv.includes("--no-open") ? undefined : opener();
  if (found === undefined) return;
  const child = spawn(found, [url], { stdio: "ignore", detached: true });
  child.on("error", () => {});
  child.unref();
}

/** Ends what is open. */
let stop = () => {};
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    stop();
    process.exit(0);
  });
}

await main(async () => {
  const code = onPath(process.platform === "win32" ? ["code.cmd"] : ["code"]);
  if (code && !process.argv.includes("--browser")) {
    say(`Opening ${code} with Seatrial on test/workspace; Ctrl-C or closing its window ends it.`);
    stop = endDesktop;
    const profile = [`--user-data-dir=${desktopData}`, `--extensionDevelopmentPath=${root}`];
    const result = await run(code, ["--wait", "--new-window", ...asRoot, ...profile, workspace], { show: true });
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
  stop = vscode.stop;
  openBrowser(url);
  // Runs until told to stop.
  setInterval(() => {}, 2 ** 30);
});
