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

/** An index over files of facts. Building it takes one pass. */
export function neighbourhood(files: readonly (readonly Facts[])[]): Neighbourhood {
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
  return {
    named: (kind, namespace, name) => names.get(`${kind}/${namespace}/${name}`) ?? none,
    labelled: (namespace, key, value) => labels.get(`${namespace}/${key}=${value}`) ?? none,
    services: (namespace) => services.get(namespace) ?? none,
    together: (one, other) => home.get(one) === home.get(other),
  };
}

function add(map: Map<string, Facts[]>, key: string, facts: Facts): void {
  const list = map.get(key);
  if (list) list.push(facts);
  else map.set(key, [facts]);
}
