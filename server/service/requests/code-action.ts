import type { Words } from "../../messages/words.ts";
import { type Fix, fixesAt } from "../fixes.ts";
import { sliceAt } from "../manifest.ts";
import { type SimulateArgument, simulateCommand } from "../protocol.ts";
import type { OpenText } from "../service.ts";
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
    const fixes = fixesAt(text.manifest, range).map(({ code, edits, ...fix }) => ({
      title: titleOf(fix, words),
      kind: quickFix,
      diagnostics: diagnostics.filter((one) => one.code === code),
      edit: { documentChanges: [{ textDocument, edits }] },
    }));
    const ignored = diagnostics.flatMap((one) => ignoreHere(one, text, words));
    return [...fixes, ...ignored, ...(simulates ? diagnostics.flatMap((one) => showIn(one, words)) : [])];
  },
};

/** A comment above the line of a finding that silences it there; JSON has no comments. */
function ignoreHere(diagnostic: Diagnostic, { manifest, version }: OpenText, words: Words): readonly CodeAction[] {
  if (diagnostic.source !== source) return [];
  const { line } = diagnostic.range.start;
  const { slice, firstLine } = sliceAt(manifest, { line, character: 0 });
  if (slice.form === "json" || slice.form === "fallback") return [];
  const written = slice.text.slice(slice.starts[line - firstLine], slice.starts[line - firstLine + 1]);
  if (written.startsWith("---")) return [];
  const [indent = "", lineBreak = ""] = [/^ */.exec(written)?.[0], /\r\n|\n|\r/.exec(slice.text)?.[0]];
  const start = { line, character: 0 };
  const newText = `${indent}# seatrial-ignore ${diagnostic.code}${lineBreak === "" ? "\n" : lineBreak}`;
  const edits = [{ range: { start, end: start }, newText }];
  const edit = { documentChanges: [{ textDocument: { uri: manifest.uri, version }, edits }] };
  return [{ title: words.ignore(diagnostic.code), kind: quickFix, diagnostics: [diagnostic], edit }];
}

/** What a fix says that it changes. */
export function titleOf({ does, what, labels, becomes }: Omit<Fix, "code" | "edits" | "range">, words: Words): string {
  switch (does) {
    case "add":
      return words.add(becomes);
    case "move":
      return words.move(what, becomes);
    case "remove":
      return words.remove(what);
    case "change":
      return words.fix(becomes, what, labels);
  }
}

/** A way to see what a run proves, as it happens. */
function showIn(diagnostic: Diagnostic, words: Words): readonly CodeAction[] {
  const moment: SimulateArgument | undefined = diagnostic.data;
  if (diagnostic.source !== source || typeof moment?.time !== "number") return [];
  const command = { title: words.show, command: simulateCommand, arguments: [moment] };
  return [{ title: words.show, kind: quickFix, diagnostics: [diagnostic], command }];
}
