/**
 * The values of a file of our own (a lab, a scenario), taken field by field: whatever is missing, wrong or unknown is noted with its
 * place, and an empty value stands for it, so that one reading finds everything. Nothing is thrown.
 */
import { parseDocument } from "yaml";
import { maxLength } from "./guards.ts";

/** `path` is inside the file: `steps[2].done[0].run`. */
export interface FieldProblem {
  readonly code: "not-yaml" | "field-missing" | "field-wrong" | "field-unknown";
  readonly path: string;
}

export type Fields = Readonly<Record<string, unknown>>;

/** What was found on the way. */
export interface FieldReader {
  readonly problems: FieldProblem[];
}

/**
 * The fields of a file that is one document; undefined, and noted, where it is none. It is read as YAML 1.2: no server ever reads it,
 * and `on` is a key there, not a truth.
 */
export function readFields(reader: FieldReader, text: string): Fields | undefined {
  const value = readYaml(text);
  if (isFields(value)) return value;
  wrong(reader, "not-yaml", "");
  return undefined;
}

function readYaml(text: string): unknown {
  if (text.length > maxLength) return undefined;
  try {
    const document = parseDocument(text, { version: "1.2", logLevel: "silent", prettyErrors: false });
    return document.errors.length > 0 ? undefined : document.toJS();
  } catch {
    return undefined;
  }
}

/** Notes the fields that have none of the names. */
export function known(reader: FieldReader, given: Fields, path: string, names: readonly string[]): void {
  for (const name of Object.keys(given))
    if (!names.includes(name)) wrong(reader, "field-unknown", path === "" ? name : `${path}.${name}`);
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Notes what is wrong. */
export function wrong(reader: FieldReader, code: FieldProblem["code"], path: string): void {
  reader.problems.push({ code, path });
}

/** A value that is a map. */
export function fields(reader: FieldReader, value: unknown, path: string): Fields {
  if (isFields(value)) return value;
  wrong(reader, value === undefined ? "field-missing" : "field-wrong", path);
  return {};
}

/** A value that is a list, entry by entry; where it is not needed, nothing is an empty list. */
export function list<T>(
  reader: FieldReader,
  value: unknown,
  path: string,
  needed: boolean,
  each: (one: unknown, path: string) => T,
): readonly T[] {
  if (value === undefined && !needed) return [];
  if (Array.isArray(value)) return value.map((one, at) => each(one, `${path}[${at}]`));
  wrong(reader, value === undefined ? "field-missing" : "field-wrong", path);
  return [];
}

/** A list of texts. */
export function strings(reader: FieldReader, value: unknown, path: string): readonly string[] {
  return list(reader, value, path, true, (one, at) => string(reader, one, at));
}

/** A value that is a text. */
export function string(reader: FieldReader, value: unknown, path: string): string {
  if (typeof value === "string") return value;
  wrong(reader, value === undefined ? "field-missing" : "field-wrong", path);
  return "";
}

/** A whole number from 0 on. */
export function number(reader: FieldReader, value: unknown, path: string): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= 0) return value;
  wrong(reader, "field-wrong", path);
  return 0;
}
