/**
 * Pods by name. Nearly all names are generated, and there are very many: these are found by the number that was drawn for their
 * ends, so that most of them never have to be hashed as texts.
 */
import type { Random } from "../engine/random.ts";
import { drawEnd, generatedName, readEnd } from "./names.ts";
import type { Pod } from "./objects.ts";

interface PodNames {
  get(namespace: string, name: string): Pod | undefined;
  /** `base` with a random end that no pod of the namespace has; where one has it, the API server draws again as well. */
  free(namespace: string, base: string, random: Random): string;
  add(pod: Pod): void;
  remove(pod: Pod): void;
}

const isPod = (one: Pod | readonly Pod[]): one is Pod => !Array.isArray(one);

/** No pods. */
export function createPodNames(): PodNames {
  /** By the number of the end; seldom do several pods have the same. */
  const byEnd = new Map<number, Pod | readonly Pod[]>();
  /** Those with other names, by namespace and name. */
  const others = new Map<string, Pod>();
  /** By the sequence number of the pod. */
  const ends: (number | null)[] = [];
  let drawn = { name: "", end: 0 };

  const keyOf = (namespace: string, name: string): string => `${namespace}/${name}`;

  function withEnd(end: number, namespace: string, name: string): Pod | undefined {
    const there = byEnd.get(end);
    if (there === undefined) return undefined;
    const is = (pod: Pod) => pod.name === name && pod.namespace === namespace;
    if (isPod(there)) return is(there) ? there : undefined;
    return there.find(is);
  }

  return {
    get(namespace, name) {
      const end = readEnd(name);
      return end === null ? others.get(keyOf(namespace, name)) : withEnd(end, namespace, name);
    },
    free(namespace, base, random) {
      for (;;) {
        const end = drawEnd(random);
        const name = generatedName(base, end);
        if (withEnd(end, namespace, name)) continue;
        drawn = { name, end };
        return name;
      }
    },
    add(pod) {
      const { name, namespace, sequence } = pod;
      const end = name === drawn.name ? drawn.end : readEnd(name);
      ends[sequence] = end;
      if (end === null) {
        others.set(keyOf(namespace, name), pod);
        return;
      }
      const there = byEnd.get(end);
      byEnd.set(end, there === undefined ? pod : isPod(there) ? [there, pod] : [...there, pod]);
    },
    remove(pod) {
      const end = ends[pod.sequence];
      if (end === null || end === undefined) {
        others.delete(keyOf(pod.namespace, pod.name));
        return;
      }
      const there = byEnd.get(end);
      const left = there === undefined || isPod(there) ? [] : there.filter((one) => one !== pod);
      if (left.length === 0) byEnd.delete(end);
      else byEnd.set(end, left);
    },
  };
}
