/** Text as it is put at a place: what has to stand before and behind it there. */
import { lineStartAt } from "../../yaml/sketch/lines.ts";
import type { Stretch } from "../../yaml/sketch/node.ts";
import type { Setting } from "../../yaml/sketch/place.ts";
import { blockText, type Draft, flowText, type Style } from "./draft.ts";

export interface Put {
  readonly span: Stretch;
  readonly text: string;
  /** What of it stands before the words that are typed: a quote. */
  readonly quote: string;
  readonly also: readonly { readonly span: Stretch; readonly text: string }[];
}

/** What a draft is at a place: entries of the map that stands there, entries of a list, or a value. */
export type Role = "entries" | "items" | "value";

/** How deep what is behind a colon stands, where something is there already. */
export interface Placing {
  readonly text: string;
  readonly word: Stretch;
  readonly setting: Setting;
  readonly style: Style;
  /** Column of what is there already below a colon; null where nothing is. */
  readonly inner: number | null;
}

/** The edit that puts a draft at a place. */
export function put(draft: Draft, role: Role, { text, word, setting, style, inner }: Placing): Put {
  switch (setting.on) {
    case "flow": {
      const { json, comma } = setting;
      const written = role === "value" ? flowText(draft, json) : inside(flowText(draft, json));
      const quote = /^["']/.exec(text.slice(word[0], word[1]))?.[0] ?? "";
      const before = /[:,]/.test(text[word[0] - 1] ?? "") && word[0] === word[1] ? " " : "";
      // A comma at the very place is a part of the text: no two edits may begin where the other does.
      const isHere = comma.before === word[0];
      const also =
        comma.before === null || isHere ? [] : [{ span: [comma.before, comma.before] as Stretch, text: "," }];
      return { span: word, text: `${isHere ? ", " : before}${written}${comma.behind ? "," : ""}`, quote, also };
    }
    case "line":
    case "dash": {
      const begin = lineStartAt(text, word[0]);
      const at = word[0] - begin;
      const { column } = setting;
      const from = column === at ? word[0] : setting.on === "line" ? begin : begin + Math.min(column, at);
      const lead = " ".repeat(Math.max(0, column - (from - begin)));
      const quote = quoteAt(text, word);
      return { span: [from, word[1]], text: lead + blockText(draft, column, style), quote, also: [] };
    }
    case "colon": {
      const tail = text[word[1]] === "#" ? " " : "";
      if (role === "value") {
        const lead = text[word[0] - 1] === ":" ? " " : "";
        return {
          span: word,
          text: lead + blockText(draft, setting.column + style.step, style) + tail,
          quote: quoteAt(text, word),
          also: [],
        };
      }
      let from = word[0];
      while (text[from - 1] === " ") from--;
      const column = inner ?? setting.column + (role === "items" ? style.listIndent : style.step);
      const written = blockText(draft, column, style);
      return {
        span: [from, word[1]],
        text: `${style.lineBreak}${" ".repeat(column)}${written}${tail}`,
        quote: "",
        also: [],
      };
    }
  }
}

function quoteAt(text: string, word: Stretch): string {
  return /^["']/.exec(text.slice(word[0], word[1]))?.[0] ?? "";
}

/** The entries without the braces or brackets around them. */
function inside(written: string): string {
  return written.replace(/^\{ | \}$|^\[|\]$/g, "");
}
