/** The panel in VS Code's four kinds of theme: readable by axe's rules in each, and pictures for who wants to look. */
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { inPanel, screenshot, size, until } from "./bridge.ts";
import { chooseMode, page, simulate, violations } from "./panel.ts";
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

/** A Deployment in the middle of its rollout. */
async function midRollout(): Promise<void> {
  await simulate("deployment.yaml");
  await chooseMode("restart");
  await page("two revisions", ({ revisions }) => revisions.length === 2);
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
    await page("a picture", () => true);
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

/** The panel beside its text, in light and in dark, in the middle of a change. */
async function picturesForReaders(): Promise<void> {
  const { document: text } = await simulate("deployment.yaml");
  const at = text.getText().indexOf("nginx:1.27");
  const change = new vscode.WorkspaceEdit();
  change.replace(text.uri, new vscode.Range(text.positionAt(at), text.positionAt(at + 10)), "nginx:1.28");
  await vscode.workspace.applyEdit(change);
  await until("a change to play", () =>
    inPanel(() => document.querySelector("[data-mode=change][aria-disabled=false]") !== null),
  );
  await chooseMode("change");
  await size(1280, 860);
  for (const name of ["vscode-light", "vscode-dark"] as const) {
    await wear(name);
    await screenshot(`readers-${short(name)}`);
  }
  await vscode.commands.executeCommand("workbench.action.files.revert");
  await size(1440, 900);
}

export const themeTests: readonly VsCodeTest[] = [
  { name: "no serious violation of accessibility in any theme", run: isReadableInEach },
  ...(process.env["SEATRIAL_TEST_PICTURES"]
    ? [
        { name: "pictures of each kind", run: picturesOfEachKind },
        { name: "pictures for readers", run: picturesForReaders },
      ]
    : []),
];
