/** The cluster of a recorded choice of a node, as placement sees it. */
import { admit } from "../../../simulator/api/admit.ts";
import type { LabelMap, LabelSelector, PodSpec, Taint } from "../../../simulator/api/objects.ts";
import { type RuntimeClass, withRuntimeClass } from "../../../simulator/api/pod/runtime-class.ts";
import { recordedTarget } from "../../../simulator/api/target.ts";
import { createRandom } from "../../../simulator/engine/random.ts";
import { boundLabels } from "../../../simulator/nodes/scheduler/bound-labels.ts";
import type { SpreadOwner } from "../../../simulator/nodes/scheduler/default-selector.ts";
import type { NodeImage } from "../../../simulator/nodes/scheduler/images.ts";
import { createPlacement, type PlacedPod, type Placement } from "../../../simulator/nodes/scheduler/placement.ts";
import { countedSpec, type ResizeStatus } from "../../../simulator/nodes/scheduler/resize.ts";

interface Named<Spec> {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: LabelMap };
  readonly spec?: Spec;
}

export interface PodManifest extends Named<PodSpec> {
  readonly metadata: Named<PodSpec>["metadata"] & {
    readonly ownerReferences?: readonly (SpreadOwner & { readonly controller?: boolean })[];
    readonly deletionTimestamp?: string;
  };
  readonly spec: PodSpec & { readonly runtimeClassName?: string };
  readonly status?: ResizeStatus & { readonly phase?: string };
}

export interface ClusterInput {
  readonly namespaces: readonly { readonly name: string; readonly labels?: LabelMap }[];
  readonly nodes: readonly {
    readonly name: string;
    readonly labels?: LabelMap;
    readonly taints?: readonly Taint[];
    readonly unschedulable?: boolean;
    readonly allocatable: Readonly<Record<string, string>>;
    readonly images?: readonly NodeImage[];
  }[];
  readonly objects: readonly Named<{ readonly selector?: unknown }>[];
  readonly pods: readonly PodManifest[];
}

export interface ScoredCluster {
  readonly placement: Placement;
  /** The pod as the server stores it. */
  stored(manifest: PodManifest): PlacedPod;
  /** Puts a pod on a node. */
  bind(pod: PlacedPod, node: string): void;
}

/** The cluster with its pods; ties are decided by `seed`. */
export function clusterOf({ namespaces, nodes, objects, pods }: ClusterInput, seed: number): ScoredCluster {
  const standing = new Map<string, PlacedPod[]>(nodes.map(({ name }) => [name, []]));
  const labelsOf = new Map(nodes.map(({ name, labels }) => [name, labels ?? {}]));
  const inNamespace = (kind: string, namespace: string) =>
    objects.filter((one) => one.kind === kind && one.metadata.namespace === namespace);

  function stored(manifest: PodManifest): PlacedPod {
    const { metadata, status = {} } = manifest;
    const admitted = (admit(manifest, recordedTarget).object ?? manifest) as unknown as PodManifest;
    const { runtimeClassName } = admitted.spec;
    const runtime = objects.find((one) => one.kind === "RuntimeClass" && one.metadata.name === runtimeClassName);
    const spec = runtime ? withRuntimeClass(admitted.spec, runtime as RuntimeClass) : admitted.spec;
    return {
      namespace: metadata.namespace ?? "default",
      labels: metadata.labels ?? {},
      spec: countedSpec(spec, status),
      owners: (metadata.ownerReferences ?? []).map((one) => ({ ...one, controller: one.controller ?? false })),
      pinnedNode: null,
      deleted: metadata.deletionTimestamp === undefined ? null : 0,
    };
  }

  function onNode(pod: PlacedPod, node: string): PlacedPod {
    return { ...pod, labels: boundLabels(pod.labels, labelsOf.get(node) ?? {}) };
  }

  for (const manifest of pods) {
    const { nodeName } = manifest.spec;
    const ended = manifest.status?.phase === "Succeeded" || manifest.status?.phase === "Failed";
    if (nodeName && !ended) standing.get(nodeName)?.push(onNode(stored(manifest), nodeName));
  }
  const facts = nodes.map(({ labels = {}, taints = [], unschedulable = false, ...node }) => {
    return { ...node, labels, taints, unschedulable };
  });
  const placement = createPlacement(facts, createRandom(seed, "scores"), {
    podsOn: (node) => standing.get(node) ?? [],
    services: (namespace) =>
      inNamespace("Service", namespace).map(({ spec }) => (spec?.selector ?? {}) as Record<string, string>),
    controller(kind, namespace, name) {
      const selector = inNamespace(kind, namespace).find(({ metadata }) => metadata.name === name)?.spec?.selector;
      return kind === "ReplicationController" && selector
        ? { matchLabels: selector as LabelMap }
        : (selector as LabelSelector | undefined);
    },
    nominated: new Map(),
    namespaceLabels: (name) => ({
      ...namespaces.find((one) => one.name === name)?.labels,
      "kubernetes.io/metadata.name": name,
    }),
  });
  return {
    placement,
    stored,
    bind(pod, node) {
      const bound = onNode(pod, node);
      standing.get(node)?.push(bound);
      placement.add(bound, node);
    },
  };
}
