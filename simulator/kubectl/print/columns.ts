/** `-o custom-columns`. Models kubectl/pkg/cmd/get/customcolumn.go. */
import { asObject, type JsonObject, listAt, stringAt } from "../../api/json.ts";
import type { Json } from "../../api/objects.ts";
import { goText } from "./go-strings.ts";
import { evaluate } from "./jsonpath/evaluate.ts";
import { type Node, parseTemplate } from "./jsonpath/parse.ts";
import type { ObjectPrinter, Shown } from "./shown.ts";
import { alignedText } from "./table-text.ts";

interface Column {
  readonly header: string;
  readonly nodes: readonly Node[];
}

/** A printer of columns by their paths, `NAME:.metadata.name,…`; or what is wrong with them. */
export function columnsPrinter(spec: string, noHeaders: boolean): ObjectPrinter | { readonly error: string } {
  if (spec === "") return { error: "custom-columns format specified but no custom columns given" };
  const parts = spec.split(",").map((part) => part.split(":"));
  const wrong = parts.findIndex((part) => part.length !== 2);
  if (wrong >= 0) {
    return { error: `unexpected custom-columns spec: ${spec.split(",")[wrong]}, expected <header>:<json-path-expr>` };
  }
  return printerOf(
    parts.map(([header = "", path = ""]) => [header, path] as const),
    noHeaders,
  );
}

/** The same for a file: a line of headers, and below each its path. */
export function columnsOfFile(text: string, noHeaders: boolean): ObjectPrinter | { readonly error: string } {
  const [first, second] = text.split("\n");
  if (first === undefined || second === undefined) return { error: "EOF" };
  const headers = first.trim().split(/\s+/);
  const paths = second.trim().split(/\s+/);
  if (headers.length !== paths.length) {
    return { error: `number of headers (${headers.length}) and field specifications (${paths.length}) don't match` };
  }
  return printerOf(
    headers.map((header, index) => [header, paths[index]!] as const),
    noHeaders,
  );
}

function printerOf(
  pairs: readonly (readonly [header: string, path: string])[],
  noHeaders: boolean,
): ObjectPrinter | { readonly error: string } {
  const columns: Column[] = [];
  for (const [header, path] of pairs) {
    const relaxed = relaxedPath(path);
    if (relaxed === undefined) return { error: pathShape };
    const parsed = parseTemplate(relaxed);
    if ("error" in parsed) return parsed;
    columns.push({ header, nodes: parsed.nodes });
  }
  return (object) => shown(columns, object, noHeaders);
}

export const pathShape =
  "unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'";

/** A path with or without braces and first dot as a template; undefined for what is none. */
export function relaxedPath(path: string): string | undefined {
  if (path === "") return "";
  const match = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/.exec(path);
  const inner = match?.[1] ?? match?.[2];
  return inner === undefined ? undefined : `{.${inner}}`;
}

function shown(columns: readonly Column[], object: JsonObject, noHeaders: boolean): Shown {
  const isList = stringAt(object, "kind").endsWith("List") && Array.isArray(object["items"]);
  const objects = isList ? listAt(object, "items").map(asObject) : [object];
  const rows: string[][] = noHeaders ? [] : [columns.map(({ header }) => header)];
  for (const one of objects) {
    const row: string[] = [];
    for (const { nodes } of columns) {
      const found = evaluate(nodes, one);
      if ("error" in found) return { error: found.error };
      row.push(cell(found.results[0] ?? []));
    }
    rows.push(row);
  }
  return { text: alignedText(rows) };
}

function cell(values: readonly Json[]): string {
  return values.length === 0 ? "<none>" : values.map(goText).join(",");
}
