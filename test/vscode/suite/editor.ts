/** What a person sees in the editor: diagnostics, hovers, symbols, lenses. */
import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { SeatrialApi } from "../../../client/extension.ts";
import { until } from "./bridge.ts";
import type { VsCodeTest } from "./vscode-test.ts";

export async function open(name: string): Promise<vscode.TextEditor> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  assert.ok(folder);
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, name));
  return vscode.window.showTextDocument(document, vscode.ViewColumn.One);
}

export async function seatrial(): Promise<SeatrialApi> {
  const extension = vscode.extensions.getExtension<SeatrialApi>("seatrial.seatrial");
  assert.ok(extension);
  return extension.activate();
}

const errorsOf = (document: vscode.TextDocument) =>
  vscode.languages
    .getDiagnostics(document.uri)
    .filter((one) => one.severity === vscode.DiagnosticSeverity.Error)
    .map((one) => ({ line: one.range.start.line + 1, text: document.getText(one.range), message: one.message }));

async function brokenIsUnderlined(): Promise<void> {
  const { document } = await open("broken.yaml");
  const errors = await until("errors in broken.yaml", () => {
    const found = errorsOf(document);
    return found.length >= 7 && found;
  });
  for (const line of [7, 15, 18, 21, 31, 36, 57]) {
    assert.ok(
      errors.some((one) => one.line === line),
      `nothing on line ${line}: ${JSON.stringify(errors)}`,
    );
  }
}

async function samplesAreClean(): Promise<void> {
  const { objects } = await seatrial();
  const expected: Readonly<Record<string, readonly string[]>> = {
    "replicaset.yaml": ["ReplicaSet"],
    "deployment.yaml": ["Deployment"],
    "statefulset.yaml": ["Service", "StatefulSet"],
    "daemonset.yaml": ["DaemonSet"],
    "job.yaml": ["Job"],
    "cronjob.yaml": ["CronJob"],
  };
  for (const [name, kinds] of Object.entries(expected)) {
    const { document } = await open(name);
    const found = await until(`objects of ${name}`, async () => {
      const { objects: list } = await objects.of(document.uri);
      return list.length === kinds.length && list;
    });
    assert.deepEqual(
      found.map((one) => one.kind),
      kinds,
    );
    assert.ok(
      found.every((one) => one.object !== null),
      `${name} is not admitted`,
    );
    assert.deepEqual(errorsOf(document), [], name);
  }
}

async function hoverAnswers(): Promise<void> {
  const { document } = await open("deployment.yaml");
  const line = document
    .getText()
    .split("\n")
    .findIndex((text) => text.includes("maxSurge"));
  const hovers = await until("a hover on maxSurge", async () => {
    const found = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      new vscode.Position(line, 8),
    );
    return found.length > 0 && found;
  });
  const text = hovers
    .flatMap((one) => one.contents)
    .map((one) => (typeof one === "string" ? one : one.value))
    .join("\n");
  assert.match(text, /25|1/);
  assert.match(text, /maxSurge|surge/i);
}

async function symbolsAnswer(): Promise<void> {
  const { document } = await open("multi.yaml");
  const symbols = await until("symbols of multi.yaml", async () => {
    const found = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      "vscode.executeDocumentSymbolProvider",
      document.uri,
    );
    return found?.some((one) => /shop/.test(one.name)) && found;
  });
  assert.ok(symbols.some((one) => /log-shipper/.test(`${one.name} ${one.detail}`)));
}

async function lensesStandAbove(): Promise<void> {
  const { document } = await open("multi.yaml");
  await until("three lenses", async () => {
    const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      "vscode.executeCodeLensProvider",
      document.uri,
      10,
    );
    return found.filter((one) => one.command?.command === "seatrial.simulate").length === 3;
  });
}

async function crashIsSurvived(): Promise<void> {
  const api = await seatrial();
  const { document } = await open("broken.yaml");
  await until("errors before", () => errorsOf(document).length > 0);
  const first = await until("a server", () => api.serverProcess());
  process.kill(first, "SIGKILL");
  await until("another server", () => {
    const second = api.serverProcess();
    return second !== null && second !== first;
  });
  await until("errors after", async () => {
    const { objects } = await api.objects.of(document.uri);
    return objects.length === 3 && errorsOf(document).length > 0;
  });
  // What is underlined could be left over from before: only the new server can know of a new mistake.
  const before = errorsOf(document).length;
  const change = new vscode.WorkspaceEdit();
  change.insert(
    document.uri,
    new vscode.Position(document.lineCount, 0),
    "---\napiVersion: apps/v1\nkind: ReplicaSet\nmetadata: { name: late }\nspec: { replicas: -1 }\n",
  );
  await vscode.workspace.applyEdit(change);
  await until("errors of what was typed after the crash", () => errorsOf(document).length > before);
  await vscode.commands.executeCommand("workbench.action.files.revert");
  await until("as many errors as before", () => errorsOf(document).length === before);
}

export const editorTests: readonly VsCodeTest[] = [
  { name: "samples are admitted without an error", run: samplesAreClean },
  { name: "mistakes are underlined where they stand", run: brokenIsUnderlined },
  { name: "hover on a field answers in numbers", run: hoverAnswers },
  { name: "document symbols name each object", run: symbolsAnswer },
  { name: "a lens stands above each workload", run: lensesStandAbove },
  { name: "a crash of the language server is survived", run: crashIsSurvived },
];
