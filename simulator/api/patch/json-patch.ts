/** JSON patches (RFC 6902). Models evanphx/json-patch v4 as the server uses it. */

import { sameJson } from "../equality.ts";
import { isObject } from "../json.ts";
import type { Json } from "../objects.ts";
import { attempt, type Draft, type Fields, fail, type Patched, put } from "./values.ts";

/** The most operations that the server carries out in one patch. */
const mostOperations = 10_000;

/** The value after the operations, in order; the first that cannot be carried out is a problem and nothing is changed. */
export function jsonPatch(value: Json, operations: Json): Patched {
  return attempt(() => {
    if (!Array.isArray(operations)) return fail("bad-operation");
    if (operations.length > mostOperations) return fail("bad-operation", String(operations.length));
    return operations.reduce<Json>((document, operation) => carriedOut(document, operation), value);
  });
}

function carriedOut(document: Json, operation: Json): Json {
  if (!isObject(operation)) return fail("bad-operation");
  const at = pathIn(operation, "path");
  switch (operation["op"]) {
    case "add":
      return changed(document, at, "add", valueIn(operation));
    case "remove":
      return changed(document, at, "remove", null);
    case "replace":
      return changed(document, at, "replace", valueIn(operation));
    case "test": {
      const found = find(document, at);
      const wanted = operation["value"] ?? null;
      if (!sameJson(found ?? null, wanted)) fail("test-failed", String(operation["path"]));
      return document;
    }
    case "move": {
      const from = pathIn(operation, "from");
      const found = find(document, from);
      if (found === undefined) return fail("no-such-path", String(operation["from"]));
      return changed(changed(document, from, "remove", null), at, "add", found);
    }
    case "copy": {
      const found = find(document, pathIn(operation, "from"));
      if (found === undefined) return fail("no-such-path", String(operation["from"]));
      return changed(document, at, "add", found);
    }
    default:
      return fail("bad-operation", String(operation["op"] ?? ""));
  }
}

function valueIn(operation: Fields): Json {
  const found = operation["value"];
  return found === undefined ? fail("bad-operation", "value") : found;
}

/** The steps of a pointer, `~1` and `~0` read as `/` and `~`. */
function pathIn(operation: Fields, key: string): readonly string[] {
  const text = operation[key];
  if (typeof text !== "string" || (text !== "" && !text.startsWith("/"))) return fail("bad-operation", key);
  if (text === "") return [];
  return text
    .slice(1)
    .split("/")
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function find(document: Json | undefined, path: readonly string[]): Json | undefined {
  let value = document;
  for (const step of path) {
    if (Array.isArray(value)) value = value[indexOf(step, value.length - 1)];
    else value = isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
    if (value === undefined) return undefined;
  }
  return value;
}

/** A place in a list; negative ones count from the end. */
function indexOf(step: string, last: number): number {
  if (!/^-?\d+$/.test(step)) return fail("no-such-path", step);
  const index = Number(step);
  return index < 0 ? last + 1 + index : index;
}

function changed(
  value: Json | undefined,
  path: readonly string[],
  how: "add" | "remove" | "replace",
  next: Json,
): Json {
  const [step, ...rest] = path;
  if (step === undefined) return how === "remove" ? fail("no-such-path") : next;
  if (Array.isArray(value)) return changedList(value, step, rest, how, next);
  if (!isObject(value)) return fail("no-such-path", step);
  const out: Draft = { ...value };
  if (rest.length > 0) {
    if (!Object.hasOwn(out, step)) fail("no-such-path", step);
    put(out, step, changed(out[step], rest, how, next));
  } else if (how === "add") put(out, step, next);
  else if (!Object.hasOwn(out, step)) fail("no-such-path", step);
  else if (how === "remove") delete out[step];
  else put(out, step, next);
  return out;
}

function changedList(
  list: readonly Json[],
  step: string,
  rest: readonly string[],
  how: "add" | "remove" | "replace",
  next: Json,
): Json {
  const out = [...list];
  if (rest.length === 0 && how === "add") {
    const index = step === "-" ? list.length : indexOf(step, list.length);
    if (index < 0 || index > list.length) fail("no-such-path", step);
    out.splice(index, 0, next);
    return out;
  }
  const index = indexOf(step, list.length - 1);
  if (index < 0 || index >= list.length) fail("no-such-path", step);
  if (rest.length > 0) out[index] = changed(list[index], rest, how, next);
  else if (how === "remove") out.splice(index, 1);
  else out[index] = next;
  return out;
}
