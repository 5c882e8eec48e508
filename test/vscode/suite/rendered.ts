/** "Check Rendered": a chart as the user's own helm renders it, judged, linked to its templates and simulated. */
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { inWorkbench, press, until } from "./bridge.ts";
import { page } from "./panel.ts";
import type { VsCodeTest } from "./vscode-test.ts";

async function rendersAChart(): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  assert.ok(folder);
  const template = vscode.Uri.joinPath(folder, "../rendering/chart/templates/job.yaml");
  await vscode.window.showTextDocument(template, { viewColumn: vscode.ViewColumn.One });
  const tools = process.env["SEATRIAL_TEST_TOOLS"];
  const usual = process.env["PATH"];
  // The extension runs in the same process; what was on the PATH when VS Code began, it has from a shell.
  process.env["PATH"] = tools ?? "";
  await vscode.commands.executeCommand("seatrial.checkRendered");
  process.env["PATH"] = usual;
  if (tools === undefined) {
    // The tests have no helm for this platform: what is said then is what can be tested.
    const isSaid = () =>
      document.querySelector(".notifications-toasts")?.textContent?.includes("helm is not on the PATH");
    await until("a word on what is missing", () => inWorkbench(isSaid));
    return;
  }
  const shown = await until("the result", () => {
    const active = vscode.window.activeTextEditor?.document;
    return active?.uri.scheme === "seatrial-rendered" && active;
  });
  const found = await until("the mistake", () => vscode.languages.getDiagnostics(shown.uri)[0]);
  assert.match(found.message, /parallelism/);
  assert.equal(shown.getText(found.range), "-1");
  const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>("vscode.executeLinkProvider", shown.uri);
  assert.deepEqual(
    links.map(({ target }) => target?.path.split("/").slice(-2).join("/")),
    ["templates/deployment.yaml", "templates/job.yaml"],
  );
  await vscode.commands.executeCommand("seatrial.simulate");
  await page("the trial", ({ title }) => title.startsWith("release-name-shop"));
  await press("End", "[data-part=scrubber]");
  await page("three ready pods of the chart", ({ ready }) => ready === 3);
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
}

export const renderedTests: readonly VsCodeTest[] = [
  { name: "Check Rendered shows what helm makes of a chart, with its mistakes and its trial", run: rendersAChart },
];
