/** What helps to write a manifest: names that are followed, hints, what is stored, the language, tools for agents. */
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { until } from "./bridge.ts";
import { open, seatrial } from "./editor.ts";
import type { VsCodeTest } from "./vscode-test.ts";

const text = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  strategy: { rollingUpdate: { maxSurge: 25% } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: main, image: "web:1" }]
---
apiVersion: v1
kind: Service
metadata: { name: front }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
`;

async function written(): Promise<vscode.TextDocument> {
  await seatrial();
  const document = await vscode.workspace.openTextDocument({ language: "yaml", content: text });
  await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
  return document;
}

function placeOf(document: vscode.TextDocument, words: string, behind = 0): vscode.Position {
  return document.positionAt(document.getText().indexOf(words) + words.length - behind);
}

async function namesLeadHome(): Promise<void> {
  const { document } = await open("statefulset.yaml");
  const at = placeOf(document, "serviceName: m");
  const [found] = await until("a definition", async () => {
    const places = await vscode.commands.executeCommand<vscode.Location[]>(
      "vscode.executeDefinitionProvider",
      document.uri,
      at,
    );
    return places.length > 0 && places;
  });
  assert.match(document.lineAt(found?.range.start.line ?? 0).text, /name: mysql/);
}

async function namesChangeTogether(): Promise<void> {
  const document = await written();
  const edit = await until("a rename", async () =>
    vscode.commands.executeCommand<vscode.WorkspaceEdit>(
      "vscode.executeDocumentRenameProvider",
      document.uri,
      placeOf(document, "matchLabels: { app: w"),
      "shop",
    ),
  );
  await vscode.workspace.applyEdit(edit);
  assert.equal(document.getText(), text.replaceAll("app: web", "app: shop"));
}

async function hintsStandInTheText(): Promise<void> {
  const document = await written();
  const hints = await until("hints", async () => {
    const all = new vscode.Range(0, 0, document.lineCount, 0);
    const found = await vscode.commands.executeCommand<vscode.InlayHint[]>(
      "vscode.executeInlayHintProvider",
      document.uri,
      all,
    );
    return found.length > 0 && found;
  });
  assert.ok(hints.some(({ label }) => String(label) === "= 1 pod (0.75, up)"));
}

async function verdictStandsAbove(): Promise<void> {
  const document = await written();
  await until("a verdict", async () => {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      "vscode.executeCodeLensProvider",
      document.uri,
      5,
    );
    return lenses.some(({ command }) =>
      /Rolls out in about .* 3 of 3|never fewer than|always available/.test(command?.title ?? ""),
    );
  });
}

async function storedIsShown(): Promise<void> {
  await written();
  await vscode.commands.executeCommand("seatrial.showDefaults");
  const shown = await until("what is stored", () =>
    vscode.workspace.textDocuments.find(
      ({ uri, getText }) => uri.scheme === "seatrial-stored" && getText().includes("progressDeadlineSeconds: 600"),
    ),
  );
  assert.match(shown.getText(), /maxSurge: 25%, maxUnavailable: 25%|maxUnavailable: 25%/);
  assert.deepEqual(vscode.languages.getDiagnostics(shown.uri), []);
}

async function languageCanBeSet(): Promise<void> {
  const document = await written();
  const settings = vscode.workspace.getConfiguration("seatrial");
  const hover = async () => {
    const at = placeOf(document, "replicas", 3);
    const found = await vscode.commands.executeCommand<vscode.Hover[]>("vscode.executeHoverProvider", document.uri, at);
    return found.flatMap(({ contents }) => contents.map((one) => (one as vscode.MarkdownString).value)).join();
  };
  await settings.update("language", "ko", vscode.ConfigurationTarget.Global);
  try {
    await until("a hover in Korean", async () => /유지할 파드의 수입니다/.test(await hover()));
  } finally {
    await settings.update("language", undefined, vscode.ConfigurationTarget.Global);
  }
  await until("a hover in English", async () => /Number of desired pods/.test(await hover()));
}

async function enterGoesOn(): Promise<void> {
  const document = await written();
  const at = placeOf(document, "kind: Service\n");
  await vscode.window.activeTextEditor?.edit((edit) => edit.insert(at, "args:\n  - a\n  \n"));
  const line = at.line + 2;
  const edits = await until("an edit", async () => {
    const found = await vscode.commands.executeCommand<vscode.TextEdit[]>(
      "vscode.executeFormatOnTypeProvider",
      document.uri,
      new vscode.Position(line, 2),
      "\n",
      { tabSize: 2, insertSpaces: true },
    );
    return (found?.length ?? 0) > 0 && found;
  });
  // VS Code leaves out what stands there already.
  assert.match(edits[0]?.newText ?? "", /^(?: {2})?- $/);
}

export const writingTests: readonly VsCodeTest[] = [
  { name: "a name leads to where it comes from", run: namesLeadHome },
  { name: "a new name goes wherever the old one stood", run: namesChangeTogether },
  { name: "hints stand in the text", run: hintsStandInTheText },
  { name: "the verdict stands above the workload", run: verdictStandsAbove },
  { name: "what the server would store is shown beside the text", run: storedIsShown },
  { name: "the language can be set", run: languageCanBeSet },
  { name: "a list goes on after Enter", run: enterGoesOn },
];
