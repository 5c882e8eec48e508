/** Which pods a step means, and in which order. */
import { controllerOf, type Pod } from "../../../simulator/cluster/objects.ts";
import type { Store } from "../../../simulator/cluster/store.ts";
import type { Selection } from "./scenario.ts";
import type { Symbols } from "./symbols.ts";

const wide = ["workload", "name", "ordinal", "index", "node", "revision"];

export interface Chooser {
  /** Pods that pass the filters, first one first. */
  matching(selection: Selection): readonly Pod[];
  passes(pod: Pod, selection: Selection): boolean;
}

/** At most how many pods the step takes; undefined for all of them. */
export function limitOf(selection: Selection): number | undefined {
  if (typeof selection === "number") return selection;
  if (typeof selection === "string") return undefined;
  if (typeof selection["n"] === "number") return selection["n"];
  const every = selection["all"] === true || wide.some((filter) => selection[filter] !== undefined);
  return every ? undefined : 1;
}

export function isTogether(selection: Selection): boolean {
  return typeof selection === "object" && selection["together"] === true;
}

/** A pod as far as its place among others is told by it. */
export interface Known {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Its controller. */
  readonly owner: { readonly kind: string; readonly name: string } | undefined;
}

function known(pod: Pod): Known {
  const { name, labels, annotations } = pod;
  return { name, labels, annotations, owner: controllerOf(pod) };
}

export function ordinalOf({ name, owner }: Known): number | undefined {
  if (owner?.kind !== "StatefulSet") return undefined;
  return Number(name.slice(name.lastIndexOf("-") + 1));
}

export function indexOf({ annotations, labels }: Known): number | undefined {
  const text =
    annotations["batch.kubernetes.io/job-completion-index"] ?? labels["batch.kubernetes.io/job-completion-index"];
  return text === undefined ? undefined : Number(text);
}

/** The symbol of the pod's revision: its ReplicaSet, or its ControllerRevision; undefined for other pods. */
export function revisionOf({ owner, labels }: Known, symbols: Symbols): string | undefined {
  if (!owner) return undefined;
  if (owner.kind === "ReplicaSet") return symbols.of("ReplicaSet", owner.name);
  const hash = labels["controller-revision-hash"];
  if (hash === undefined || (owner.kind !== "StatefulSet" && owner.kind !== "DaemonSet")) return undefined;
  const whole = symbols.of("ControllerRevision", hash);
  return whole !== hash ? whole : symbols.of("ControllerRevision", `${owner.name}-${hash}`);
}

export function createChooser(store: Store, symbols: Symbols): Chooser {
  function topOwner(pod: Pod): string | undefined {
    let owner = controllerOf(pod);
    for (let above = owner; above; above = parentOf(above.uid)) owner = above;
    return owner?.name;
  }

  function parentOf(uid: string) {
    const object = store.byUid(uid);
    return object && controllerOf(object);
  }

  function jobOf(pod: Pod): string | undefined {
    const owner = controllerOf(pod);
    return owner?.kind === "Job" ? symbols.of("Job", owner.name) : undefined;
  }

  function filtered(pod: Pod, filter: string): unknown {
    switch (filter) {
      case "workload":
        return topOwner(pod);
      case "job":
        return jobOf(pod);
      case "name":
        return pod.name;
      case "ordinal":
        return ordinalOf(known(pod));
      case "index":
        return indexOf(known(pod));
      case "node":
        return pod.node;
      case "revision":
        return revisionOf(known(pod), symbols);
      case "ready":
        return pod.ready;
      default:
        return pod.phase;
    }
  }

  const filters = [...wide, "job", "ready", "phase"];

  function passes(pod: Pod, selection: Selection): boolean {
    if (typeof selection !== "object") return true;
    return filters.every((filter) => {
      const wanted = selection[filter];
      if (wanted === undefined) return true;
      const value = filtered(pod, filter);
      return Array.isArray(wanted) ? wanted.includes(value) : wanted === value;
    });
  }

  /** Sort key: ReplicaSet family and number, then ordinal, index or node; creation breaks ties. */
  function placeOf(pod: Pod): readonly (string | number)[] {
    const owner = controllerOf(pod);
    const symbol = owner?.kind === "ReplicaSet" ? symbols.of("ReplicaSet", owner.name) : "";
    const [family, number] = symbol.split("#") as [string, string | undefined];
    const node = owner?.kind === "DaemonSet" ? (pod.pinnedNode ?? pod.node) : "";
    return [family, Number(number ?? 0), ordinalOf(known(pod)) ?? -1, indexOf(known(pod)) ?? -1, node, pod.sequence];
  }

  function compare(a: readonly (string | number)[], b: readonly (string | number)[]): number {
    for (let i = 0; i < a.length; i++) {
      if (a[i] === b[i]) continue;
      return a[i]! < b[i]! ? -1 : 1;
    }
    return 0;
  }

  return {
    passes,
    matching(selection) {
      const pods = [...store.all("Pod")].filter((pod) => passes(pod, selection));
      if (typeof selection === "object" && selection["newest"] === true) {
        return pods.sort((a, b) => b.sequence - a.sequence);
      }
      const places = new Map(pods.map((pod) => [pod, placeOf(pod)]));
      return pods.sort((a, b) => compare(places.get(a)!, places.get(b)!));
    },
  };
}
