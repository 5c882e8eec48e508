/** Checks that many fields of a pod share. Each adds its problems to `found`. */
import { checkFormat, type FormatCode } from "../check-format.ts";
import { type FieldPath, invalid, notSupported, required } from "../field-path.ts";
import type { JsonObject } from "../json.ts";
import { numberAt, stringAt } from "../json.ts";
import type { Problem } from "../problem.ts";

/** A field that must hold something. Returns its text. */
export function checkRequired(object: JsonObject, key: string, path: FieldPath, found: Problem[]): string {
  const text = stringAt(object, key);
  if (text === "") found.push(required("field-required", path.child(key), { field: key }));
  return text;
}

/** A field that must hold a text of a format. */
export function checkRequiredFormat(
  code: FormatCode,
  object: JsonObject,
  key: string,
  path: FieldPath,
  found: Problem[],
): void {
  const text = checkRequired(object, key, path, found);
  if (text !== "") checkFormat(code, text, path.child(key), found);
}

/** A text that must have a format unless empty. */
export function checkOptionalFormat(
  code: FormatCode,
  object: JsonObject,
  key: string,
  path: FieldPath,
  found: Problem[],
): void {
  const text = stringAt(object, key);
  if (text !== "") checkFormat(code, text, path.child(key), found);
}

/** One of a closed list; an empty text is a missing one. */
export function checkChoice(text: string, allowed: readonly string[], path: FieldPath, found: Problem[]): void {
  if (text === "") found.push(required("value-missing", path, { allowed }));
  else if (!allowed.includes(text)) found.push(notSupported("value-not-supported", path, text, allowed));
}

/** One of a closed list where given (an empty text is given). */
export function checkOptionalChoice(
  object: JsonObject,
  key: string,
  allowed: readonly string[],
  path: FieldPath,
  found: Problem[],
): void {
  const value = object[key];
  if (typeof value === "string" && !allowed.includes(value)) {
    found.push(notSupported("value-not-supported", path.child(key), value, allowed));
  }
}

/** A whole number from `min` to `max`. */
export function checkRange(
  value: number | undefined,
  min: number,
  max: number,
  path: FieldPath,
  found: Problem[],
): void {
  if (value !== undefined && (value < min || value > max)) {
    found.push(invalid("out-of-range", path, { value, min, max }));
  }
}

export function checkNonnegative(object: JsonObject, key: string, path: FieldPath, found: Problem[]): void {
  const value = numberAt(object, key);
  if (value !== undefined && value < 0) found.push(invalid("negative", path.child(key), { value }));
}

const maxFileMode = 0o777;

/** Permission bits of a file. */
export function checkFileMode(object: JsonObject, key: string, path: FieldPath, found: Problem[]): void {
  const value = numberAt(object, key);
  if (value !== undefined && (value < 0 || value > maxFileMode)) {
    found.push(invalid("file-mode-out-of-range", path.child(key), { value, max: maxFileMode }));
  }
}

/** A port by number or by name. */
export function checkPort(port: unknown, path: FieldPath, found: Problem[]): void {
  if (typeof port === "string") checkFormat("invalid-port-name", port, path, found);
  else checkRange(typeof port === "number" ? port : 0, 1, 65535, path, found);
}
