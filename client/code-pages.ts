/** The page of each code: where a finding's link leads, and what "Explain Problem" opens for the finding at the cursor. */
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { codePages, type ExplainParams, type ExplainResult, explainRequest } from "./protocol.ts";
import { t } from "./say.ts";

const scheme = codePages.slice(0, codePages.indexOf(":"));

interface Explained {
  readonly code: string;
  readonly message: string;
  readonly page: vscode.Uri;
}

/** The findings with a page that stand where the cursor is, else on its line; each code once. */
export function explainedAt(uri: vscode.Uri, cursor: vscode.Position): readonly Explained[] {
  const all = vscode.languages.getDiagnostics(uri).flatMap(({ code, message, range }) => {
    if (typeof code !== "object" || code.target.scheme !== scheme) return [];
    return [{ code: String(code.value), message, page: code.target, range }];
  });
  const here = all.filter(({ range }) => range.contains(cursor));
  const near = all.filter(({ range }) => range.start.line <= cursor.line && range.end.line >= cursor.line);
  const found = here.length > 0 ? here : near;
  return found.filter(({ code }, index) => found.findIndex((one) => one.code === code) === index);
}

/** Registers what serves the pages, and the command that opens one. */
export function registerCodePages(client: BaseLanguageClient): vscode.Disposable {
  /** `code`: of a finding whose light bulb asks; else it is one where the cursor is. */
  async function explain(code?: unknown): Promise<void> {
    if (typeof code === "string") {
      await vscode.commands.executeCommand(
        "vscode.open",
        vscode.Uri.parse(`${codePages}${code}.md`),
        vscode.ViewColumn.Beside,
      );
      return;
    }
    const editor = vscode.window.activeTextEditor;
    const found = editor ? explainedAt(editor.document.uri, editor.selection.active) : [];
    if (found.length === 0) {
      void vscode.window.showInformationMessage(t("There is no problem here that could be explained."));
      return;
    }
    const picked =
      found.length === 1
        ? found[0]
        : await vscode.window.showQuickPick(
            found.map((one) => ({ ...one, label: one.code, detail: one.message })),
            { title: t("Explain Problem"), placeHolder: t("Problem to explain") },
          );
    if (picked) await vscode.commands.executeCommand("vscode.open", picked.page, vscode.ViewColumn.Beside);
  }

  return vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      async provideTextDocumentContent({ path }) {
        const code = path.replace(/^\/|\.md$/g, "");
        const params: ExplainParams = { code };
        const { markdown } = await client.sendRequest<ExplainResult>(explainRequest, params);
        return markdown ?? t("There is no page about {0}.", code);
      },
    }),
    vscode.commands.registerCommand("seatrial.explain", explain),
  );
}
