/** Objects around an object: those of its file and of the workspace, found by name and by label without a scan. */
import type { Facts } from "../service/facts.ts";

export interface Neighbourhood {
  /** Everything of a kind and name in a namespace. */
  readonly named: (kind: string, namespace: string, name: string) => readonly Facts[];
  /** Makers of pods in the namespace whose pods carry the label. */
  readonly labelled: (namespace: string, key: string, value: string) => readonly Facts[];
  readonly services: (namespace: string) => readonly Facts[];
  /** Makers of pods in the file and the namespace of an object. */
  readonly makersBeside: (one: Facts) => readonly Facts[];
  /** Whether two facts are of the same file. */
  readonly together: (one: Facts, other: Facts) => boolean;
}

/** Objects by what they are asked for by. Files are added to it and taken from it one by one. */
export interface Index {
  readonly names: Map<string, Facts[]>;
  readonly labels: Map<string, Facts[]>;
  readonly services: Map<string, Facts[]>;
}

/** An index as it is at one time: another value each time that it has become other. */
export interface Beyond {
  readonly index: Index;
}

const none: readonly Facts[] = [];

/** An index of no files. */
export function emptyIndex(): Index {
  return { names: new Map(), labels: new Map(), services: new Map() };
}

/** Adds the objects of a file, behind those of the others. */
export function addFile(index: Index, file: readonly Facts[]): void {
  for (const facts of file) {
    for (const [map, key] of keysOf(index, facts)) {
      const list = map.get(key);
      if (list) list.push(facts);
      else map.set(key, [facts]);
    }
  }
}

/** Takes the objects of a file away; harmless for those that are not there. */
export function removeFile(index: Index, file: readonly Facts[]): void {
  for (const facts of file) {
    for (const [map, key] of keysOf(index, facts)) {
      const left = (map.get(key) ?? none).filter((one) => one !== facts);
      if (left.length === 0) map.delete(key);
      else map.set(key, left);
    }
  }
}

function keysOf({ names, labels, services }: Index, facts: Facts): [Map<string, Facts[]>, string][] {
  const { kind, namespace, name, pods, service } = facts;
  const keys: ReturnType<typeof keysOf> = [[names, `${kind}/${namespace}/${name}`]];
  if (service !== null) keys.push([services, namespace]);
  for (const key in pods?.labels) keys.push([labels, `${namespace}/${key}=${pods.labels[key]}`]);
  return keys;
}

/** What is found in files of facts, and beyond them. Making it takes one pass over the files. */
export function neighbourhood(files: readonly (readonly Facts[])[], beyond?: Beyond): Neighbourhood {
  const near = emptyIndex();
  const home = new Map<Facts, readonly Facts[]>();
  for (const file of files) {
    addFile(near, file);
    for (const facts of file) home.set(facts, file);
  }
  const find = (map: keyof Index, key: string): readonly Facts[] => {
    const here = near[map].get(key) ?? none;
    const there = beyond?.index[map].get(key);
    return there === undefined ? here : here.length === 0 ? there : [...here, ...there];
  };
  const makers = new Map<readonly Facts[], Map<string, Facts[]>>();
  const makersBeside = (one: Facts): readonly Facts[] => {
    const file = home.get(one) ?? none;
    let known = makers.get(file);
    if (known === undefined) {
      known = new Map<string, Facts[]>();
      for (const maker of file) {
        if (maker.pods === null) continue;
        const list = known.get(maker.namespace);
        if (list) list.push(maker);
        else known.set(maker.namespace, [maker]);
      }
      makers.set(file, known);
    }
    return known.get(one.namespace) ?? none;
  };
  return {
    makersBeside,
    named: (kind, namespace, name) => find("names", `${kind}/${namespace}/${name}`),
    labelled: (namespace, key, value) => find("labels", `${namespace}/${key}=${value}`),
    services: (namespace) => find("services", namespace),
    together: (one, other) => home.has(one) && home.get(one) === home.get(other),
  };
}

/** The makers of pods that a Service selects. */
export function selectedBy({ selector, namespace }: Facts, around: Neighbourhood): readonly Facts[] {
  const wanted = Object.entries(selector ?? {});
  const [first] = wanted;
  if (first === undefined) return none;
  return around
    .labelled(namespace, first[0], String(first[1]))
    .filter((maker) => wanted.every(([key, value]) => maker.pods?.labels[key] === value));
}
