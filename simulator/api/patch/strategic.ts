/** Laying a strategic merge patch over an object. Models apimachinery/pkg/util/strategicpatch (mergeMap and below). */

import { sameJson } from "../equality.ts";
import { isObject } from "../json.ts";
import type { Json } from "../objects.ts";
import type { ListRule } from "./merge-rules.ts";
import { arranged, keyOf } from "./order.ts";
import { entrySchema, listRuleAt, type Schema, schemaAt, schemaOf, strategyAt } from "./schema.ts";
import { attempt, type Draft, draftOf, type Fields, fail, goType, type Patched, put } from "./values.ts";

export const orderPrefix = "$setElementOrder/";
export const deletePrefix = "$deleteFromPrimitiveList/";
export const retainKeys = "$retainKeys";

/** `combine`: two patches become one, with their directives; otherwise a patch changes an object and its directives are obeyed. */
type Use = "change" | "combine";

/** The object of the type with the patch laid over it; a patch that breaks the rules of patches is a problem. */
export function strategicMergePatch(object: Json, patch: Json, type: string | undefined): Patched {
  return attempt(() => mergeMap(asFields(object), asFields(patch), schemaOf(type), "change"));
}

/** Two patches as one. Throws within this folder. */
export function combined(first: Fields, second: Fields, schema: Schema): Fields {
  return mergeMap(first, second, schema, "combine");
}

function asFields(value: Json | undefined): Fields {
  return isObject(value) ? value : fail("not-a-map");
}

function mergeMap(original: Fields, given: Fields, schema: Schema, use: Use): Fields {
  const directive = given["$patch"];
  if (directive === "replace") {
    const { $patch: _, ...rest } = given;
    return rest;
  }
  if (directive === "delete") return {};
  if (directive !== undefined) fail("bad-directive", String(directive));
  const out = draftOf(original);
  const patch = draftOf(given);
  obeyRetainKeys(out, patch, use);
  mergeOrderedLists(out, patch, schema, use);
  for (const [given, value] of Object.entries(patch)) {
    const isDeletion = given.startsWith(deletePrefix);
    if (isDeletion && use === "combine") out[given] = value;
    else mergeField(out, isDeletion ? given.slice(deletePrefix.length) : given, value, isDeletion, schema, use);
  }
  return out;
}

function mergeField(out: Draft, key: string, value: Json, isDeletion: boolean, schema: Schema, use: Use): void {
  if (value === null) {
    delete out[key];
    if (use === "change") return;
  }
  const before = Object.hasOwn(out, key) ? out[key] : undefined;
  if (before === undefined || goType(before) !== goType(value)) {
    if (!isDeletion) putBare(out, key, value, use);
  } else if (isObject(value)) {
    const merged =
      strategyAt(schema, key) === "replace" ? value : mergeMap(asFields(before), value, schemaAt(schema, key), use);
    put(out, key, merged);
  } else if (Array.isArray(value)) {
    const rule = listRuleAt(schema, key);
    if (rule?.mergeKey === undefined && !isDeletion) out[key] = value;
    else out[key] = mergeList(before as readonly Json[], value, schemaAt(schema, key), rule, isDeletion, use);
  } else putBare(out, key, value, use);
}

/** Puts what was not there, without the directives in it and, in an object, without its nulls. */
function putBare(out: Draft, key: string, value: Json, use: Use): void {
  const bare = withoutDirectives(use === "change" ? withoutNulls(value) : value);
  if (bare === undefined) delete out[key];
  else put(out, key, bare);
}

function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  return fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== null)
      .map(([key, one]) => [key, withoutNulls(one)]),
  );
}

function withoutDirectives(value: Json): Json | undefined {
  if (Array.isArray(value)) return value.map(withoutDirectives).filter((one) => one !== undefined);
  if (!isObject(value)) return value;
  if (Object.hasOwn(value, "$patch")) return undefined;
  return fromEntries(
    Object.entries(value).flatMap(([key, one]) => {
      const kept = withoutDirectives(one);
      return kept === undefined ? [] : [[key, kept]];
    }),
  );
}

function fromEntries(entries: readonly (readonly [string, Json])[]): Fields {
  const out: Draft = {};
  for (const [key, value] of entries) put(out, key, value);
  return out;
}

function obeyRetainKeys(out: Draft, patch: Draft, use: Use): void {
  const retained = patch[retainKeys];
  if (retained === undefined) return;
  delete patch[retainKeys];
  if (use === "combine") {
    if (out[retainKeys] !== undefined && !sameJson(out[retainKeys], retained)) fail("directives-differ", retainKeys);
    out[retainKeys] = retained;
    return;
  }
  if (!Array.isArray(retained)) fail("retain-keys-lack-a-field", retainKeys);
  const names = retained as readonly Json[];
  for (const [key, value] of Object.entries(patch)) {
    if (value === null || key.startsWith(orderPrefix) || key.startsWith(deletePrefix)) continue;
    if (!names.includes(key)) fail("retain-keys-lack-a-field", key);
  }
  for (const key of Object.keys(out)) if (!names.includes(key)) delete out[key];
}

