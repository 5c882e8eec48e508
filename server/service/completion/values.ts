/** The values that may be written at a place. */

import { fieldTable } from "#field-table";
import { apiVersionOf } from "../../../simulator/api/kind.ts";
import { kinds } from "../../../simulator/api/kinds.ts";
import { lineStartAt } from "../../yaml/sketch/lines.ts";
import type { SketchMap } from "../../yaml/sketch/node.ts";
import { amountsFor, hasAmounts } from "./amounts.ts";
import { type Choice, quotedAs } from "./choice.ts";
import { fixedValues } from "./choices.ts";
import type { Item, Spot } from "./context.ts";
import { escaped } from "./draft.ts";
import { labelValues } from "./labels.ts";
import { hasNames, namesFor } from "./names.ts";
import { put } from "./put.ts";
import type { FieldType, Whole } from "./shape.ts";

/** What may stand at a place of a scalar. */
export function valueItems(spot: Spot, isItem = false): readonly Item[] {
  const found = [...namesFor(spot), ...amountsFor(spot), ...labelValues(spot)];
  return [...found, ...fixed(spot)].map((choice, index) => item(spot, choice, index, isItem));
}

/** Whether there is anything to choose from when a field has been written. */
export function hasChoices(owner: string, field: string, type: FieldType, whole: Whole): boolean {
  if (field === "kind" || field === "apiVersion") return true;
  const values = type.kind === "list" && type.of !== undefined ? type.of : type;
  const name = `${owner}.${field}`;
  return hasNames(name) || hasAmounts(name) || fixedValues(owner, field, values, whole).length > 0;
}

function fixed(spot: Spot): readonly Choice[] {
  const { shape, whole, path } = spot;
  if (path.length === whole.root.length + 1 || path.length === 1) {
    if (shape.field === "kind" && shape.type.enum === undefined) return kindChoices(spot);
    if (shape.field === "apiVersion" && shape.type.enum === undefined) return versionChoices(spot);
  }
  const { owner, field, type } = shape;
  return fixedValues(owner, field, type, whole).map((value) => ({
    value,
    sort: "enumMember",
    bare: type.kind === "boolean",
  }));
}

function item(spot: Spot, choice: Choice, index: number, isItem: boolean): Item {
  const { around, word, setting } = spot;
  const { value, detail, documentation, sort = "value", also } = choice;
  const { text } = around.slice;
  const written = text.slice(word[0], word[1]);
  const typed = /^["']/.exec(written)?.[0] ?? "";
  const quote = typed === "" && choice.quoted ? '"' : typed;
  const json = setting.on === "flow" && setting.json;
  const draft = json
    ? choice.bare
      ? value
      : JSON.stringify(value)
    : quotedAs(value, quote, choice.bare === true, setting.on === "flow");
  const shown = escaped(draft);
  const role = isItem && setting.on !== "dash" && setting.on !== "flow" ? "items" : "value";
  const made = put(role === "items" ? [shown] : shown, role, {
    text,
    word,
    setting: json ? { ...setting, json: false } : setting,
    style: around.style,
    inner: null,
  });
  return {
    label: value,
    sort,
    text: made.text,
    span: made.span,
    filter: typed + value,
    rank: String(index).padStart(3, "0"),
    also: [...made.also, ...(also ?? [])],
    ...(detail === undefined ? {} : { detail }),
    ...(documentation === undefined ? {} : { documentation }),
  };
}

/** The kinds, with the version that serves each, which is put in where it is not there. */
function kindChoices(spot: Spot): readonly Choice[] {
  const { whole, around } = spot;
  const served = whole.map?.entries.find(({ key }) => key === "apiVersion");
  const written = served?.node?.is === "scalar" ? served.node : null;
  const rows = kinds.rows.filter((row) => fieldTable.kinds[`${apiVersionOf(row)}/${row.kind}`] !== undefined);
  const matching = rows.filter(
    (row) => written !== null && row.versions.some((one) => versionText(row.group, one) === written.text),
  );
  const ordered = [...matching, ...rows.filter((row) => !matching.includes(row))];
  return ordered.map((row) => {
    const apiVersion = apiVersionOf(row);
    const also = matching.includes(row) ? [] : versionEdit(spot, whole.map, apiVersion);
    return { value: row.kind, detail: apiVersion, sort: "kind" as const, also };
  });

  function versionEdit({ setting }: Spot, map: SketchMap | null, apiVersion: string): NonNullable<Item["also"]> {
    const json = setting.on === "flow" && setting.json;
    if (written !== null) {
      const quote = json ? '"' : "";
      return [{ span: written.at, text: `${quote}${apiVersion}${quote}` }];
    }
    if (served !== undefined) {
      const at = served.colon + 1;
      return [{ span: [at, at], text: json ? ` "${apiVersion}"` : ` ${apiVersion}` }];
    }
    const kind = map?.entries.find(({ key }) => key === "kind");
    if (kind === undefined) return [];
    const { text } = around.slice;
    const [start] = kind.at;
    if (setting.on !== "flow") {
      const begin = lineStartAt(text, start);
      const indent = " ".repeat(start - begin);
      return [{ span: [start, start], text: `apiVersion: ${apiVersion}${around.style.lineBreak}${indent}` }];
    }
    const gap = /\n[ \t]*$/.exec(text.slice(0, start))?.[0] ?? " ";
    return [
      { span: [start, start], text: `${json ? `"apiVersion": "${apiVersion}"` : `apiVersion: ${apiVersion}`},${gap}` },
    ];
  }
}

function versionText(group: string, version: string): string {
  return group === "" ? version : `${group}/${version}`;
}

/** The versions of the kind that is written, or all. */
function versionChoices({ whole }: Spot): readonly Choice[] {
  const row = kinds.named(whole.kind);
  const rows = row === undefined ? kinds.rows : [row];
  const all = rows.flatMap(({ group, versions }) => versions.map((one) => versionText(group, one)));
  return [...new Set(all)].map((value) => ({ value }));
}
