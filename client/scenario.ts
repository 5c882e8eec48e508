/** "Open Scenario": what a scenario's file says becomes what is tried in the panel of its manifest. */
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { ManifestObjects } from "./objects.ts";
import type { Panels } from "./panel/panels.ts";
import { type ScenarioParams, type ScenarioResult, scenarioRequest } from "./protocol.ts";
import { t } from "./say.ts";
import { focusOf, runs } from "./workload.ts";

/** Registers the command; without an argument it opens the file in the editor. */
export function registerScenarios(
  client: BaseLanguageClient,
  objects: ManifestObjects,
  panels: Panels,
): vscode.Disposable {
  async function open(given?: vscode.Uri): Promise<void> {
    const uri = given ?? vscode.window.activeTextEditor?.document.uri;
    if (!uri) return;
    const name = uri.path.slice(uri.path.lastIndexOf("/") + 1);
    const text = (await vscode.workspace.openTextDocument(uri)).getText();
    const params: ScenarioParams = { name, text };
    const found = await client.sendRequest<ScenarioResult>(scenarioRequest, params).catch(() => null);
    if (found === null || "problem" in found) {
      void vscode.window.showErrorMessage(`${name}: ${found?.problem ?? t("The language server does not answer.")}`);
      return;
    }
    const manifest = vscode.Uri.joinPath(uri, "..", found.manifest);
    const document = await vscode.workspace.openTextDocument(manifest).then(undefined, () => null);
    const workload = document ? (await objects.of(manifest)).objects.find(runs) : undefined;
    if (!workload) {
      void vscode.window.showErrorMessage(t("{0} holds no workload that can be simulated.", found.manifest));
      return;
    }
    await panels.play(manifest, focusOf(workload), found.scenario);
  }
  return vscode.commands.registerCommand("seatrial.openScenario", open);
}
