/** Any object as `kubectl describe` shows it that knows nothing of its kind. Models genericDescriber of kubectl/pkg/describe/describe.go. */
import { isObject, type JsonObject } from "../../api/json.ts";
import type { ApiObject } from "../../apiserver/types.ts";
import { annotationLines, labelLines, line, row, valueText } from "./writer.ts";

const shownBefore = ["managedFields", "name", "namespace", "labels", "annotations"].map((key) => `.metadata.${key}`);

export function genericText(object: ApiObject): string {
  const { name, namespace = "", labels, annotations = {} } = object.metadata;
  return [
    row("Name", name),
    row("Namespace", namespace),
    labelLines("Labels", labels),
    annotationLines("Annotations", annotations),
    fieldLines(object, 0, ""),
  ].join("");
}

function fieldLines(object: JsonObject, level: number, above: string): string {
  return Object.keys(object)
    .sort()
    .map((key) => {
      const path = `${above}.${key}`;
      const value = object[key]!;
      if (shownBefore.includes(path)) return "";
      const title = titleOf(key);
      if (isObject(value)) return line(level, `${title}:`) + fieldLines(value, level + 1, path);
      if (!Array.isArray(value)) return row(title, valueText(value, "<nil>"), level);
      const entries = value.map((one) =>
        isObject(one) ? fieldLines(one, level + 1, path) : line(level + 1, valueText(one, "<nil>")),
      );
      return line(level, `${title}:`) + entries.join("");
    })
    .join("");
}

const acronyms = ["API", "URL", "UID", "GUID"];

/** `Api Version` of `apiVersion`: the words of a field's name, each with a capital. */
export function titleOf(field: string): string {
  if (!/^[\p{L}-]*$/u.test(field)) return field;
  return together(wordsOf(field))
    .map((word) => {
      if (acronyms.includes(word.toUpperCase())) return word.toUpperCase();
      return word.toLowerCase() === word ? word.slice(0, 1).toUpperCase() + word.slice(1) : word;
    })
    .join(" ");
}

/** The runs of capitals and of small letters; the last capital before small letters belongs to them. */
function wordsOf(field: string): readonly string[] {
  const runs = field.match(/\p{Lu}+|\p{Ll}+|[^\p{Lu}\p{Ll}]+/gu) ?? [];
  const words = [...runs];
  for (let at = 0; at < words.length - 1; at++) {
    if (!/^\p{Lu}/u.test(words[at]!) || !/^\p{Ll}/u.test(words[at + 1]!)) continue;
    words[at + 1] = words[at]!.slice(-1) + words[at + 1]!;
    words[at] = words[at]!.slice(0, -1);
  }
  return words.filter((word) => word !== "");
}

/** Capitals with the word behind them that begins with one: `CIDRs` is one word. */
function together(words: readonly string[]): readonly string[] {
  const merged: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const [word, next = ""] = [words[at]!, words[at + 1]];
    const isCapital = word.length >= 2 && !/(?!\p{Lu})\p{L}/u.test(word);
    if (isCapital && /^[A-Z]/.test(next)) {
      merged.push(word + next);
      at++;
    } else merged.push(word);
  }
  return merged;
}
