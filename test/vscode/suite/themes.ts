/** The panel in VS Code's four kinds of theme: readable by axe's rules in each, and pictures for who wants to look. */
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { fill, inPanel, press, screenshot, size, until } from "./bridge.ts";
import { read, simulate, violations } from "./panel.ts";
import type { VsCodeTest } from "./vscode-test.ts";

/** By the class that VS Code gives the body of a webview. */
const themes = {
  "vscode-dark": "Dark Modern",
  "vscode-light": "Light Modern",
  "vscode-high-contrast": "Default High Contrast",
  "vscode-high-contrast-light": "Default High Contrast Light",
} as const;
const names = Object.keys(themes) as readonly (keyof typeof themes)[];

const short = (name: string): string => name.replace("vscode-", "").replace("high-contrast", "hc");

/** Puts the theme into force, the panel and the workbench around it. */
async function wear(name: keyof typeof themes): Promise<void> {
  const workbench = vscode.workspace.getConfiguration("workbench");
  await workbench.update("colorTheme", themes[name], vscode.ConfigurationTarget.Workspace);
  await until(`${name} in the panel`, () =>
    inPanel(({ theme }) => document.body.classList.contains(theme), { theme: name }),
  );
}

/** A Deployment in the middle of its second rollout. */
async function midRollout(): Promise<void> {
  await simulate("deployment.yaml");
  await until("three ready pods", async () => (await read())?.ready === 3);
  await fill("[data-part=image]", "nginx:1.28");
  await press("Enter", "[data-part=image]");
  await until("two revisions", async () => (await read())?.revisions.length === 2);
  await press("Home", "[data-part=scrubber]");
  for (let step = 0; step < 60 && ((await read())?.revisions.length ?? 0) < 2; step++) {
    await press("ArrowRight", "main");
  }
  for (let step = 0; step < 8; step++) await press("ArrowRight", "main");
  await inPanel(() => {
    scrollTo(0, 0);
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });
}

async function isReadableInEach(): Promise<void> {
  await midRollout();
  for (const name of names) {
    await wear(name);
    assert.deepEqual(await violations(), [], name);
    await screenshot(`deployment-${short(name)}`);
  }
  await wear("vscode-dark");
}

/** Takes a minute, so only when asked for by SEATRIAL_TEST_PICTURES. */
async function picturesOfEachKind(): Promise<void> {
  const kinds = { deployment: midRollout } as Record<string, () => Promise<unknown>>;
  for (const kind of ["statefulset", "daemonset", "job", "cronjob"]) kinds[kind] = () => simulate(`${kind}.yaml`);
  await vscode.commands.executeCommand("workbench.action.closeSidebar");
  for (const [kind, show] of Object.entries(kinds)) {
    await size(1900, 1400);
    await show();
    await until("the end of the run", () => inPanel(() => document.querySelector("[data-part=now]") !== null));
    for (const name of names) {
      await wear(name);
      await screenshot(`${kind}-${short(name)}`, true);
      assert.deepEqual(await violations(), [], `${kind} in ${name}`);
    }
    await size(640, 2000);
    await until("a narrow page", () => inPanel(() => innerWidth <= 320));
    await screenshot(`${kind}-narrow`, true);
  }
  await size(1440, 900);
  await wear("vscode-dark");
}

export const themeTests: readonly VsCodeTest[] = [
  { name: "no serious violation of accessibility in any theme", run: isReadableInEach },
  ...(process.env["SEATRIAL_TEST_PICTURES"] ? [{ name: "pictures of each kind", run: picturesOfEachKind }] : []),
];
