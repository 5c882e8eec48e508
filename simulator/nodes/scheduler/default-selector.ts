/** What the built-in spread constraints select. Models plugins/helper/spread.go of pkg/scheduler/framework (DefaultSelector). */
import type { LabelMap, LabelSelector } from "../../api/objects.ts";
import type { CountedPod } from "./counters.ts";

/** As much of an owner reference as is looked at; without `apiVersion` the usual one of the kind. */
export interface SpreadOwner {
  readonly kind: string;
  readonly name: string;
  readonly controller: boolean;
  readonly apiVersion?: string;
}

/** Where selectors are looked up. */
export interface SelectorLookup {
  /** The selectors of the Services of a namespace. */
  services(namespace: string): Iterable<LabelMap>;
  /** The selector of a controller that exists; undefined when there is none. */
  controller(kind: string, namespace: string, name: string): LabelSelector | undefined;
}

/** The controllers whose selector counts; Jobs, DaemonSets and all others give none. */
const spreadVersions: Readonly<Record<string, string>> = {
  ReplicaSet: "apps/v1",
  StatefulSet: "apps/v1",
  ReplicationController: "v1",
};

/** Whether the selector of such an owner counts. */
function isSelecting(owner: SpreadOwner | undefined): owner is SpreadOwner {
  const version = owner && spreadVersions[owner.kind];
  return version !== undefined && (owner?.apiVersion ?? version) === version;
}

/** Whether nothing is asked for of any pod of the namespace that has such an owner. */
export function asksForNone(namespace: string, owner: SpreadOwner | undefined, lookup: SelectorLookup): boolean {
  if (isSelecting(owner)) return false;
  for (const _ of lookup.services(namespace)) return false;
  return true;
}

function isEmpty({ matchLabels = {}, matchExpressions = [] }: LabelSelector): boolean {
  return Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;
}

/**
 * The selectors that a pod must match, all of them, to count for the built-in spread of `pod`: one of all Services that take
 * it, and that of its controller. Null when nothing asks for anything: then nothing is spread.
 */
export function defaultSelectors(
  pod: CountedPod & { readonly owners: readonly SpreadOwner[] },
  lookup: SelectorLookup,
): readonly LabelSelector[] | null {
  let merged: Record<string, string> | null = null;
  for (const selector of lookup.services(pod.namespace)) {
    const pairs = Object.entries(selector);
    if (pairs.length > 0 && pairs.every(([key, value]) => pod.labels[key] === value))
      merged = Object.assign(merged ?? {}, selector);
  }
  const found: LabelSelector[] = merged ? [{ matchLabels: merged }] : [];
  const owner = pod.owners.find((one) => one.controller);
  if (isSelecting(owner)) {
    const selector = lookup.controller(owner.kind, pod.namespace, owner.name);
    if (selector && !isEmpty(selector)) found.push(selector);
  }
  return found.length > 0 ? found : null;
}
