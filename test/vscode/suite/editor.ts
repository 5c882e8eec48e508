/** What a person sees in the editor: diagnostics, hovers, symbols, lenses. */
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { until } from "./bridge.ts";
import type { VsCodeTest } from "./index.ts";

async function extensionIsActive(): Promise<void> {
  await open("deployment.yaml");
  const extension = vscode.extensions.getExtension("seatrial.seatrial");
  assert.ok(extension);
  await until("the extension is active", () => extension.isActive);
}

export async function open(name: string): Promise<vscode.TextEditor> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  assert.ok(folder);
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, name));
  return vscode.window.showTextDocument(document, vscode.ViewColumn.One);
}

export const editorTests: readonly VsCodeTest[] = [
  { name: "the extension starts with a manifest", run: extensionIsActive },
];
