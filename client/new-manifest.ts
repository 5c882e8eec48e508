/** "New Manifest…": a text of a kind to begin with, in an editor of its own. */
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { type ManifestsResult, manifestsRequest } from "./protocol.ts";
import { t } from "./say.ts";

/** Registers the command. */
export function registerNewManifest(client: BaseLanguageClient): vscode.Disposable {
  return vscode.commands.registerCommand("seatrial.newManifest", async () => {
    const { manifests } = await client.sendRequest<ManifestsResult>(manifestsRequest, {});
    const picked = await vscode.window.showQuickPick(
      manifests.map(({ kind, detail, snippet }) => ({ label: kind, description: detail, snippet })),
      { title: t("New Manifest"), placeHolder: t("Kind") },
    );
    if (!picked) return;
    const document = await vscode.workspace.openTextDocument({ language: "yaml" });
    const editor = await vscode.window.showTextDocument(document);
    await editor.insertSnippet(new vscode.SnippetString(picked.snippet), new vscode.Position(0, 0));
  });
}
