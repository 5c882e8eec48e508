/**
 * The patch that `kubectl apply` sends: the difference from the live object to the new text, and the deletions from the
 * text that was applied last. Models apimachinery/pkg/util/strategicpatch (CreateThreeWayMergePatch).
 */
import { sameJson } from "../equality.ts";
import { isObject } from "../json.ts";
import type { Json } from "../objects.ts";
import { inOrderOf, keyOf, sortedByKey, sortedScalars } from "./order.ts";
import { entrySchema, listRuleAt, type Schema, schemaAt, schemaOf, strategyAt } from "./schema.ts";
import { combined, deletePrefix, orderPrefix, retainKeys } from "./strategic.ts";
import { attempt, type Draft, type Fields, fail, goType, type Patched, put } from "./values.ts";

/** `changes`: what is added and changed. `deletions`: only what is gone. */
type Part = "changes" | "deletions";

/** The three-way strategic merge patch for an object of the type; a list entry without its merge key is a problem. */
export function threeWayStrategicPatch(
  lastApplied: Fields,
  next: Fields,
  live: Fields,
  type: string | undefined,
): Patched {
  return attempt(() => {
    const schema = schemaOf(type);
    const changes = diffMaps(live, next, schema, "changes", false);
    const deletions = diffMaps(lastApplied, next, schema, "deletions", false);
    return combined(deletions, changes, schema);
  });
}

function diffMaps(before: Fields, next: Fields, schema: Schema, part: Part, isRetained: boolean): Fields {
  const patch: Draft = {};
  for (const [key, value] of Object.entries(next)) {
    const old = Object.hasOwn(before, key) ? before[key] : undefined;
    if (old === undefined || goType(old) !== goType(value)) {
      if (part === "changes") put(patch, key, value);
    } else if (isObject(value)) diffMap(patch, key, old as Fields, value, schema, part);
    else if (Array.isArray(value)) diffList(patch, key, old as readonly Json[], value, schema, part);
    else if (part === "changes" && old !== value) patch[key] = value;
  }
  const gone = Object.keys(before).filter((key) => !Object.hasOwn(next, key));
  if (part === "deletions") for (const key of gone) put(patch, key, null);
  const named = isRetained ? Object.keys(next).filter((key) => next[key] !== null) : [];
  if (named.length > 0 && (Object.keys(patch).length > 0 || gone.length > 0)) patch[retainKeys] = sortedScalars(named);
  return patch;
}

function diffMap(patch: Draft, key: string, old: Fields, next: Fields, schema: Schema, part: Part): void {
  const strategy = strategyAt(schema, key);
  if (strategy === "replace") {
    if (part === "changes") patch[key] = next;
    return;
  }
  const inner = diffMaps(old, next, schemaAt(schema, key), part, strategy === "retainKeys");
  if (Object.keys(inner).length > 0) put(patch, key, inner);
}

function diffList(
  patch: Draft,
  key: string,
  old: readonly Json[],
  next: readonly Json[],
  schema: Schema,
  part: Part,
): void {
  const rule = listRuleAt(schema, key);
  if (rule?.mergeKey === undefined) {
    if (part === "changes" && !sameJson(old, next)) patch[key] = next;
    return;
  }
  if (old.length === 0) {
    if (next.length > 0 && part === "changes") patch[key] = next;
    return;
  }
  const types = new Set([...old, ...next].map(goType));
  if (types.size > 1) fail("mixed-list", key);
  if (types.has("map")) diffEntryList(patch, key, old, next, schema, part, rule.mergeKey, rule.retainKeys === true);
  else diffScalars(patch, key, old, next, part);
}

function diffEntryList(
  patch: Draft,
  key: string,
  old: readonly Json[],
  next: readonly Json[],
  schema: Schema,
  part: Part,
  mergeKey: string,
  isRetained: boolean,
): void {
  const { changed, deleted } = diffEntries(old, next, mergeKey, entrySchema(schemaAt(schema, key)), part, isRetained);
  const list = [...inOrderOf(changed, next, mergeKey), ...deleted];
  const isOrderSame =
    old.length === next.length && old.every((one, at) => keyOf(one, mergeKey) === keyOf(next[at], mergeKey));
  if (list.length > 0 || (part === "changes" && !isOrderSame)) {
    const order = next.map((one) => ({ [mergeKey]: keyOf(one, mergeKey) ?? null }));
    if (order.length > 0) patch[`${orderPrefix}${key}`] = order;
  }
  if (list.length > 0) patch[key] = list;
}

function diffScalars(patch: Draft, key: string, old: readonly Json[], next: readonly Json[], part: Part): void {
  const added = part === "changes" ? next.filter((one) => !old.includes(one)) : [];
  const deleted = part === "deletions" ? [...new Set(old.filter((one) => !next.includes(one)))] : [];
  if (added.length > 0) patch[key] = added;
  if (deleted.length > 0) patch[`${deletePrefix}${key}`] = deleted;
  const hasChanged = part === "changes" ? !sameJson(old, next) : deleted.length > 0;
  if (hasChanged && next.length > 0) patch[`${orderPrefix}${key}`] = next;
}

/** Both lists are walked in the order of their keys as texts, so of repeated keys the n-th meets the n-th. */
function diffEntries(
  old: readonly Json[],
  next: readonly Json[],
  mergeKey: string,
  schema: Schema,
  part: Part,
  isRetained: boolean,
): { changed: Fields[]; deleted: Fields[] } {
  const [before, after] = [sortedByKey(old, mergeKey), sortedByKey(next, mergeKey)];
  const changed: Fields[] = [];
  const deleted: Fields[] = [];
  let [at, to] = [0, 0];
  while (at < before.length || to < after.length) {
    const [one, other] = [before[at], after[to]];
    const [left, right] = [String(one?.[mergeKey]), String(other?.[mergeKey])];
    if (one && other && left === right) {
      const inner = diffMaps(one, other, schema, part, isRetained);
      if (Object.keys(inner).length > 0) changed.push({ ...inner, [mergeKey]: other[mergeKey] ?? null });
      at++;
      to++;
    } else if (other && (!one || left > right)) {
      if (part === "changes") changed.push(other);
      to++;
    } else if (one) {
      if (part === "deletions") deleted.push({ [mergeKey]: one[mergeKey] ?? null, $patch: "delete" });
      at++;
    }
  }
  return { changed, deleted };
}