/** Lists that the patch gives an order: merged with it here, and taken out of the patch. */
function mergeOrderedLists(out: Draft, patch: Draft, schema: Schema, use: Use): void {
  for (const [directive, order] of Object.entries(patch)) {
    if (!directive.startsWith(orderPrefix)) continue;
    if (!Array.isArray(order)) fail("bad-element-order", directive);
    if (use === "combine") {
      if (out[directive] !== undefined && !sameJson(out[directive], order)) fail("directives-differ", directive);
      out[directive] = order;
    }
    delete patch[directive];
    const wanted = order as readonly Json[];
    const key = directive.slice(orderPrefix.length);
    const [before, given] = [listIn(out, key), listIn(patch, key)];
    const rule = listRuleAt(schema, key);
    const mergeKey = rule?.mergeKey ?? "";
    checkOrder(given ?? [], wanted, mergeKey, directive);
    if (before === undefined && given === undefined) continue;
    let merged = before ?? [];
    if (before === undefined) merged = (withoutDirectives(given ?? []) ?? []) as readonly Json[];
    else if (given !== undefined) {
      merged = rule?.mergeKey === undefined ? given : mergeList(before, given, schemaAt(schema, key), rule, false, use);
    }
    out[key] = arranged(merged, wanted, before ?? [], mergeKey);
    delete patch[key];
  }
}

function listIn(fields: Draft, key: string): readonly Json[] | undefined {
  const found = Object.hasOwn(fields, key) ? fields[key] : undefined;
  if (found === undefined) return undefined;
  return Array.isArray(found) ? found : fail("mixed-list", key);
}

/** The entries of a patch have to stand in the order that it asks for, deletions aside. */
function checkOrder(given: readonly Json[], order: readonly Json[], mergeKey: string, directive: string): void {
  const kept = given.filter((one) => !(isObject(one) && one["$patch"] === "delete"));
  if (order.length === 0 || kept.length === 0) return;
  let at = 0;
  for (const one of order) {
    if (at < kept.length && sameJson(keyOf(kept[at], mergeKey), keyOf(one, mergeKey))) at++;
  }
  if (at < kept.length) fail("bad-element-order", directive);
}

function mergeList(
  before: readonly Json[],
  given: readonly Json[],
  schema: Schema,
  rule: ListRule | undefined,
  isDeletion: boolean,
  use: Use,
): readonly Json[] {
  const types = new Set([...before, ...given].map(goType));
  if (types.size === 0) return before;
  if (types.size > 1) fail("mixed-list");
  if (!types.has("map")) {
    if (use === "change" && isDeletion) return before.filter((one) => !given.includes(one));
    return arranged(withoutRepeated([...before, ...given]), given, before, "");
  }
  const mergeKey = rule?.mergeKey ?? "";
  if (mergeKey === "") return fail("no-merge-key");
  const { rest, patch } = obeyEntryDirectives(before as readonly Fields[], given as readonly Fields[], mergeKey);
  const merged = [...rest];
  for (const one of patch) {
    if (!Object.hasOwn(one, mergeKey)) fail("no-merge-key", mergeKey);
    const at = merged.findIndex((entry) => Object.hasOwn(entry, mergeKey) && entry[mergeKey] === one[mergeKey]);
    if (at < 0) merged.push(one);
    else merged[at] = mergeMap(merged[at]!, one, entrySchema(schema), use);
  }
  return arranged(merged, patch, rest, mergeKey);
}

function withoutRepeated(list: readonly Json[]): Json[] {
  return [...new Set(list)];
}

/** Carries out `$patch: delete` and `replace` in the entries of a list. */
function obeyEntryDirectives(
  before: readonly Fields[],
  given: readonly Fields[],
  mergeKey: string,
): { rest: readonly Fields[]; patch: readonly Fields[] } {
  let rest = before;
  const patch: Fields[] = [];
  let isReplaced = false;
  for (const one of given) {
    const directive = one["$patch"];
    if (directive === undefined) patch.push(one);
    else if (directive === "replace") isReplaced = true;
    else if (directive === "delete") {
      if (!Object.hasOwn(one, mergeKey)) fail("no-merge-key", mergeKey);
      rest = rest.filter((entry) => entry[mergeKey] !== one[mergeKey]);
    } else fail("bad-directive", String(directive));
  }
  return isReplaced ? { rest: patch, patch: [] } : { rest, patch };
}
