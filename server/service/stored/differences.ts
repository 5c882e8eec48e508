/** What changes in meaning between two versions of a text: object by object, as the server would store them. */
import { isObject, type JsonObject } from "../../../simulator/api/json.ts";
import { message, type Words } from "../../messages/words.ts";
import { blockText } from "../../yaml/write.ts";
import { type Base, changesIn, keyOf } from "../base.ts";
import { checkSlice } from "../check.ts";
import type { Manifest } from "../manifest.ts";
import type { Subject } from "../subject.ts";
import { storedObject } from "./stored.ts";

export interface FieldChange {
  /** Entries of lists go by what they are called: `spec.containers[name=web].image`. */
  readonly path: string;
  /** Absent: it was not there, or is not any more. */
  readonly from?: unknown;
  readonly to?: unknown;
}

export interface ObjectDifference {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly is: "added" | "removed" | "changed";
  readonly changes: readonly FieldChange[];
  /** What the server says against the change. */
  readonly refused: readonly string[];
}

interface Pair {
  readonly before: Subject | undefined;
  readonly after: Subject | undefined;
}

/** The objects of both versions that differ in what is stored of them, those of the newer one first. */
export function differencesOf(manifest: Manifest, base: Base, words: Words): readonly ObjectDifference[] {
  const refused = refusals(manifest, base, words);
  return pairsOf(manifest, base).map(({ before, after }) => {
    const one = (after ?? before) as Subject;
    const is = before === undefined ? "added" : after === undefined ? "removed" : "changed";
    const changes = before && after ? changesBetween(stored(before), stored(after), "") : [];
    const { kind, namespace, name } = one;
    return { kind, namespace: namespace || "default", name, is, changes, refused: refused.get(keyOf(one)) ?? [] };
  });
}

/** Both versions of what differs as texts, in one style, so that a comparison of lines shows what changes in meaning. */
export function comparedTexts(manifest: Manifest, base: Base): { readonly before: string; readonly after: string } {
  const pairs = pairsOf(manifest, base);
  const text = (of: (pair: Pair) => Subject | undefined) =>
    pairs
      .flatMap((pair) => {
        const subject = of(pair);
        return subject === undefined ? [] : [`${blockText(inOrder(stored(subject)), true)}\n`];
      })
      .join("---\n");
  return { before: text(({ before }) => before), after: text(({ after }) => after) };
}

function pairsOf({ slices }: Manifest, base: Base): readonly Pair[] {
  const subjects = slices.flatMap((slice) => checkSlice(slice).subjects).filter(({ name }) => name !== "");
  const seen = new Set(subjects.map(keyOf));
  const pairs: Pair[] = subjects.map((after) => ({ before: base.objects.get(keyOf(after)), after }));
  for (const [key, before] of base.objects) if (!seen.has(key)) pairs.push({ before, after: undefined });
  return pairs.filter(
    ({ before, after }) =>
      before === undefined ||
      after === undefined ||
      JSON.stringify(inOrder(stored(before))) !== JSON.stringify(inOrder(stored(after))),
  );
}

/** As it is stored; what the server would not take as it is written. */
function stored(subject: Subject): unknown {
  return storedObject(subject) ?? subject.value;
}

function refusals({ slices }: Manifest, base: Base, words: Words): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const slice of slices) {
    const { subjects } = checkSlice(slice);
    for (const { problem, subject } of changesIn(slice, base).findings) {
      const one = subjects[subject];
      if (one === undefined || problem.severity !== "error") continue;
      found.set(keyOf(one), [...(found.get(keyOf(one)) ?? []), message(words, problem)]);
    }
  }
  return found;
}

/** Keys that tell the entries of a list apart, the first that all of them have. */
const identities = ["name", "containerPort", "port", "mountPath", "key", "ip", "topologyKey"];

function changesBetween(from: unknown, to: unknown, path: string): readonly FieldChange[] {
  if (JSON.stringify(inOrder(from)) === JSON.stringify(inOrder(to))) return [];
  if (isObject(from) && isObject(to)) {
    const [old, next] = [from as JsonObject, to as JsonObject];
    return [...new Set([...Object.keys(old), ...Object.keys(next)])].flatMap((key) =>
      changesBetween(
        old[key],
        next[key],
        path === "" ? key : /^[\w-]+$/.test(key) ? `${path}.${key}` : `${path}[${key}]`,
      ),
    );
  }
  if (Array.isArray(from) && Array.isArray(to)) {
    const by = identities.find((key) => [...from, ...to].every((one) => isObject(one) && Object.hasOwn(one, key)));
    if (by !== undefined) {
      const named = (list: readonly unknown[]) => new Map(list.map((one) => [String((one as JsonObject)[by]), one]));
      const [old, next] = [named(from), named(to)];
      return [...new Set([...old.keys(), ...next.keys()])].flatMap((name) =>
        changesBetween(old.get(name), next.get(name), `${path}[${by}=${name}]`),
      );
    }
  }
  return [{ path, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }];
}

/** Keys in the order in which people write them, then by the alphabet: the order in a text means nothing. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isObject(value)) return value;
  const keys = Object.keys(value).sort((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1));
  return Object.fromEntries(keys.map((key) => [key, inOrder((value as JsonObject)[key])]));
}

const first = ["apiVersion", "kind", "metadata", "name", "image"];

function rank(key: string): number {
  const at = first.indexOf(key);
  return at < 0 ? first.length : at;
}
