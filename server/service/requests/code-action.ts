import type { Words } from "../../messages/words.ts";
import { adviceFixes } from "../advice-fixes.ts";
import type { Diagnosis } from "../diagnose.ts";
import { type Fix, fixesAt } from "../fixes.ts";
import { sliceAt } from "../manifest.ts";
import { explainCommand, type SimulateArgument, simulateCommand } from "../protocol.ts";
import type { OpenText } from "../service.ts";
import type { Position, Range, TextEdit } from "../text.ts";
import { type Diagnostic, source } from "./diagnostic.ts";
import type { RangeParams, Request } from "./request.ts";

interface Params extends RangeParams {
  readonly context: { readonly diagnostics: readonly Diagnostic[]; readonly only?: readonly string[] };
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
/** All that is clear in a file at once, as editors do when they save. */
const fixAll = "source.fixAll.seatrial";
/** Codes whose fixes say what is meant only as far as anybody can guess: a person is to look at them. */
const guesses: ReadonlySet<string> = new Set([
  "negative",
  "selector-mismatch",
  "selector-empty",
  "selector-missing",
  "both-bounds-zero",
  "daemon-bounds-zero",
  "volume-not-found",
]);
/** Findings of a kind beyond which they are not all put right at once: each fix is tried before it is offered. */
const mostAtOnce = 200;

/** Edits that put right what is found in a range or a file, what a code means, and ways to see what a run proves. */
export const codeAction: Request<Params, readonly CodeAction[]> = {
  method: "textDocument/codeAction",
  capabilities: () => ({ codeActionProvider: { codeActionKinds: [quickFix, fixAll] } }),
  nothing: [],
  answer(service, { textDocument: { uri }, range, context: { diagnostics, only } }) {
    const text = service.find(uri);
    if (text === undefined) return [];
    const { words, simulates } = service.preferences();
    const wants = (kind: string) =>
      only === undefined || only.some((one) => one === "" || kind === one || kind.startsWith(`${one}.`));
    const all = service.diagnoses(uri);
    const edit = (edits: readonly TextEdit[]) => ({
      documentChanges: [{ textDocument: { uri, version: text.version }, edits }],
    });
    const whole = only !== undefined && wants(fixAll) ? clearFixes(text, all, (code) => !guesses.has(code), false) : [];
    const everything: CodeAction[] =
      whole.length === 0
        ? []
        : [
            {
              title: words.fixEverything(whole.length),
              kind: fixAll,
              diagnostics: [],
              edit: edit(whole.flatMap(({ edits }) => edits)),
            },
          ];
    if (!wants(quickFix)) return everything;
    const here = all.filter((one) => touches(one.range, range));
    const fixes = [...fixesAt(text.manifest, range), ...adviceFixes(text.manifest, here)];
    const single = fixes.map(({ code, edits, ...fix }) => ({
      title: titleOf(fix, words),
      kind: quickFix,
      diagnostics: diagnostics.filter((one) => one.code === code),
      edit: edit(edits),
    }));
    const ofKind = [...new Set(fixes.map(({ code }) => code))].flatMap((code): CodeAction[] => {
      const count = all.filter((one) => one.code === code).length;
      const clear = count < 2 || count > mostAtOnce ? [] : clearFixes(text, all, (one) => one === code);
      if (clear.length < 2) return [];
      const edits = clear.flatMap((one) => one.edits);
      const about = diagnostics.filter((one) => one.code === code);
      return [{ title: words.fixAll(code, clear.length), kind: quickFix, diagnostics: about, edit: edit(edits) }];
    });
    const ours = diagnostics.filter((one) => one.source === source);
    const ignored = ours.flatMap((one) => ignoreHere(one, text, words));
    const shown = simulates ? ours.flatMap((one) => [...showIn(one, words), ...explainIt(one, words)]) : [];
    return [...single, ...ofKind, ...ignored, ...shown, ...everything];
  },
};

/** One fix for each finding of which there is only one, none of which gets in the way of another; with those of rules or without. */
function clearFixes(
  { manifest }: OpenText,
  all: readonly Diagnosis[],
  concerns: (code: string) => boolean,
  advice = true,
): readonly Fix[] {
  const last = { line: Number.MAX_SAFE_INTEGER, character: 0 };
  const everywhere = { start: { line: 0, character: 0 }, end: last };
  const found = all.filter(({ code }) => concerns(code));
  const fixes = [...fixesAt(manifest, everywhere, concerns), ...(advice ? adviceFixes(manifest, found) : [])];
  const places = new Map<string, Fix[]>();
  for (const fix of fixes) {
    const key = `${fix.code} ${JSON.stringify(fix.range)}`;
    places.set(key, [...(places.get(key) ?? []), fix]);
  }
  const taken: TextEdit[] = [];
  return [...places.values()].flatMap((some) => {
    const [fix] = some;
    if (fix === undefined || some.length > 1 || fix.edits.some((edit) => taken.some((one) => overlap(one, edit))))
      return [];
    taken.push(...fix.edits);
    return [fix];
  });
}

function overlap({ range: one }: TextEdit, { range: other }: TextEdit): boolean {
  return !(isBefore(one.end, other.start) || isBefore(other.end, one.start));
}

function isBefore(one: Position, other: Position): boolean {
  return one.line < other.line || (one.line === other.line && one.character < other.character);
}

function touches(one: Range, other: Range): boolean {
  return one.end.line >= other.start.line && one.start.line <= other.end.line;
}

/** The page of a code, in a client that shows them. */
function explainIt(diagnostic: Diagnostic, words: Words): readonly CodeAction[] {
  if (diagnostic.codeDescription === undefined) return [];
  const title = words.explain(diagnostic.code);
  return [
    {
      title,
      kind: quickFix,
      diagnostics: [diagnostic],
      command: { title, command: explainCommand, arguments: [diagnostic.code] },
    },
  ];
}

/** A comment above the line of a finding that silences it there; JSON has no comments. */
function ignoreHere(diagnostic: Diagnostic, { manifest, version }: OpenText, words: Words): readonly CodeAction[] {
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
    case "restore":
      return words.restore(what, becomes);
    case "change":
      return words.fix(becomes, what, labels);
  }
}

/** A way to see what a run proves, as it happens. */
function showIn(diagnostic: Diagnostic, words: Words): readonly CodeAction[] {
  const moment: SimulateArgument | undefined = diagnostic.data;
  if (typeof moment?.time !== "number") return [];
  const command = { title: words.show, command: simulateCommand, arguments: [moment] };
  return [{ title: words.show, kind: quickFix, diagnostics: [diagnostic], command }];
}
