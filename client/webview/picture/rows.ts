/** The rows of the picture: who they are and whose lives they draw, by kind. What they show at a time is asked of the lives. */
import { attemptsOf } from "../../../simulator/insight/job-run.ts";
import type { Life } from "../../../simulator/insight/lives.ts";
import type { Trace } from "../../../simulator/trace.ts";
import type { WorkloadName } from "../../../simulator/view.ts";

/** A revision and its pods. */
export interface Group {
  readonly key: string;
  /** Number of the revision; null where revisions have none. */
  readonly revision: number | null;
  readonly isNew: boolean;
  readonly images: readonly string[];
  /** `web-7c75d9c49c`; empty for what has no ReplicaSet. */
  readonly maker: string;
  readonly lives: readonly Life[];
}

/** How the pods of a group are drawn: with names, thin, thinner, or as one strip of counts. */
export type Density = "rows" | "dense" | "hair" | "strip";

/** Up to 12 pods have rows with names, up to 20 thin ones, up to 40 thinner ones; more are one strip. */
export function densityOf(pods: number): Density {
  if (pods <= 12) return "rows";
  if (pods <= 20) return "dense";
  return pods <= 40 ? "hair" : "strip";
}

/** The pods of a Deployment or ReplicaSet by revision, the newest first; in a group by creation, then end. */
export function groupsOf(
  trace: Trace,
  { kind, namespace, name }: WorkloadName,
  lives: readonly Life[],
  newest: string,
): readonly Group[] {
  const made = new Map<string, { revision: number | null; images: readonly string[]; hash: string }>();
  for (const entry of trace.entries) {
    if (entry.type !== "object" || entry.kind !== "ReplicaSet" || entry.state === null || entry.namespace !== namespace)
      continue;
    const { owner, revision, images, hash } = entry.state;
    const isMine = kind === "ReplicaSet" ? entry.name === name : owner === `${kind}/${name}`;
    if (isMine) made.set(entry.name, { revision: revision === "" ? null : Number(revision), images, hash });
  }
  const order = (a: Life, b: Life) => a.created - b.created || a.gone - b.gone;
  return [...made]
    .map(([maker, { revision, images, hash }]): Group => {
      const mine = lives.filter(({ owner }) => owner === `ReplicaSet/${maker}`).sort(order);
      const isNew = hash === newest || mine.some((life) => life.revision === newest);
      return { key: maker, revision, isNew, images, maker, lives: mine };
    })
    .filter((group) => group.lives.length > 0)
    .sort((a, b) => Number(b.isNew) - Number(a.isNew) || (b.revision ?? 0) - (a.revision ?? 0));
}

/** A row with one or several lives, one after the other. */
export interface Row {
  readonly key: string;
  /** Ordinal, completion index or slot; null for a node's row. */
  readonly index: number | null;
  readonly name: string;
  readonly lives: readonly Life[];
}

/** A row for each ordinal, the highest above: updates run down, creation climbs up. */
export function ordinalRows(lives: readonly Life[]): readonly Row[] {
  const byOrdinal = groupBy(lives, ({ index }) => index ?? 0);
  return [...byOrdinal]
    .sort(([a], [b]) => b - a)
    .map(([index, mine]) => ({ key: String(index), index, name: mine[0]!.name, lives: mine }));
}

/** A row for each node that there is at some time, with the pods that were on it; nodes in the order of the cluster. */
export function nodeRows(trace: Trace, lives: readonly Life[]): readonly Row[] {
  const nodes = new Set<string>();
  for (const entry of trace.entries)
    if (entry.type === "object" && entry.kind === "Node" && entry.state) nodes.add(entry.name);
  const byNode = groupBy(lives, ({ node }) => node);
  const rows = [...nodes].map((name) => ({ key: name, index: null, name, lives: byNode.get(name) ?? [] }));
  const homeless = byNode.get("");
  return homeless ? [...rows, { key: "", index: null, name: "", lives: homeless }] : rows;
}

/** A row for each completion index, or for each slot of parallelism. */
export function attemptRows(lives: readonly Life[], indexed: boolean): readonly Row[] {
  return attemptsOf(lives, indexed).map(({ index, lives: mine }) => ({
    key: String(index),
    index,
    name: "",
    lives: mine,
  }));
}

/** The life of a row that counts at a time: the one that is, else the last before, else the first to come. */
export function currentLife(lives: readonly Life[], time: number): Life | undefined {
  return (
    lives.findLast(({ created, gone }) => created <= time && time < gone) ??
    lives.findLast(({ created }) => created <= time) ??
    lives[0]
  );
}

function groupBy<T, K>(list: readonly T[], keyOf: (one: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const one of list) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return groups;
}
