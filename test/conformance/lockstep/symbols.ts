/** Stable names for generated ones: `web#1` for the first ReplicaSet of `web`, `web#1-*` for its pods. */
import { controllerOf, type LiveObject } from "../../../simulator/cluster/objects.ts";

export const namespace = "lockstep";

export interface Symbols {
  /** Hears of every new object, in the order of creation. */
  introduce(object: LiveObject): void;
  /** The symbol of a ReplicaSet, ControllerRevision or Job; the name itself when it was not generated. */
  of(kind: string, name: string): string;
  /** Whether the pod was created under its own name by a person. */
  isNamed(pod: string): boolean;
  /** A message with generated names replaced. */
  inText(text: string): string;
}

const symbolKinds = new Set(["ReplicaSet", "ControllerRevision", "Job"]);

export function createSymbols(): Symbols {
  const symbols = new Map<string, string>();
  const used = new Map<string, number>();
  const texts = new Map<string, string>([[namespace, "NS"]]);
  const named = new Set<string>();

  function introduce(object: LiveObject): void {
    const owner = controllerOf(object);
    const key = `${object.kind}/${object.name}`;
    if (symbolKinds.has(object.kind)) {
      if (!owner || symbols.has(key)) return;
      const family = `${object.kind}/${owner.name}`;
      const number = (used.get(family) ?? 0) + 1;
      used.set(family, number);
      symbols.set(key, `${owner.name}#${number}`);
      texts.set(object.name, `${owner.name}#${number}`);
    } else if (object.kind === "Pod") {
      if (!owner) named.add(object.name);
      else if (owner.kind !== "StatefulSet") {
        const base = object.name.slice(0, object.name.lastIndexOf("-"));
        texts.set(object.name, `${of(owner.kind, owner.name)}${base.slice(owner.name.length)}-*`);
      }
    }
  }

  function of(kind: string, name: string): string {
    return symbols.get(`${kind}/${name}`) ?? name;
  }

  return {
    introduce,
    of,
    isNamed: (pod) => named.has(pod),
    inText: (text) => text.replace(/[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?/g, (word) => texts.get(word) ?? word),
  };
}
