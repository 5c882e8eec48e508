/** What leaves the panel: files, the clipboard, changes of the manifest. */
import * as vscode from "vscode";
import type { ManifestObjects } from "../objects.ts";
import type { PanelMessage } from "../protocol.ts";
import { t } from "../say.ts";

type Write = Extract<PanelMessage, { type: "write" }>;
type Save = Extract<PanelMessage, { type: "save" }>;

const names = { svg: "SVG", png: "PNG", yaml: "YAML" } as const;

/** Asks where to save it, beside the manifest unless said otherwise; nothing is written before. */
export async function save(beside: vscode.Uri, { name, format, content }: Save): Promise<void> {
  const extension = format === "yaml" ? "seatrial.yaml" : format;
  const folder =
    beside.scheme === "untitled" ? vscode.workspace.workspaceFolders?.[0]?.uri : vscode.Uri.joinPath(beside, "..");
  const uri = await vscode.window.showSaveDialog({
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, `${name}.${extension}`) } : {}),
    filters: { [names[format]]: [extension] },
  });
  if (!uri) return;
  const bytes =
    format === "png"
      ? Uint8Array.from(atob(content), (one) => one.codePointAt(0) ?? 0)
      : new TextEncoder().encode(content);
  await vscode.workspace.fs.writeFile(uri, bytes);
  if (format === "yaml") await vscode.window.showTextDocument(uri);
}

export async function copy(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(t("Copied to the clipboard."), 3_000);
}

/** Writes a value into the object of a manifest, as the language server says it is to be written there, and shows the place. */
export async function write(uri: vscode.Uri, { focus, path, value }: Write, objects: ManifestObjects): Promise<void> {
  const edits = await objects.editsFor(uri, focus, path, value);
  if (edits.length === 0) {
    void vscode.window.showInformationMessage(t("This cannot be written there: the text has changed meanwhile."));
    return;
  }
  const change = new vscode.WorkspaceEdit();
  const range = ({ start, end }: (typeof edits)[number]["range"]) =>
    new vscode.Range(start.line, start.character, end.line, end.character);
  for (const edit of edits) change.replace(uri, range(edit.range), edit.newText);
  await vscode.workspace.applyEdit(change);
  const document = await vscode.workspace.openTextDocument(uri);
  const editor = await vscode.window.showTextDocument(document, {
    viewColumn: vscode.ViewColumn.One,
    preserveFocus: true,
  });
  editor.revealRange(range(edits[0]!.range), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
