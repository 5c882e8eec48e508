/** What differs between two states of an object, in the few words that fit in a line. */
import type { ManifestObject } from "../../../simulator/api/objects.ts";
import type { WorkloadName } from "../../../simulator/view.ts";
import { say } from "../messages/words.ts";

/** Differences that are told; the rest is counted. */
const most = 2;

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

interface Difference {
  readonly path: string;
  readonly from: unknown;
  readonly to: unknown;
}

/** Entries of a list are told apart by their name, where all have one. */
function named(list: readonly unknown[]): Fields | null {
  const names = list.map((one) => (isFields(one) && typeof one["name"] === "string" ? one["name"] : null));
  return names.includes(null) ? null : Object.fromEntries(list.map((one, index) => [names[index]!, one]));
}

function* walk(from: unknown, to: unknown, path: readonly string[]): Generator<Difference> {
  if (JSON.stringify(from) === JSON.stringify(to)) return;
  const [a, b] = [from, to].map((value) => (Array.isArray(value) ? (named(value) ?? value) : value));
  if (isFields(a) && isFields(b)) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) yield* walk(a[key], b[key], [...path, key]);
    return;
  }
  yield { path: path.at(-1) ?? "", from, to };
}

const short = (value: unknown): string => {
  const text = typeof value === "object" ? "" : String(value);
  return text.length > 28 ? `…${text.slice(-27)}` : text;
};

/** `image nginx:1.27 → nginx:1.28`, `replicas 3 → 5`; values are marked as code. */
export function differences(
  before: readonly ManifestObject[],
  after: readonly ManifestObject[],
  name: WorkloadName | null,
): readonly string[] {
  const find = (list: readonly ManifestObject[]) =>
    list.find(
      ({ kind, metadata }) =>
        kind === name?.kind && metadata.name === name.name && (metadata.namespace ?? "default") === name.namespace,
    );
  const [old, now] = [find(before), find(after)];
  if (!old || !now) return [];
  const found = [...walk(old.spec, now.spec, [])];
  const told = found.slice(0, most).map(({ path, from, to }) => {
    const [a, b] = [short(from), short(to)];
    if (from === undefined) return say("added", { field: path });
    if (to === undefined) return say("removed", { field: path });
    return a === "" || b === "" ? path : `${path} \`${a}\` → \`${b}\``;
  });
  return found.length > most ? [...told, say("andMore", { n: found.length - most })] : told;
}
