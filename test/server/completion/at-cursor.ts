/** Completions as a reader of a test sees them: a text with `|` where the cursor is, and the text after one is accepted. */
import { readFileSync } from "node:fs";
import { en } from "../../../server/messages/en.ts";
import type { Words } from "../../../server/messages/words.ts";
import { complete } from "../../../server/service/completion/complete.ts";
import type { Item } from "../../../server/service/completion/context.ts";
import { asPlain, asSnippet } from "../../../server/service/completion/draft.ts";
import type { FieldDocs } from "../../../server/service/hover-context.ts";
import { openManifest, type Slice } from "../../../server/service/manifest.ts";
import { scheduleWords } from "../../../server/service/schedule-words.ts";
import { lineStarts, positionAt } from "../../../server/service/text.ts";
import { newestTarget, type Target } from "../../../simulator/api/target.ts";

export const docs = JSON.parse(
  readFileSync(new URL("../../../dist/field-docs.json", import.meta.url), "utf8"),
) as FieldDocs;
const sentence = await scheduleWords("en");

export interface Offered {
  readonly labels: readonly string[];
  readonly items: readonly Item[];
  /** The text once an item is accepted, with nothing filled in; `§` stands where the cursor may go as in a snippet. */
  accept(label: string, stops?: boolean): string;
}

export interface Setting {
  readonly uri?: string;
  readonly target?: Target;
  readonly words?: Words;
}

/** What is offered at the `|` of a text, in its order. */
export function at(
  marked: string,
  { uri = "file:///a.yaml", target = newestTarget, words = en }: Setting = {},
): Offered {
  const offset = marked.indexOf("|");
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  return offeredAt(text, offset, { uri, target, words });
}

/** What is offered at an offset of a text. */
export function offeredAt(
  text: string,
  offset: number,
  { uri = "file:///a.yaml", target, words = en }: Setting,
): Offered {
  const manifest = openManifest(uri, uri.endsWith(".json") ? "json" : "yaml", text, target);
  const position = positionAt(lineStarts(text), text.length, offset);
  const given = {
    words,
    docs,
    sentence,
    now: Date.UTC(2026, 0, 1),
    timeZone: "UTC",
    others: () => [],
    fieldsElsewhere: false,
  };
  const { items, around } = complete(manifest, position, given);
  const ordered = [...items].sort((a, b) => (a.rank + a.label < b.rank + b.label ? -1 : 1));
  const begin = beginOf(manifest.slices, around.slice);
  return {
    labels: ordered.map(({ label }) => label),
    items: ordered,
    accept(label, stops = false) {
      const item = ordered.find((one) => one.label === label);
      if (item === undefined)
        throw new Error(`${label} is not offered, but ${ordered.map((one) => one.label).join(", ")}`);
      const written = stops ? asSnippet(item.text).replace(/\$\{?\d+\}?/g, "§") : asPlain(item.text);
      const edits = [{ span: item.span, text: written }, ...(item.also ?? [])].sort((a, b) => b.span[0] - a.span[0]);
      return edits.reduce(
        (whole, { span, text: words }) => whole.slice(0, begin + span[0]) + words + whole.slice(begin + span[1]),
        text,
      );
    },
  };
}

function beginOf(slices: readonly Slice[], slice: Slice): number {
  let begin = 0;
  for (const one of slices) {
    if (one === slice) break;
    begin += one.text.length;
  }
  return begin;
}
