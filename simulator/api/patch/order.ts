/**
 * The order of merged lists, as Go's sorting leaves it, repeated keys included.
 * Models apimachinery/pkg/util/strategicpatch (normalizeElementOrder, mergeSortedSlice, sortMapsBasedOnField).
 */
import { isObject } from "../json.ts";
import type { Json } from "../objects.ts";
import { type Fields, fail } from "./values.ts";

/** The value by which an entry is found: that of the merge key, or the scalar itself when the key is `""`. */
export function keyOf(entry: Json | undefined, mergeKey: string): Json | undefined {
  if (mergeKey === "") return entry;
  return isObject(entry) ? entry[mergeKey] : undefined;
}

function indexIn(list: readonly Json[], entry: Json | undefined, mergeKey: string): number {
  const key = keyOf(entry, mergeKey);
  return list.findIndex((one) => keyOf(one, mergeKey) === key);
}

/** Go's insertion sort, which short lists are sorted by; `less` need not be a proper order. */
function insertionSort<T>(list: T[], less: (a: T, b: T) => boolean): void {
  for (let end = 1; end < list.length; end++) {
    for (let at = end; at > 0 && less(list[at]!, list[at - 1]!); at--) {
      [list[at], list[at - 1]] = [list[at - 1]!, list[at]!];
    }
  }
}

const text = (value: Json | undefined) => (value === undefined || value === null ? "<nil>" : String(value));

/** Entries by the text of their merge key; equal ones end up the other way round, as in Go. */
export function sortedByKey(list: readonly Json[], mergeKey: string): Fields[] {
  const entries = list.map((one) => {
    if (!isObject(one)) return fail("not-a-map", mergeKey);
    if (!Object.hasOwn(one, mergeKey)) return fail("no-merge-key", mergeKey);
    return one;
  });
  insertionSort(entries, (a, b) => text(a[mergeKey]) <= text(b[mergeKey]));
  return entries;
}

/** Scalars by their text. */
export function sortedScalars(list: readonly Json[]): Json[] {
  const out = [...list];
  insertionSort(out, (a, b) => text(a) <= text(b));
  return out;
}

/** A list in the order of another one; entries with `$patch: delete` go last. */
export function inOrderOf(list: readonly Json[], order: readonly Json[], mergeKey: string): Json[] {
  if (mergeKey !== "") for (const one of [...list, ...order]) requireKey(one, mergeKey);
  const isDeletion = (one: Json) => mergeKey !== "" && isObject(one) && one["$patch"] === "delete";
  const kept = list.filter((one) => !isDeletion(one));
  insertionSort(kept, (a, b) => {
    const [left, right] = [indexIn(order, a, mergeKey), indexIn(order, b, mergeKey)];
    return left < 0 || right < 0 || left < right;
  });
  return [...kept, ...list.filter(isDeletion)];
}

function requireKey(entry: Json, mergeKey: string): void {
  if (!isObject(entry)) fail("not-a-map", mergeKey);
  else if (!Object.hasOwn(entry, mergeKey)) fail("no-merge-key", mergeKey);
}

/**
 * The entries of a merged list that `patched` names in its order, with those that only the server has between them
 * where the order of the server's list allows.
 */
export function arranged(
  merged: readonly Json[],
  patched: readonly Json[],
  server: readonly Json[],
  mergeKey: string,
): Json[] {
  if (mergeKey !== "") for (const one of merged) requireKey(one, mergeKey);
  const isPatched = (one: Json) => indexIn(patched, one, mergeKey) >= 0;
  const right = inOrderOf(merged.filter(isPatched), patched, mergeKey);
  const left = inOrderOf(
    merged.filter((one) => !isPatched(one)),
    server,
    mergeKey,
  );
  const out: Json[] = [];
  let [at, to] = [0, 0];
  while (at < left.length || to < right.length) {
    if (at >= left.length) out.push(right[to++]!);
    else if (to >= right.length) out.push(left[at++]!);
    else {
      const [one, other] = [indexIn(server, left[at], mergeKey), indexIn(server, right[to], mergeKey)];
      if (one >= 0 && other >= 0 && one < other) out.push(left[at++]!);
      else out.push(right[to++]!);
    }
  }
  return out;
}
