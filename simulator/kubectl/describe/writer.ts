/** Lines of `kubectl describe`. Models PrefixWriter of kubectl/pkg/describe/describe.go. */
import type { JsonObject } from "../../api/json.ts";
import type { Json } from "../../api/objects.ts";

/** A line below so many headings. */
export function line(level: number, text: string): string {
  return `${"  ".repeat(level)}${text}\n`;
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

const widest = 140;
const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";

const shortened = (text: string, width: number) => (text.length > width ? `${text.slice(0, width)}...` : text);

/** Annotations without the one in which kubectl keeps a manifest; long ones below their key. */
export function annotationLines(title: string, annotations: JsonObject): string {
  const entries = Object.keys(annotations)
    .filter((key) => key !== lastApplied)
    .sort()
    .map((key) => {
      const value = String(annotations[key]).replace(/\n$/, "");
      if (value.length + key.length + 2 <= widest && !value.includes("\n")) return `${key}: ${value}`;
      const lines = value.split("\n").map((one) => `\t  ${shortened(one, widest - 2)}`);
      return [`${key}:`, ...lines].join("\n");
    });
  return listLines(title, entries);
}

/** A value as `%v` of Go writes it; what is not there as its zero. */
export function valueText(value: Json | undefined, zero = ""): string {
  return value === undefined || value === null ? zero : String(value);
}
