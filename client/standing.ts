/** Says in the status bar what the manifest in the editor is taken for, and why. */
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { ManifestObjects } from "./objects.ts";
import { type StandingParams, type StandingResult, standingRequest } from "./protocol.ts";

const languages = ["yaml", "json", "jsonc"];

/** Keeps a language status item for the active editor. */
export function showStanding(client: BaseLanguageClient, objects: ManifestObjects): vscode.Disposable {
  let item: vscode.LanguageStatusItem | undefined;
  let asked = 0;

  function hide(): void {
    item?.dispose();
    item = undefined;
  }

  async function update(): Promise<void> {
    const turn = ++asked;
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined || !languages.includes(document.languageId)) return hide();
    const params: StandingParams = { uri: document.uri.toString() };
    const found = await client.sendRequest<StandingResult>(standingRequest, params).catch(() => null);
    if (turn !== asked) return;
    if (found === null) return hide();
    item ??= vscode.languages.createLanguageStatusItem(
      "seatrial.standing",
      languages.map((language) => ({ language })),
    );
    item.name = vscode.l10n.t("Seatrial: What This File Is Taken For");
    item.text = found.takenFor;
    item.detail = found.why;
  }

  void update();
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(() => void update()),
    objects.onDidChange((uri) => {
      if (uri === vscode.window.activeTextEditor?.document.uri.toString()) void update();
    }),
    { dispose: hide },
  );
}
