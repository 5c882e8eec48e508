/** Names of the recordings for objects whose own names are partly generated: `web#1`, `web#1-2`, `work-1`, `db-0 (2)`. */
import { controllerOf, type LiveObject, type Pod } from "../../../simulator/cluster/objects.ts";

export interface Names {
  /** Gives a new object its name. */
  introduce(object: LiveObject): void;
  of(object: LiveObject): string;
  /** The pod that is called so. */
  pod(name: string): Pod | undefined;
}

export function createNames(): Names {
  const names = new Map<string, string>();
  const counts = new Map<string, number>();
  const pods = new Map<string, Pod>();

  function next(base: string): number {
    const number = (counts.get(base) ?? 0) + 1;
    counts.set(base, number);
    return number;
  }

  function nameFor(object: LiveObject): string {
    const owner = controllerOf(object);
    const base = owner && (names.get(owner.uid) ?? owner.name);
    if (object.kind === "ReplicaSet" && base !== undefined) return `${base}#${next(`${base}#`)}`;
    if (object.kind !== "Pod") return object.name;
    if (base !== undefined && owner?.kind !== "StatefulSet") return `${base}-${next(`${base}-`)}`;
    const number = next(`pod ${object.name}`);
    return number === 1 ? object.name : `${object.name} (${number})`;
  }

  return {
    introduce(object) {
      const name = nameFor(object);
      names.set(object.uid, name);
      if (object.kind === "Pod") pods.set(name, object);
    },
    of: (object) => names.get(object.uid) ?? object.name,
    pod: (name) => pods.get(name),
  };
}
