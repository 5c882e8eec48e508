/**
 * Runs the suites of test/vscode inside a real VS Code: the server part of code-server with a headless browser.
 *
 * Usage: node test/tools/vscode-tests.ts [--extension DIR | --vsix] [--only PATTERN]
 *   --extension DIR   an unpacked VSIX instead of the tree
 *   --vsix            the VSIX that `npm run package` makes of the tree, unpacked as VS Code does it
 */
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type Browser, chromium } from "playwright-core";
import { build } from "../../client/build/build.ts";
import { makePackage } from "../../client/build/package.ts";
import { root } from "../../client/build/run.mjs";
import { during, main, say } from "../../client/build/say.mjs";
import { installBrowser, installKubernetesTools, installVsCode, unpackPackage } from "./install.ts";
import { panelFrame, startBridge } from "./lib/bridge.ts";
import type { Outcome } from "./lib/outcome.ts";
import { address, startVsCode } from "./lib/vscode.ts";

/** The whole run may take this long before it counts as hung. */
const patience = 8 * 60_000;
/** And this long as a web extension. */
const webPatience = 3 * 60_000;

/** Opens a sample and its panel as a person does, reloads the window, and waits for the panel to be back. */
async function restoredAfterReload(window: Browser, url: string): Promise<void> {
  const page = await (await window.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  const verdict = async () => {
    for (const deadline = Date.now() + 60_000; Date.now() < deadline; ) {
      const frame = await panelFrame(page);
      if (
        frame &&
        (await frame
          .locator("[data-part=verdict][data-code=safe]")
          .count()
          .catch(() => 0)) === 1
      )
        return;
      await page.waitForTimeout(50);
    }
    throw new Error("no panel with a verdict within 60 s");
  };
  await page.goto(url, { waitUntil: "domcontentloaded" });
  await page.locator(".monaco-list-row", { hasText: "deployment.yaml" }).dblclick({ timeout: 30_000 });
  await page.locator("a.action-label[aria-label^=Simulate]").first().click({ timeout: 30_000 });
  await verdict();
  // By VS Code's own command: it saves what is open before it goes, as closing a window does.
  const reloaded = page.waitForEvent("domcontentloaded");
  await page.locator(".monaco-editor").first().click();
  await page.keyboard.press("F1");
  await page.keyboard.type("Developer: Reload Window");
  await page.locator(".quick-input-list .monaco-list-row", { hasText: "Reload Window" }).first().click();
  await reloaded;
  await verdict();
  await page.close();
}

/**
 * Runs the suite of the extension as a web extension: in the browser, loaded over HTTP as from a gallery; tells each case. VS Code
 * takes such an extension from the configuration in its page only.
 */
async function webSuite(
  window: Browser,
  { url, extension }: { readonly url: string; readonly extension: string },
  told: (name: string, error: string | null) => void,
): Promise<void> {
  // Below the address of VS Code itself: neither its policy nor the browser's lets another port in.
  const below = "/seatrial-extension";
  const { host: authority } = new URL(url);
  const at = (path: string) => ({ scheme: "http", authority, path: `${below}${path}` });
  const context = await window.newContext({ viewport: { width: 1440, height: 900 } });
  await context.route(
    ({ pathname }) => pathname.startsWith(`${below}/`),
    (route) => {
      const path = join(extension, decodeURIComponent(new URL(route.request().url()).pathname).slice(below.length));
      return existsSync(path) ? route.fulfill({ path }) : route.fulfill({ status: 404 });
    },
  );
  const page = await context.newPage();
  const said: string[] = [];
  page.on("console", (message) => {
    const found = /seatrial-web ([✓✗]) ([^:]*)(?:: ([\s\S]*))?$/.exec(message.text());
    if (found) told(`in the browser: ${found[2]}`, found[1] === "✓" ? null : (found[3] ?? "failed"));
    else said.push(`${message.type()}: ${message.text().slice(0, 500)}`);
  });
  const ended = new Promise<unknown>((done) => {
    page.exposeFunction("codeAutomationExit", (code: unknown) => done(code)).catch(() => done(1));
    setTimeout(() => done("time is up"), webPatience).unref();
  });
  await page.exposeFunction("codeAutomationLog", () => undefined);
  // The workbench itself; its files are below another path.
  await page.route(
    ({ pathname, port }) => pathname === "/" && port === new URL(url).port,
    async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace(
        /(id="vscode-workbench-web-configuration" data-settings=")([^"]*)/,
        (_, before: string, settings: string) => {
          const configuration = JSON.parse(settings.replaceAll("&quot;", '"').replaceAll("&amp;", "&"));
          const developmentOptions = {
            ...configuration.developmentOptions,
            extensions: [at("/")],
            extensionTestsPath: at("/dist/vscode-web-suite.cjs"),
          };
          const changed = JSON.stringify({ ...configuration, developmentOptions });
          return before + changed.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
        },
      );
      await route.fulfill({ response, body });
    },
  );
  await page.goto(url, { waitUntil: "domcontentloaded" });
  const code = await ended;
  if (code !== 0) told("in the browser: the suite ends well", `it ended with ${code}\n${said.slice(-40).join("\n")}`);
  await context.close();
}

