/** The page of a finding's code: by its link, and by the command at the cursor. */
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { inFrames, inWorkbench, until } from "./bridge.ts";
import { offers } from "./commands.ts";
import { open } from "./editor.ts";
import type { VsCodeTest } from "./vscode-test.ts";

const linked = (document: vscode.TextDocument) =>
  vscode.languages
    .getDiagnostics(document.uri)
    .flatMap(({ code, range }) =>
      typeof code === "object" ? [{ code: String(code.value), page: code.target, range }] : [],
    );

/** The heading and the examples of the Markdown preview that is open. */
const preview = () =>
  inFrames(() => {
    const heading = document.querySelector(".markdown-body h1")?.textContent;
    return heading ? { heading, examples: document.querySelectorAll(".markdown-body pre").length } : null;
  });

async function opensFromTheLink(): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  const editor = await open("broken.yaml");
  const found = await until("a finding with a page", () =>
    linked(editor.document).find((one) => one.code === "unknown-field"),
  );
  assert.equal(found.page.toString(), "seatrial-code:/unknown-field.md");
  editor.selection = new vscode.Selection(found.range.start, found.range.start);
  await vscode.commands.executeCommand("editor.action.showHover");
  await until("the link in the hover, clicked", () =>
    inWorkbench(() => {
      const link = document.querySelector<HTMLElement>(".monaco-hover a.code-link");
      link?.click();
      return link?.textContent === "unknown-field";
    }),
  );
  const page = await until("the page", preview);
  assert.equal(page.heading, "unknown-field");
  assert.equal(page.examples, 2);
}

async function explainsAtTheCursor(): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  const editor = await open("broken.yaml");
  const found = await until("a finding with a page", () => linked(editor.document)[0]);
  editor.selection = new vscode.Selection(found.range.start, found.range.start);
  await offers("Explain Problem");
  await vscode.commands.executeCommand("seatrial.explain");
  await until("the page", async () => (await preview())?.heading === found.code);
  assert.equal(vscode.window.tabGroups.all.length, 2, "the page stands beside the manifest");
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  const clean = await open("deployment.yaml");
  clean.selection = new vscode.Selection(0, 0, 0, 0);
  await offers("Scale…", "Set Image…", "Show Rollout History", "Simulate");
}

async function everyCodeHasItsPage(): Promise<void> {
  const known = await vscode.workspace.openTextDocument(vscode.Uri.parse("seatrial-code:/selector-mismatch.md"));
  assert.match(known.getText(), /^# selector-mismatch\n/);
  assert.equal(known.languageId, "markdown");
  const unknown = await vscode.workspace.openTextDocument(vscode.Uri.parse("seatrial-code:/no-such-code.md"));
  assert.equal(unknown.getText(), "There is no page about no-such-code.");
}

export const codePageTests: readonly VsCodeTest[] = [
  { name: "the link of a finding opens the page of its code", run: opensFromTheLink },
  { name: "Explain Problem opens the page of the finding at the cursor", run: explainsAtTheCursor },
  { name: "a page is served for each code", run: everyCodeHasItsPage },
];
