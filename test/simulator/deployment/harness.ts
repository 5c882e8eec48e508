/** A small cluster for tests: the control plane, a scheduler that binds at once, and pods that change only when told. */
import { type Cluster, createCluster } from "../../../simulator/cluster/cluster.ts";
import {
  controllerOf,
  type Deployment,
  isPodActive,
  type Pod,
  type ReplicaSet,
} from "../../../simulator/cluster/objects.ts";
import type { Change } from "../../../simulator/cluster/store.ts";
import { controlPlane } from "../../../simulator/controllers/registry.ts";
import { act, type ClusterAction } from "../../../simulator/kubectl/act.ts";
import type { ActResult } from "../../../simulator/kubectl/result.ts";
import { createScheduler } from "../../../simulator/nodes/scheduler/scheduler.ts";
import { canAct, doAct, type PodAct } from "../../../simulator/scenario/manual.ts";

export const start = Date.UTC(2026, 0, 5, 10);

export interface Harness {
  readonly cluster: Cluster;
  readonly events: readonly string[];
  /** Does an action and lets the controllers come to rest. */
  run(action: ClusterAction): ActResult;
  /** Does the act to the first `count` pods that can take it (all when left out), one after the other. */
  pods(kind: "running" | "ready" | "unready" | "finished" | "delete", count?: number): number;
  deployment(name?: string): Deployment;
  /** Sizes of the Deployment's ReplicaSets by revision: `{ "1": 3, "2": 0 }`. */
  sizes(): Readonly<Record<string, number>>;
  replicaSets(): readonly ReplicaSet[];
}

export function createHarness(onChange?: (change: Change, harness: Harness) => void, nodes = 3): Harness {
  const events: string[] = [];
  let harness: Harness | undefined;
  const cluster = createCluster({
    seed: 7,
    start,
    controllers: [createScheduler({ delay: 0 }), ...controlPlane()],
    onEvent: ({ object, reason, message }) => events.push(`${object.kind}/${object.name} ${reason}: ${message}`),
    onChange: (change) => {
      if (harness) onChange?.(change, harness);
    },
  });
  const { store } = cluster;

  function able(kind: PodAct["act"]): readonly Pod[] {
    return [...store.all("Pod")].filter((pod) => canAct(pod, kind));
  }

  harness = {
    cluster,
    events,
    run(action) {
      const result = act(cluster, action);
      cluster.rest();
      return result;
    },
    pods(kind, count = Number.POSITIVE_INFINITY) {
      let changed = 0;
      for (const pod of able(kind)) {
        if (changed >= count) break;
        if (!canAct(pod, kind) || store.byUid(pod.uid) === undefined) continue;
        doAct(cluster, pod, { act: kind });
        cluster.rest();
        changed++;
      }
      return changed;
    },
    deployment: (name = "web") => store.get("Deployment", "default", name)!,
    sizes() {
      const sizes: Record<string, number> = {};
      for (const one of harness!.replicaSets()) {
        sizes[one.annotations["deployment.kubernetes.io/revision"] ?? "?"] = one.spec.replicas;
      }
      return sizes;
    },
    replicaSets: () => [...store.all("ReplicaSet")].filter((one) => controllerOf(one)?.kind === "Deployment"),
  };
  for (let i = 1; i <= nodes; i++) harness.run({ do: "addNode", node: { name: `n${i}` } });
  return harness;
}

/** A Deployment `web` of the image `app:1`. */
export function webDeployment(spec: Readonly<Record<string, unknown>>): ClusterAction {
  return {
    do: "apply",
    object: {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "web" },
      spec: {
        selector: { matchLabels: { app: "web" } },
        template: { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "app", image: "app:1" }] } },
        ...spec,
      },
    },
  };
}

export const web = { kind: "Deployment", name: "web" } as const;

export function image(version: number): ClusterAction {
  return { do: "setImage", ...web, container: "app", image: `app:${version}` };
}

/** Pods that are neither finished nor being deleted, and those of them that are ready. */
export function countPods(cluster: Cluster): { readonly active: number; readonly ready: number } {
  let active = 0;
  let ready = 0;
  for (const pod of cluster.store.all("Pod")) {
    if (!isPodActive(pod)) continue;
    active++;
    if (pod.ready) ready++;
  }
  return { active, ready };
}
