/** JSON merge patches (RFC 7386). Models evanphx/json-patch as the server uses it and apimachinery/pkg/util/jsonmergepatch. */

import { sameJson } from "../equality.ts";
import { isObject } from "../json.ts";
import type { Json } from "../objects.ts";
import { attempt, type Draft, type Fields, fail, type Patched, put } from "./values.ts";

/** The value with the patch laid over it: null removes a field, everything but a map replaces what was there. */
export function jsonMergePatch(value: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const out: Draft = isObject(value) ? { ...value } : {};
  for (const [key, one] of Object.entries(patch)) {
    if (one === null) delete out[key];
    else put(out, key, jsonMergePatch(Object.hasOwn(out, key) ? out[key] : undefined, one));
  }
  return out;
}

/** The three-way merge patch that `kubectl apply` sends for kinds that the table of fields does not know. */
export function threeWayJsonMergePatch(lastApplied: Fields, next: Fields, live: Fields): Patched {
  return attempt(() => {
    const changes = part(difference(live, next), false);
    const deletions = part(difference(lastApplied, next), true);
    if (conflict(changes, deletions)) fail("directives-differ");
    return overlay(deletions, changes);
  });
}

function difference(before: Fields, next: Fields): Fields {
  const patch: Draft = {};
  for (const [key, value] of Object.entries(next)) {
    const old = Object.hasOwn(before, key) ? before[key] : undefined;
    if (isObject(old) && isObject(value)) {
      const inner = difference(old, value);
      if (Object.keys(inner).length > 0) put(patch, key, inner);
    } else if (!sameJson(old, value)) put(patch, key, value);
  }
  for (const key of Object.keys(before)) if (!Object.hasOwn(next, key)) put(patch, key, null);
  return patch;
}

/** The deletions of a patch, or everything else in it. */
function part(patch: Fields, deletions: boolean): Fields {
  const out: Draft = {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) {
      if (deletions) put(out, key, null);
    } else if (isObject(value) && Object.keys(value).length > 0) {
      const inner = part(value, deletions);
      if (Object.keys(inner).length > 0) put(out, key, inner);
    } else if (!deletions) put(out, key, value);
  }
  return out;
}

function conflict(left: Json | undefined, right: Json | undefined): boolean {
  if (!isObject(left) || !isObject(right)) return !sameJson(left, right);
  return Object.keys(left).some((key) => Object.hasOwn(right, key) && conflict(left[key], right[key]));
}

/** Both patches as one; nulls are kept. */
function overlay(first: Fields, second: Fields): Fields {
  const out: Draft = { ...first };
  for (const [key, value] of Object.entries(second)) {
    const old = Object.hasOwn(out, key) ? out[key] : undefined;
    put(out, key, isObject(old) && isObject(value) ? overlay(old, value) : value);
  }
  return out;
}
