/** Keeps the context keys in step with the cursor: commands that cannot run are hidden by them. */
import * as vscode from "vscode";
import { explainedAt } from "./code-pages.ts";
import { type ManifestObjects, objectAt } from "./objects.ts";
import type { Panels } from "./panel/panels.ts";
import { canScale, canSetImage, focusOf, hasHistory, runs } from "./workload.ts";

/** Sets the keys now and whenever the cursor, the objects, the findings or a panel's revisions change. */
export function followContext(objects: ManifestObjects, panels: Panels): vscode.Disposable {
  const shown = new Map<string, boolean>();
  const set = (key: string, value: boolean): void => {
    if (shown.get(key) === value) return;
    shown.set(key, value);
    void vscode.commands.executeCommand("setContext", `seatrial.${key}`, value);
  };
  let asked = 0;
  const update = async (): Promise<void> => {
    const mine = ++asked;
    const editor = vscode.window.activeTextEditor;
    const panel = editor ? undefined : panels.active();
    const uri = editor?.document.uri ?? panel?.uri;
    const found = uri ? (await objects.of(uri)).objects : [];
    if (mine !== asked) return;
    const object = editor ? objectAt(found, editor.selection.active.line) : panel?.focused(found);
    set("hasObjects", found.length > 0);
    set("hasWorkload", found.some(runs));
    set("atWorkload", object !== undefined && runs(object));
    set("canScale", object !== undefined && canScale(object));
    set("canSetImage", object !== undefined && canSetImage(object));
    set("hasHistory", object !== undefined && hasHistory(object));
    set("canRollBack", object !== undefined && uri !== undefined && panels.revisions(uri, focusOf(object)).length > 1);
  };
  // Of its own, because findings come later than objects.
  const updateProblem = (): void => {
    const editor = vscode.window.activeTextEditor;
    set("atProblem", editor !== undefined && explainedAt(editor.document.uri, editor.selection.active).length > 0);
  };
  set("active", true);
  void update();
  updateProblem();
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(update),
    vscode.window.onDidChangeTextEditorSelection(update),
    vscode.window.onDidChangeActiveTextEditor(updateProblem),
    vscode.window.onDidChangeTextEditorSelection(updateProblem),
    vscode.languages.onDidChangeDiagnostics(updateProblem),
    objects.onDidChange(update),
    panels.onDidChange(update),
  );
}
