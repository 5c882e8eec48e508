/** A sensible value for a field that has to be there, and the text that puts it in. */

import { isObject } from "../../simulator/api/json.ts";
import type { Path } from "../../simulator/api/problem.ts";
import { lineStartAt } from "../yaml/sketch/lines.ts";
import type { Checked } from "./check.ts";
import type { Slice } from "./manifest.ts";
import { valueAt } from "./parse.ts";
import { servedVersions } from "./recognise.ts";
import type { Subject } from "./subject.ts";
import type { Span } from "./text.ts";

export interface Insertion {
  readonly span: Span;
  readonly text: string;
  /** As it is named to a person: `image: web`. */
  readonly shown: string;
}

/** The insertion of the field that is missing at `at` (counted from the subject); null when no value suggests itself. */
export function insertMissing(slice: Slice, checked: Checked, subject: Subject, at: Path): Insertion | null {
  const key = at.at(-1);
  if (typeof key !== "string" || valueAt(subject.value, at) !== undefined) return null;
  const value = sensible(subject, at.slice(0, -1), key);
  return value === undefined ? null : insertInto(slice, checked, [...subject.root, ...at.slice(0, -1)], key, value);
}

/** The insertion of a field that is not there, with a value that is known. */
export function insertField(
  slice: Slice,
  checked: Checked,
  subject: Subject,
  at: Path,
  value: string,
): Insertion | null {
  if (valueAt(subject.value, at) !== undefined) return null;
  return insertInto(slice, checked, [...subject.root, ...at.slice(0, -1)], String(at.at(-1)), value);
}

function sensible({ kind, value }: Subject, parent: Path, key: string): unknown {
  const beside = valueAt(value, parent);
  const near = (name: string): string => {
    const found = isObject(beside) ? beside[name] : undefined;
    return typeof found === "string" ? found : "";
  };
  const within = parent.at(-2);
  switch (key) {
    case "apiVersion":
      return parent.length === 0 ? servedVersions[kind.trim()] : undefined;
    case "name":
      if (parent.length === 1 && parent[0] === "metadata") return kind.toLowerCase();
      if (within === "containers" || within === "initContainers") return labelFrom(near("image")) || "main";
      return undefined;
    case "image":
      return near("name") || undefined;
    case "selector":
    case "matchLabels": {
      const labels = valueAt(value, ["spec", "template", "metadata", "labels"]);
      if (!isObject(labels) || Object.keys(labels).length === 0) return undefined;
      return key === "selector" ? { matchLabels: labels } : labels;
    }
    case "labels": {
      const wanted = valueAt(value, ["spec", "selector", "matchLabels"]);
      return isObject(wanted) ? wanted : undefined;
    }
    case "restartPolicy":
      return "OnFailure";
    case "schedule":
      return "0 0 * * *";
    case "containerPort":
      return 8080;
    case "port":
      return 80;
    case "mountPath":
      return near("name") === "" ? undefined : `/${near("name")}`;
    case "accessModes":
      return ["ReadWriteOnce"];
    case "storage":
      return "1Gi";
    default:
      return undefined;
  }
}

/** `registry.example/shop/web:1` is the image of `web`. */
function labelFrom(image: string): string {
  return (image.split("/").at(-1)?.split(/[:@]/)[0] ?? "").toLowerCase().replace(/[^a-z0-9-]/g, "-");
}

/** A new first entry of the map at `parent`, in the style in which that map is written. */
function insertInto(slice: Slice, checked: Checked, parent: Path, key: string, value: unknown): Insertion | null {
  const shown = `${key}: ${flow(value)}`;
  const there = valueAt(checked.parsed.value, parent);
  if (there === undefined && parent.length > 0 && typeof parent.at(-1) === "string") {
    const outer = insertInto(slice, checked, parent.slice(0, -1), String(parent.at(-1)), { [key]: value });
    return outer && { ...outer, shown };
  }
  const range = checked.parsed.document.locate(parent, "value");
  if (!isObject(there) || range === undefined) return null;
  const { start } = range;
  if (slice.text[start] === "{") {
    const next = /^\s*(\S)/.exec(slice.text.slice(start + 1, range.end))?.[1];
    const json = next === '"' || /^\s*[{[]/.test(slice.text);
    const entry = json ? `${JSON.stringify(key)}: ${JSON.stringify(value)}` : shown;
    return { span: [start + 1, start + 1], text: next === "}" ? ` ${entry} ` : ` ${entry},`, shown };
  }
  const column = start - lineStartAt(slice.text, start);
  const lineBreak = slice.text.includes("\r\n") ? "\r\n" : "\n";
  return { span: [start, start], text: `${shown}${lineBreak}${" ".repeat(column)}`, shown };
}

/** On one line, quoted only where it has to be. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
  if (isObject(value as never)) {
    const entries = Object.entries(value as Record<string, unknown>).map(([key, item]) => `${key}: ${flow(item)}`);
    return `{ ${entries.join(", ")} }`;
  }
  if (typeof value !== "string") return JSON.stringify(value);
  const plain = /^[A-Za-z/][\w./-]*(:[\w.-]+)?$/.test(value) && !/^(y|n|yes|no|on|off|true|false|null)$/i.test(value);
  return plain || /^[0-9]+[A-Z][a-z]$/.test(value) ? value : JSON.stringify(value);
}
