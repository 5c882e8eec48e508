/**
 * The changes of a cluster as a sequence that can be read from any version, as long as it is kept. Models
 * apiserver/pkg/storage/cacher. Only who wants to watch has one made; what is kept of a change are the values at that moment, and
 * API objects are made of them on reading.
 */
import { type KindRow, resourcePlural } from "../api/kind.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { LiveObject } from "../cluster/objects.ts";
import type { Change } from "../cluster/store.ts";
import { objectOut } from "./out/object.ts";
import { type ListOptions, list, testsOf, tooOld } from "./read.ts";
import { type Answer, type ApiObject, type ApiServer, done, type Place, refused } from "./types.ts";

export interface WatchEvent {
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  readonly object: ApiObject;
}

interface Entry {
  readonly type: Change["type"];
  /** As it was after the change; of a deleted object, as it went. */
  readonly object: LiveObject;
  /** What the change replaced. */
  readonly previous: Partial<LiveObject>;
}

export interface ChangeLog {
  /** The version before the oldest change that is kept. */
  oldest(): number;
  /** The changes after a version, the oldest first. */
  after(version: number): readonly Entry[];
  /** Calls `listener` after every change, until the given function is called. */
  onChange(listener: () => void): () => void;
  /** Keeps no more. */
  stop(): void;
}

const usualCapacity = 100_000;
const nothing: Partial<LiveObject> = {};

/** A log of the changes from now on; the oldest ones are dropped when it holds more than `capacity`. */
export function createChangeLog(cluster: Cluster, capacity: number = usualCapacity): ChangeLog {
  let entries: Entry[] = [];
  let oldest = cluster.store.version();
  const listeners = new Set<() => void>();
  const stop = cluster.watch((change) => {
    const previous = change.type === "modified" ? change.previous : nothing;
    entries.push({ type: change.type, object: { ...change.object }, previous });
    if (entries.length > capacity) {
      // By halves, so that what is moved is moved seldom.
      const kept = entries.slice(-Math.ceil(capacity / 2));
      oldest = entries[entries.length - kept.length - 1]!.object.version;
      entries = kept;
    }
    for (const listener of listeners) listener();
  });
  return {
    oldest: () => oldest,
    after(version) {
      let low = 0;
      let high = entries.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (entries[middle]!.object.version <= version) low = middle + 1;
        else high = middle;
      }
      return entries.slice(low);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop,
  };
}

/** Whether a live object is of the kind of a row. */
function isOf(object: LiveObject, row: KindRow): boolean {
  return object.kind === "Stored" ? object.resource === resourcePlural(row) : object.kind === row.kind;
}

/** What a watch has seen, and the version from which it goes on. */
export interface Watched {
  readonly events: readonly WatchEvent[];
  readonly version: number;
}

/**
 * The changes of the objects at a place since a version; without one, the objects that there are as if they had just been
 * added. With selectors an object comes when it begins to match and goes when it no longer does.
 */
export function watch(
  server: ApiServer,
  log: ChangeLog,
  place: Place,
  version: number | undefined,
  options: ListOptions = {},
): Answer<Watched> {
  if (version === undefined) {
    const all = list(server, place, options);
    if (!all.ok) return all;
    const events = all.object.items.map((object): WatchEvent => ({ type: "ADDED", object }));
    return done({ events, version: server.store.version() });
  }
  const tests = testsOf(place, options);
  if (!tests.ok) return tests;
  if (version < log.oldest()) return refused(tooOld(version, log.oldest()));
  const { row, namespace, name } = place;
  const passes = (object: ApiObject) => tests.object.every((test) => test(object));
  const events: WatchEvent[] = [];
  for (const { type, object, previous } of log.after(version)) {
    const isMeant =
      isOf(object, row) &&
      (namespace === "" || object.namespace === namespace) &&
      (name === "" || object.name === name);
    if (!isMeant) continue;
    const now = objectOut(object, server);
    const is = type !== "deleted" && passes(now);
    const was =
      type === "deleted"
        ? passes(now)
        : type === "modified" && passes(objectOut({ ...object, ...previous } as LiveObject, server));
    if (is || was) events.push({ type: is ? (was ? "MODIFIED" : "ADDED") : "DELETED", object: now });
  }
  return done({ events, version: server.store.version() });
}
