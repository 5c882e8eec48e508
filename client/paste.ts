/** Ways to paste beside the text as it is, which stays what a paste does by itself: nothing is indented or left out unasked. */
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { type PasteParams, type PasteResult, pasteRequest } from "./protocol.ts";
import { t } from "./say.ts";

const kind = vscode.DocumentDropOrPasteEditKind.Empty.append("yaml", "seatrial");
const plain = "text/plain";

/** Offers them in the list that VS Code shows after a paste, and in *Paste As…*. */
export function offerPastes(client: BaseLanguageClient): vscode.Disposable {
  return vscode.languages.registerDocumentPasteEditProvider(
    [{ language: "yaml" }],
    {
      async provideDocumentPasteEdits(document, ranges, data, _, token) {
        const text = await data.get(plain)?.asString();
        const [range] = ranges;
        if (!text || range === undefined || ranges.length > 1) return undefined;
        const { line, character } = range.start;
        const params: PasteParams = { uri: document.uri.toString(), position: { line, character }, text };
        const offers = await client.sendRequest<PasteResult>(pasteRequest, params, token).catch(() => null);
        const edit = (title: string, insert: string | null | undefined) => {
          if (typeof insert !== "string") return [];
          const made = new vscode.DocumentPasteEdit(insert, title, kind);
          made.yieldTo = [vscode.DocumentDropOrPasteEditKind.Text];
          return [made];
        };
        return [
          ...edit(t("Paste Fitted to This Block"), offers?.fitted),
          ...edit(t("Paste without What the Server Fills In"), offers?.cleaned),
        ];
      },
    },
    { pasteMimeTypes: [plain], providedPasteEditKinds: [kind] },
  );
}
