/** Manifests written from nothing with the keyboard and what is suggested. */
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { inWorkbench, press, type, until } from "./bridge.ts";
import { seatrial } from "./editor.ts";
import type { VsCodeTest } from "./vscode-test.ts";

/** The suggestion that Enter would take; null while none is shown. */
const focused = () =>
  inWorkbench(
    () => document.querySelector(".suggest-widget.visible .monaco-list-row.focused .label-name")?.textContent ?? null,
  );

/** An empty manifest in an editor that has the keyboard. */
async function fresh(): Promise<vscode.TextDocument> {
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  await seatrial();
  const document = await vscode.workspace.openTextDocument({ language: "yaml" });
  await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
  await vscode.commands.executeCommand("workbench.action.focusActiveEditorGroup");
  return document;
}

/** Types until the suggestion is the one that Enter takes, takes it, and gives how many keys that took. */
async function take(letters: string, label: string): Promise<number> {
  await type(letters);
  await until(`the suggestion ${label} after ${letters}`, async () => (await focused()) === label);
  await press("Enter");
  await until("no list of suggestions or another one", async () => (await focused()) !== label);
  return letters.length + 1;
}

async function discard(): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
}

const errorsOf = (document: vscode.TextDocument) =>
  vscode.languages.getDiagnostics(document.uri).filter((one) => one.severity === vscode.DiagnosticSeverity.Error);

async function writesEachKind(): Promise<void> {
  const counts: string[] = [];
  for (const kind of ["Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job", "CronJob"]) {
    const document = await fresh();
    const keys = await take(kind.slice(0, 3), kind);
    await until(`a whole ${kind}`, () => document.getText().includes(`kind: ${kind}\n`));
    await press("Escape");
    const { objects } = await seatrial();
    const written = await until(`${kind} as an object that the server takes`, async () =>
      (await objects.of(document.uri)).objects.find((one) => one.kind === kind && one.object !== null),
    );
    assert.equal(written.name, "web");
    assert.deepEqual(errorsOf(document), []);
    counts.push(`${kind} ${keys + 1}`);
    await discard();
  }
  console.log(`keys to a manifest: ${counts.join(", ")}`);
}

async function writesFieldByField(): Promise<void> {
  const document = await fresh();
  let keys = await take("kin", "kind");
  keys += await take("Depl", "Deployment");
  await until("the version that serves it", () => document.getText() === "apiVersion: apps/v1\nkind: Deployment");
  await press("End");
  await press("Enter");
  keys += 2 + (await take("metad", "metadata"));
  await type("web");
  const named = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web";
  await until("the name in its place", () => document.getText() === named);
  await press("Escape");
  await press("Enter");
  await press("Shift+Tab");
  keys += 6 + (await take("spe", "spec"));
  await until("all that a Deployment cannot do without", () => document.getText().includes("        - name: "));
  assert.equal(
    document.getText().slice(document.getText().indexOf("spec:")).replace(/ +$/gm, ""),
    `spec:
  selector:
    matchLabels:

  template:
    metadata:
      labels:

    spec:
      containers:
        - name:
          image:`,
  );
  console.log(`keys to the skeleton of a Deployment, field by field: ${keys}`);
  await discard();
}

async function beginsWithAKind(): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  const done = vscode.commands.executeCommand("seatrial.newManifest");
  await until("the list of kinds", () =>
    inWorkbench(() => document.querySelector(".quick-input-list .monaco-list-row") !== null),
  );
  await type("CronJ");
  await press("Enter");
  await done;
  const editor = await until("the new manifest", () => vscode.window.activeTextEditor);
  assert.match(editor.document.getText(), /^apiVersion: batch\/v1\nkind: CronJob\nmetadata:\n {2}name: web\n/);
  assert.equal(editor.document.languageId, "yaml");
  await discard();
}

export const suggestionTests: readonly VsCodeTest[] = [
  { name: "each kind of workload is written with a few keys", run: writesEachKind },
  { name: "a Deployment is written field by field", run: writesFieldByField },
  { name: "New Manifest begins one of the kind that is picked", run: beginsWithAKind },
];
