/** Objects around an object: those of its file and of the workspace, found by name and by label without a scan. */
import type { Facts } from "../service/facts.ts";

export interface Neighbourhood {
  /** Everything of a kind and name in a namespace. */
  readonly named: (kind: string, namespace: string, name: string) => readonly Facts[];
  /** Makers of pods in the namespace whose pods carry the label. */
  readonly labelled: (namespace: string, key: string, value: string) => readonly Facts[];
  readonly services: (namespace: string) => readonly Facts[];
  /** Whether two facts are of the same file. */
  readonly together: (one: Facts, other: Facts) => boolean;
}

const none: readonly Facts[] = [];

/** An index over files of facts, and what is found in those beyond them. Building it takes one pass over the files. */
export function neighbourhood(files: readonly (readonly Facts[])[], beyond?: Neighbourhood): Neighbourhood {
  const names = new Map<string, Facts[]>();
  const labels = new Map<string, Facts[]>();
  const services = new Map<string, Facts[]>();
  const home = new Map<Facts, readonly Facts[]>();
  for (const file of files) {
    for (const facts of file) {
      home.set(facts, file);
      add(names, `${facts.kind}/${facts.namespace}/${facts.name}`, facts);
      if (facts.service !== null) add(services, facts.namespace, facts);
      for (const key in facts.pods?.labels) add(labels, `${facts.namespace}/${key}=${facts.pods.labels[key]}`, facts);
    }
  }
  const both = (near: readonly Facts[] = none, far: readonly Facts[] = none) =>
    far.length === 0 ? near : near.length === 0 ? far : [...near, ...far];
  return {
    named: (kind, namespace, name) =>
      both(names.get(`${kind}/${namespace}/${name}`), beyond?.named(kind, namespace, name)),
    labelled: (namespace, key, value) =>
      both(labels.get(`${namespace}/${key}=${value}`), beyond?.labelled(namespace, key, value)),
    services: (namespace) => both(services.get(namespace), beyond?.services(namespace)),
    together: (one, other) => home.has(one) && home.get(one) === home.get(other),
  };
}

function add(map: Map<string, Facts[]>, key: string, facts: Facts): void {
  const list = map.get(key);
  if (list) list.push(facts);
  else map.set(key, [facts]);
}
