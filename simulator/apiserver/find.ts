/** Finding live objects by what a request concerns. */
import { type KindRow, resourcePlural } from "../api/kind.ts";
import type { Kind, LiveObject } from "../cluster/objects.ts";
import type { Place, Surroundings } from "./types.ts";

/** The live object at a place; undefined when there is none. */
export function liveAt({ row, namespace, name }: Place, { store }: Surroundings): LiveObject | undefined {
  const space = row.namespaced ? namespace : "";
  if (row.is === "simulated") return store.get(row.kind as Kind, space, name) as LiveObject | undefined;
  return store.getStored(resourcePlural(row), space, name);
}

/** All live objects of a kind, in the order of their creation. */
export function liveOf(row: KindRow, { store }: Surroundings): Iterable<LiveObject> {
  if (row.is === "simulated") return store.all(row.kind as Kind) as Iterable<LiveObject>;
  return store.allStored(resourcePlural(row));
}

const onNode = /^spec\.nodeName==?([^,!=]+)$/;

/** The live objects among which those are that a list asks for: what is on a node need not be looked for everywhere. */
export function candidates(row: KindRow, fieldSelector: string, server: Surroundings): Iterable<LiveObject> {
  const node = row.kind === "Pod" ? onNode.exec(fieldSelector)?.[1] : undefined;
  return node === undefined ? liveOf(row, server) : server.store.podsOnNode(node);
}
