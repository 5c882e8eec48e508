/** What placement looks at: pods, and the cluster around them. */
import type { LabelMap } from "../../api/objects.ts";
import type { Pod } from "../../cluster/objects.ts";
import type { SelectorLookup, SpreadOwner } from "./default-selector.ts";
import type { VolumeCheck } from "./volumes.ts";

/** As much of a pod as placement looks at. One that is being deleted takes room but does not count for topology spread. */
export type PlacedPod = Pick<Pod, "namespace" | "labels" | "spec" | "pinnedNode" | "deleted"> &
  Partial<Pick<Pod, "conditions" | "resizing">> & { readonly owners: readonly SpreadOwner[] };

/** What placement asks about the cluster whenever it needs it. */
export interface Surroundings extends SelectorLookup {
  /** The pods that take room on a node. */
  podsOn(node: string): Iterable<PlacedPod>;
  /** The labels of a namespace, `kubernetes.io/metadata.name` among them. */
  namespaceLabels(namespace: string): LabelMap;
  /** What the claims of a pod say about where it can go; null when nothing. */
  volumes?(pod: PlacedPod): VolumeCheck | null;
  /** By node the pods for which room is being made there. */
  readonly nominated: ReadonlyMap<string, ReadonlySet<PlacedPod>>;
}
