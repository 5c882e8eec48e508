/** Lines of `kubectl describe`. Models PrefixWriter of kubectl/pkg/describe/describe.go. */
import { type JsonObject, listAt } from "../../api/json.ts";
import type { Json } from "../../api/objects.ts";

/** A line below so many headings. */
export function line(level: number, text: string): string {
  return `${"  ".repeat(level)}${text}\n`;
}

/** A title and what stands behind it. */
export function row(title: string, value: string | number | boolean, level = 0): string {
  return line(level, `${title}:\t${value}`);
}

/** The same when there is something to show. */
export function rowIf(title: string, value: Json | undefined, level = 0): string {
  return value === undefined || value === null || value === "" ? "" : row(title, valueText(value), level);
}

/** Keys and values one below the other, sorted by key. */
export function labelLines(title: string, labels: JsonObject | undefined): string {
  return listLines(
    title,
    Object.keys(labels ?? {})
      .sort()
      .map((key) => `${key}=${String(labels?.[key])}`),
  );
}

/** The entries one below the other behind their title. */
export function listLines(title: string, entries: readonly string[]): string {
  return `${title}:\t${entries.length === 0 ? "<none>\n" : entries.map((one) => `${one}\n`).join("\t")}`;
}

/** A table below a heading, its titles underlined; nothing without rows. */
export function tableLines(
  title: string,
  titles: readonly string[],
  rows: readonly string[],
  dashes: readonly string[] = titles.map((one) => "-".repeat(one.length)),
  level = 1,
): string {
  const head = title === "" ? "" : line(level - 1, `${title}:`);
  return (
    head +
    line(level, titles.join("\t")) +
    line(level, dashes.join("\t")) +
    rows.map((one) => line(level, one)).join("")
  );
}

/** The longest annotation that stays in one line. */
export const widest = 140;
const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";

/** The text, cut where it is too long. */
export function shortened(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width)}...` : text;
}

/** Annotations without the one in which kubectl keeps a manifest; long ones below their key. */
export function annotationLines(title: string, annotations: JsonObject): string {
  return listLines(title, annotationEntries(annotations));
}

/** What is shown of annotations: one text each, of several lines where a value has them. */
export function annotationEntries(annotations: JsonObject): readonly string[] {
  return Object.keys(annotations)
    .filter((key) => key !== lastApplied)
    .sort()
    .map((key) => {
      const value = String(annotations[key]).replace(/\n$/, "");
      if (value.length + key.length + 2 <= widest && !value.includes("\n")) return `${key}: ${value}`;
      const lines = value.split("\n").map((one) => `\t  ${shortened(one, widest - 2)}`);
      return [`${key}:`, ...lines].join("\n");
    });
}

/** A value as `%v` of Go writes it; what is not there as its zero. */
export function valueText(value: Json | undefined, zero = ""): string {
  if (value === undefined || value === null) return zero;
  if (Array.isArray(value)) return listText(value);
  if (typeof value !== "object") return String(value);
  const keys = Object.keys(value).sort();
  return `map[${keys.map((key) => `${key}:${valueText((value as JsonObject)[key], "<nil>")}`).join(" ")}]`;
}

/** `[a b]`, as Go writes a slice. */
export function listText(list: readonly Json[]): string {
  return `[${list.map((one) => valueText(one, "<nil>")).join(" ")}]`;
}

/** The texts of a list with commas between them. */
export function joined(object: JsonObject, key: string, separator = ","): string {
  return listAt(object, key).map(String).join(separator);
}

/** A switch that may be missing. */
export function switchText(value: Json | undefined): string {
  return value === undefined || value === null ? "<unset>" : value === true ? "True" : "False";
}