/** Runs all suites; resolves to how many passed and failed. */
export async function runVsCodeTests({ extension = root, only = "" } = {}): Promise<Outcome> {
  const vscodeFolder = await installVsCode();
  const browser = await installBrowser();
  const kubernetesTools = await installKubernetesTools();
  // Suites edit and save: they work on a copy.
  const temporary = mkdtempSync(join(tmpdir(), "seatrial-workspace-"));
  const workspace = join(temporary, "manifests");
  cpSync(join(root, "test/workspace"), workspace, { recursive: true });
  cpSync(join(root, "test/server/rendering"), join(temporary, "rendering"), { recursive: true });

  let passed = 0;
  const failures: string[] = [];
  const bridge = await startBridge(({ name, error, milliseconds }) => {
    if (error) failures.push(name);
    else passed++;
    say(`${error ? "✗" : "✓"} ${name} (${milliseconds} ms)${error ? `\n${error}` : ""}`);
  });
  const vscode = await during("Starting VS Code", () =>
    startVsCode(vscodeFolder, {
      env: {
        SEATRIAL_TEST_BRIDGE: bridge.url,
        SEATRIAL_TEST_ONLY: only,
        ...(kubernetesTools !== null && { SEATRIAL_TEST_TOOLS: kubernetesTools }),
      },
      settings: {
        "workbench.colorTheme": "Dark Modern",
        "window.autoDetectColorScheme": false,
        "files.autoSave": "off",
        // Drawn as elements, whose text a test can read.
        "terminal.integrated.gpuAcceleration": "off",
      },
    }),
  );
  const window = await chromium.launch({
    executablePath: browser.executable,
    args: [...browser.args],
    env: { ...(process.env as Record<string, string>), ...browser.env },
  });
  try {
    const page = await window.newPage({ viewport: { width: 1440, height: 900 } });
    bridge.attach(page);
    const console_: string[] = [];
    page.on("console", (message) => console_.push(`${message.type()}: ${message.text()}`));
    page.on("crash", () => console_.push("the page crashed"));
    const ended = new Promise<unknown>((done) => {
      page.exposeFunction("codeAutomationExit", (code: unknown) => done(code)).catch(() => done(1));
      setTimeout(() => done("time is up"), patience).unref();
    });
    await page.exposeFunction("codeAutomationLog", (type: string, args: readonly unknown[]) => {
      if (process.env["SEATRIAL_TEST_VERBOSE"]) console.log(`  [${type}]`, ...args);
    });
    await page.goto(
      address(vscode.port, { folder: workspace, extension, tests: join(root, "dist/vscode-suite.cjs") }),
      { waitUntil: "domcontentloaded" },
    );
    const code = await ended;
    if (code !== 0 && failures.length === 0) {
      failures.push(`the suite ended with ${code}`);
      say(`The suite ended with ${code}.\n${console_.slice(-30).join("\n")}\n${vscode.log().slice(-2000)}`);
    }
    await page.close();
    if (new RegExp(only).test("in the browser")) {
      const suite = join(extension, "dist/vscode-web-suite.cjs");
      // What is tested in the worker has to be a part of the extension.
      if (extension !== root) cpSync(join(root, "dist/vscode-web-suite.cjs"), suite);
      await webSuite(window, { url: address(vscode.port, { folder: workspace }), extension }, (name, error) => {
        if (error) failures.push(name);
        else passed++;
        say(`${error ? "✗" : "✓"} ${name}${error ? `\n${error}` : ""}`);
      });
    }
    if (new RegExp(only).test("a panel is restored when the window is reloaded")) {
      const begin = performance.now();
      const name = "a panel is restored when the window is reloaded";
      const error = await restoredAfterReload(window, address(vscode.port, { folder: workspace, extension })).catch(
        String,
      );
      if (error) failures.push(name);
      else passed++;
      say(`${error ? "✗" : "✓"} ${name} (${Math.round(performance.now() - begin)} ms)${error ? `\n${error}` : ""}`);
    }
  } finally {
    await window.close();
    vscode.stop();
    bridge.stop();
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
  }
  return { passed, failed: failures.length };
}

/** Packs the tree as it is built, unpacks that as VS Code does, and runs the suites on it. */
export async function runPackageTests(only = ""): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), "seatrial-vsix-"));
  try {
    const file = await makePackage(join(folder, "seatrial.vsix"));
    return await runVsCodeTests({ extension: await unpackPackage(file, folder), only });
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      extension: { type: "string" },
      only: { type: "string", default: "" },
      desktop: { type: "boolean" },
      vsix: { type: "boolean" },
    },
  });
  await main(async () => {
    await build({ tests: true });
    if (values.desktop) {
      // Downloads desktop VS Code on first use: the one thing here that needs more than the npm registry.
      const { runTests } = await import("@vscode/test-electron");
      const tests = join(root, "dist/vscode-suite.cjs");
      const launchArgs = [join(root, "test/workspace"), "--disable-extensions"];
      process.exit(await runTests({ extensionDevelopmentPath: root, extensionTestsPath: tests, launchArgs }));
    }
    const { passed, failed } = values.vsix
      ? await runPackageTests(values.only)
      : await runVsCodeTests({ extension: resolve(values.extension ?? root), only: values.only });
    console.log(`${passed} passed, ${failed} failed`);
    process.exit(failed > 0 ? 1 : 0);
  });
}
