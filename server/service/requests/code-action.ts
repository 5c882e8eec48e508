import type { Words } from "../../messages/words.ts";
import { fixesAt } from "../fixes.ts";
import { type SimulateArgument, simulateCommand } from "../protocol.ts";
import type { TextEdit } from "../text.ts";
import { type Diagnostic, source } from "./diagnostic.ts";
import type { RangeParams, Request } from "./request.ts";

interface Params extends RangeParams {
  readonly context: { readonly diagnostics: readonly Diagnostic[] };
}

interface CodeAction {
  readonly title: string;
  readonly kind: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly edit?: {
    readonly documentChanges: readonly {
      readonly textDocument: { readonly uri: string; readonly version: number };
      readonly edits: readonly TextEdit[];
    }[];
  };
  readonly command?: { readonly title: string; readonly command: string; readonly arguments: readonly unknown[] };
}

const quickFix = "quickfix";

/** Edits that put right what is found in a range, and ways to see what a run proves. */
export const codeAction: Request<Params, readonly CodeAction[]> = {
  method: "textDocument/codeAction",
  capabilities: () => ({ codeActionProvider: { codeActionKinds: [quickFix] } }),
  nothing: [],
  answer(service, { textDocument: { uri }, range, context: { diagnostics } }) {
    const text = service.find(uri);
    if (text === undefined) return [];
    const { words, simulates } = service.preferences();
    const textDocument = { uri, version: text.version };
    const fixes = fixesAt(text.manifest, range).map(({ does, becomes, code, edits }) => ({
      title: does === "add" ? words.add(becomes) : words.fix(becomes),
      kind: quickFix,
      diagnostics: diagnostics.filter((one) => one.code === code),
      edit: { documentChanges: [{ textDocument, edits }] },
    }));
    return [...fixes, ...(simulates ? diagnostics.flatMap((one) => showIn(one, words)) : [])];
  },
};

/** A way to see what a run proves, as it happens. */
function showIn(diagnostic: Diagnostic, words: Words): readonly CodeAction[] {
  const moment: SimulateArgument | undefined = diagnostic.data;
  if (diagnostic.source !== source || typeof moment?.time !== "number") return [];
  const command = { title: words.show, command: simulateCommand, arguments: [moment] };
  return [{ title: words.show, kind: quickFix, diagnostics: [diagnostic], command }];
}
