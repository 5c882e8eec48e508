/** The sizes that owners of pods want. Models the finders of pkg/controller/disruption/disruption.go. */
import { asObject, numberAt } from "../../api/json.ts";
import { isScalable, resourcePlural } from "../../api/kind.ts";
import { kinds } from "../../api/kinds.ts";
import { controllerOf, type LiveObject, type OwnerReference } from "../../cluster/objects.ts";
import type { Store } from "../../cluster/store.ts";
import type { Scale } from "./decide.ts";

function replicasOf(object: LiveObject): number {
  if (object.kind === "Stored") return numberAt(asObject(object.content["spec"]), "replicas") ?? 0;
  return "spec" in object ? ((object.spec as { readonly replicas?: number }).replicas ?? 0) : 0;
}

/** What is scaled for the owner of a pod: the Deployment of its ReplicaSet, else the owner; undefined when it is gone. */
function scaledOwner(store: Store, owner: OwnerReference): LiveObject | undefined {
  const live = store.byUid(owner.uid);
  const above = live?.kind === "ReplicaSet" ? controllerOf(live) : undefined;
  const deployment = above?.kind === "Deployment" ? store.byUid(above.uid) : undefined;
  return deployment ?? live;
}

export interface OwnedPod {
  readonly owner: OwnerReference;
  /** The name of one of its pods, for what cannot be told. */
  readonly pod: string;
}

/** The sum over the owners, each of the scaled objects counted once: of a rollout's two ReplicaSets one Deployment. */
export function scaleOf(store: Store, owners: Iterable<OwnedPod>): Scale {
  const sizes = new Map<string, number>();
  for (const { owner, pod } of owners) {
    const row = kinds.named(owner.kind);
    if (!row) return { error: `no matches for kind "${owner.kind}" in version "${owner.apiVersion ?? ""}"` };
    if (!isScalable(row)) return { error: `${resourcePlural(row)} does not implement the scale subresource` };
    const scaled = scaledOwner(store, owner);
    if (!scaled) return { error: `found no controllers for pod ${JSON.stringify(pod)}` };
    sizes.set(scaled.uid, replicasOf(scaled));
  }
  return { sum: [...sizes.values()].reduce((sum, size) => sum + size, 0) };
}
