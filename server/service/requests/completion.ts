/** What may be written at a cursor. Descriptions are given when an item is looked at, where a client can ask for them. */

import { lineStartAt } from "../../yaml/sketch/lines.ts";
import { factsBeside } from "../completion/beside.ts";
import { complete } from "../completion/complete.ts";
import { type Item, sorts } from "../completion/context.ts";
import { describe } from "../completion/describe.ts";
import { asPlain, asSnippet, hasStops } from "../completion/draft.ts";
import { likeness } from "../completion/likeness.ts";
import { rangeIn, type Slice } from "../manifest.ts";
import { scheduleWords } from "../schedule-words.ts";
import type { Editor, Service } from "../service.ts";
import type { TextEdit } from "../text.ts";
import type { PositionParams, Request } from "./request.ts";

interface CompletionItem {
  readonly label: string;
  readonly kind: number;
  readonly detail?: string;
  readonly documentation?: { readonly kind: "markdown"; readonly value: string };
  readonly tags?: readonly number[];
  readonly sortText: string;
  readonly filterText?: string;
  readonly insertTextFormat?: number;
  readonly insertTextMode?: number;
  readonly textEdit: TextEdit;
  readonly additionalTextEdits?: readonly TextEdit[];
  readonly command?: { readonly title: string; readonly command: string; readonly arguments: readonly unknown[] };
  readonly data?: { readonly owner: string; readonly name: string };
}

interface CompletionList {
  readonly isIncomplete: boolean;
  readonly items: readonly CompletionItem[];
}

const snippetFormat = 2;
const asIs = 1;
const deprecatedTag = 1;
const plainEditor: Editor = { snippets: false, keepsIndent: false, describesLater: false, suggestCommand: null };

/** The items at a position. */
export const completion: Request<PositionParams, CompletionList> = {
  method: "textDocument/completion",
  capabilities: () => ({
    completionProvider: { resolveProvider: true, triggerCharacters: [" ", '"', "'", "{", "[", ","] },
  }),
  nothing: { isIncomplete: false, items: [] },
  async answer(service, { textDocument: { uri }, position }) {
    const { words, timeZone, structureElsewhere } = service.preferences();
    // Sentences take a while to load, and only schedules have any.
    const hasSchedule = service.find(uri)?.manifest.slices.some((slice) => slice.text.includes("schedule"));
    const sentence = hasSchedule ? await scheduleWords(words.language) : undefined;
    const text = service.find(uri);
    if (text === undefined) return { isIncomplete: false, items: [] };
    const { docs, now } = service.surroundings;
    const fieldsElsewhere = Array.isArray(structureElsewhere) && structureElsewhere.includes("schema");
    const found = complete(text.manifest, position, {
      words,
      docs,
      ...(sentence === undefined ? {} : { sentence }),
      now: now(),
      timeZone,
      others: () => factsBeside(service, text.manifest),
      fieldsElsewhere,
    });
    const { around, firstLine, items } = found;
    const written = (one: Item) => around.slice.text.slice(one.span[0], around.cursor).trim();
    return {
      isIncomplete: false,
      items: items.map((one) => offered(one, written(one), { slice: around.slice, firstLine, service })),
    };
  },
};

/** An item with its description. */
export const completionResolve: Request<CompletionItem, CompletionItem> = {
  method: "completionItem/resolve",
  nothing: { label: "", kind: 1, sortText: "", textEdit: { range: zero(), newText: "" } },
  answer(service, item) {
    const documentation = item.data && describe(item.data, service);
    return documentation ? { ...item, documentation } : item;
  },
};

function zero(): TextEdit["range"] {
  return { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
}

interface Offering {
  readonly slice: Slice;
  readonly firstLine: number;
  readonly service: Service;
}

function offered(item: Item, written: string, { slice, firstLine, service }: Offering): CompletionItem {
  const { editor = plainEditor } = service.preferences();
  const { label, sort, detail, text, span, rank, deprecated, field, documentation, also = [], again } = item;
  const range = rangeIn(slice, span, firstLine);
  const asSnippets = editor.snippets && hasStops(text);
  const newText = asSnippets ? relative(asSnippet(text), slice, span, editor) : asPlain(text);
  const described = documentation ?? "";
  const now =
    described !== ""
      ? { kind: "markdown" as const, value: described }
      : field && !editor.describesLater
        ? describe(field, service)
        : undefined;
  return {
    label,
    kind: sorts[sort],
    sortText: `${likeness(written, item.filter ?? label)}${rank}${label}`,
    textEdit: { range, newText },
    ...(detail === undefined ? {} : { detail }),
    ...(item.filter === undefined || item.filter === label ? {} : { filterText: item.filter }),
    ...(deprecated ? { tags: [deprecatedTag] } : {}),
    ...(asSnippets ? { insertTextFormat: snippetFormat } : {}),
    ...(editor.keepsIndent && newText.includes("\n") ? { insertTextMode: asIs } : {}),
    ...(also.length === 0
      ? {}
      : {
          additionalTextEdits: also.map((one) => ({ range: rangeIn(slice, one.span, firstLine), newText: one.text })),
        }),
    ...(again && editor.suggestCommand !== null
      ? { command: { title: "", command: editor.suggestCommand, arguments: [{ auto: true }] } }
      : {}),
    ...(now === undefined ? {} : { documentation: now }),
    ...(field === undefined || now !== undefined ? {} : { data: field }),
  };
}

/** Editors that cannot be told to leave lines as they are put the indentation of the line before all others of a snippet. */
function relative(text: string, slice: Slice, [start]: Item["span"], { keepsIndent }: Editor): string {
  if (keepsIndent || !text.includes("\n")) return text;
  const begin = lineStartAt(slice.text, start);
  const indent = /^ */.exec(slice.text.slice(begin, start))?.[0] ?? "";
  return text.replaceAll(`\n${indent}`, "\n");
}
