/** The cluster of a recorded choice of a node: made through the door, and seen as the scheduler sees it. */
import { servedKinds } from "../../../simulator/api/kind-rules.ts";
import type { LabelMap, PodSpec, Taint } from "../../../simulator/api/objects.ts";
import { create } from "../../../simulator/apiserver/create.ts";
import { createApiServer } from "../../../simulator/apiserver/server.ts";
import type { Place } from "../../../simulator/apiserver/types.ts";
import { update } from "../../../simulator/apiserver/update.ts";
import { bindingOf } from "../../../simulator/cluster/binding.ts";
import { createCluster } from "../../../simulator/cluster/cluster.ts";
import type { Pod } from "../../../simulator/cluster/objects.ts";
import { createRandom } from "../../../simulator/engine/random.ts";
import { createPlacement, type Placement } from "../../../simulator/nodes/scheduler/placement.ts";
import { surroundingsIn } from "../../../simulator/nodes/scheduler/surroundings.ts";

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: LabelMap };
}

export interface PodManifest extends Manifest {
  readonly metadata: Manifest["metadata"] & { readonly deletionTimestamp?: string };
  readonly spec: PodSpec;
  readonly status?: { readonly phase?: string };
}

export interface ClusterInput {
  readonly namespaces: readonly { readonly name: string; readonly labels?: LabelMap }[];
  readonly nodes: readonly {
    readonly name: string;
    readonly labels?: LabelMap;
    readonly taints?: readonly Taint[];
    readonly unschedulable?: boolean;
    readonly allocatable: Readonly<Record<string, string>>;
    readonly images?: readonly { readonly names: readonly string[]; readonly sizeBytes: number }[];
  }[];
  readonly objects: readonly Manifest[];
  readonly pods: readonly PodManifest[];
}

export interface ScoredCluster {
  readonly placement: Placement;
  /** Creates the pod; a further one like it has a name of its own. */
  stored(manifest: PodManifest): Pod;
  /** Puts a pod on a node. */
  bind(pod: Pod, node: string): void;
}

function checked<T extends { readonly ok: boolean }>(answer: T): T {
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  return answer;
}

/** The cluster with its pods; ties are decided by `seed`. */
export function clusterOf({ namespaces, nodes, objects, pods }: ClusterInput, seed: number): ScoredCluster {
  const cluster = createCluster({ seed, start: 0, controllers: [] });
  const { store } = cluster;
  const server = createApiServer(cluster);
  let copies = 0;

  function made(manifest: Manifest): Place {
    const row = servedKinds.serving(manifest.apiVersion, manifest.kind)!;
    const { name, namespace = "default" } = manifest.metadata;
    const place = { row, namespace: row.namespaced ? namespace : "", name };
    checked(create(server, place, manifest));
    return place;
  }

  function stored(manifest: PodManifest): Pod {
    const name = copies++ === 0 ? manifest.metadata.name : `${manifest.metadata.name}-${copies}`;
    const metadata = { ...manifest.metadata, name };
    const place = made({ ...manifest, metadata });
    const { status } = manifest;
    if (status) checked(update(server, place, { ...manifest, metadata, status }, {}, "status"));
    return store.get("Pod", place.namespace, name)!;
  }

  for (const metadata of namespaces) made({ apiVersion: "v1", kind: "Namespace", metadata });
  for (const { name, labels = {}, taints = [], unschedulable = false, allocatable, images = [] } of nodes) {
    const spec = { taints, unschedulable };
    const node = { apiVersion: "v1", kind: "Node", metadata: { name, labels }, spec };
    const status = { allocatable, images, conditions: [{ type: "Ready", status: "True" }] };
    const place = made(node);
    // Some of them lack labels that a kubelet gives.
    checked(update(server, place, node));
    checked(update(server, place, { ...node, status }, {}, "status"));
  }
  for (const one of objects) made(one);
  for (const manifest of pods) {
    copies = 0;
    const pod = stored(manifest);
    if (manifest.metadata.deletionTimestamp !== undefined) store.update<"Pod">(pod, { deleted: 0 });
  }
  copies = 0;
  const placement = createPlacement(
    [...store.all("Node")],
    createRandom(seed, "scores"),
    surroundingsIn(store, cluster, new Map()),
  );
  return {
    placement,
    stored,
    bind(pod, node) {
      store.update<"Pod">(pod, bindingOf(store, pod, node, cluster.target));
      placement.add(pod, node);
    },
  };
}
