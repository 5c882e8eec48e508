/**
 * "Show with Defaults": what the server would store of a text, beside it; "Compare with HEAD": what changes in meaning. Both are
 * read-only documents that keep up with the text.
 */
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  type ComparedResult,
  comparedRequest,
  type StoredParams,
  type StoredResult,
  storedRequest,
} from "./protocol.ts";
import { t } from "./say.ts";

/** The scheme of the documents; the language server never hears of them. */
export const storedScheme = "seatrial-stored";

type View = "stored" | "before" | "after";

/** Registers the commands and the documents that they show. */
export function registerStored(client: BaseLanguageClient, changes: vscode.Event<string>): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const open = (): readonly vscode.Uri[] =>
    vscode.workspace.textDocuments.map(({ uri }) => uri).filter(({ scheme }) => scheme === storedScheme);

  async function compare(uri: vscode.Uri): Promise<ComparedResult | null> {
    const params: StoredParams = { uri: uri.toString() };
    return client.sendRequest<ComparedResult | null>(comparedRequest, params).catch(() => null);
  }

  async function text(uri: vscode.Uri): Promise<string> {
    const { view, source } = sourceOf(uri);
    if (view !== "stored") return (await compare(source))?.[view] ?? "";
    const params: StoredParams = { uri: source.toString() };
    return (await client.sendRequest<StoredResult>(storedRequest, params).catch(() => null))?.text ?? "";
  }

  async function showDefaults(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (!document) return;
    const title = t("{0} with Defaults", nameOf(document.uri));
    await vscode.commands.executeCommand("vscode.diff", document.uri, viewOf("stored", document.uri), title);
  }

  async function compareWithHead(): Promise<void> {
    const uri = vscode.window.activeTextEditor?.document.uri;
    if (!uri) return;
    const found = await compare(uri);
    if (found === null) say(t("HEAD holds no earlier version of this file."));
    else if (found.differences.length === 0) say(t("Nothing changes in meaning against HEAD."));
    else {
      const title = t("{0}: Objects Changed since HEAD", nameOf(uri));
      await vscode.commands.executeCommand("vscode.diff", viewOf("before", uri), viewOf("after", uri), title);
    }
  }

  return vscode.Disposable.from(
    changed,
    changes((uri) => {
      for (const one of open()) if (sourceOf(one).source.toString() === uri) changed.fire(one);
    }),
    vscode.workspace.registerTextDocumentContentProvider(storedScheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: text,
    }),
    vscode.commands.registerCommand("seatrial.showDefaults", showDefaults),
    vscode.commands.registerCommand("seatrial.compareWithHead", compareWithHead),
  );
}

function viewOf(view: View, source: vscode.Uri): vscode.Uri {
  const path = source.path.replace(/\.json$/, view === "stored" ? ".json" : ".yaml");
  return vscode.Uri.from({ scheme: storedScheme, path, query: JSON.stringify([view, source.toString()]) });
}

function sourceOf({ query }: vscode.Uri): { readonly view: View; readonly source: vscode.Uri } {
  const [view, source] = JSON.parse(query) as [View, string];
  return { view, source: vscode.Uri.parse(source) };
}

function nameOf({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function say(message: string): void {
  void vscode.window.showInformationMessage(message);
}
