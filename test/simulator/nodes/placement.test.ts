/** The quick way to a node, with counts kept as pods come and go, against scores worked out anew for every node. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { LabelMap, PodSpec } from "../../../simulator/api/objects.ts";
import { createRandom } from "../../../simulator/engine/random.ts";
import type { PlacedPod, Surroundings } from "../../../simulator/nodes/scheduler/placed-pod.ts";
import { createPlacement } from "../../../simulator/nodes/scheduler/placement.ts";
import { runs } from "../../runs.ts";

const zoneKey = "topology.kubernetes.io/zone";

interface Shape {
  readonly zones: readonly (string | null)[];
  readonly services: readonly LabelMap[];
}

const container = (cpu: string) => ({ name: "c", image: "app:1", resources: { requests: { cpu, memory: "64Mi" } } });
const anti: PodSpec["affinity"] = {
  podAntiAffinity: {
    preferredDuringSchedulingIgnoredDuringExecution: [
      { weight: 10, podAffinityTerm: { topologyKey: zoneKey, labelSelector: { matchLabels: { app: "a" } } } },
    ],
  },
};

/** Pods as two revisions of one Deployment, a set of its own, one that nobody owns, and one that keeps away from others. */
const kinds: readonly Omit<PlacedPod, "deleted">[] = [
  { labels: { app: "a", hash: "1" }, spec: { containers: [container("100m")] }, owner: "a-1" },
  { labels: { app: "a", hash: "2" }, spec: { containers: [container("200m")] }, owner: "a-2" },
  { labels: { app: "b" }, spec: { containers: [container("50m")] }, owner: "b" },
  { labels: { app: "a", tier: "x" }, spec: { containers: [container("100m")] }, owner: null },
  { labels: { app: "c" }, spec: { containers: [container("100m")], affinity: anti }, owner: null },
].map(({ labels, spec, owner }) => ({
  namespace: "default",
  labels,
  spec,
  pinnedNode: null,
  owners: owner === null ? [] : [{ kind: "ReplicaSet", name: owner, controller: true }],
}));

const selectors: Readonly<Record<string, LabelMap>> = {
  "a-1": { app: "a", hash: "1" },
  "a-2": { app: "a", hash: "2" },
  b: { app: "b" },
};

function surroundings({ services }: Shape, standing: ReadonlyMap<string, Set<PlacedPod>>): Surroundings {
  return {
    podsOn: (node) => standing.get(node)!,
    services: () => services,
    controller: (_, __, name) => (selectors[name] ? { matchLabels: selectors[name] } : undefined),
    nominated: new Map(),
    namespaceLabels: (name) => ({ "kubernetes.io/metadata.name": name }),
  };
}

function nodesOf({ zones }: Shape) {
  return zones.map((zone, index) => ({
    name: `n${index}`,
    labels: { "kubernetes.io/hostname": `n${index}`, ...(zone === null ? {} : { [zoneKey]: zone }) },
    taints: [],
    unschedulable: false,
    allocatable: { cpu: index % 3 === 0 ? "2" : "4", memory: "4Gi", pods: "10" },
  }));
}

const shape = fc.record({
  zones: fc.array(fc.constantFrom("a", "b", "c", null), { minLength: 2, maxLength: 9 }),
  services: fc.subarray<LabelMap>([{ app: "a" }, { app: "b" }, { tier: "x" }, { app: "c" }]),
});
const move = fc.record({
  kind: fc.nat(kinds.length - 1),
  act: fc.constantFrom("add", "add", "add", "remove", "retire"),
});

test("the node that is chosen is one of the best by scores worked out anew", () => {
  fc.assert(
    fc.property(shape, fc.array(move, { maxLength: 40 }), fc.nat(1000), (cluster, moves, seed) => {
      const nodes = nodesOf(cluster);
      const standing = new Map(nodes.map(({ name }) => [name, new Set<PlacedPod>()]));
      const around = surroundings(cluster, standing);
      const kept = createPlacement(nodes, createRandom(seed, "kept"), around);
      const placed: { pod: PlacedPod & { deleted: number | null }; node: string }[] = [];
      for (const { kind, act } of moves) {
        if (act === "add") {
          const pod = { ...kinds[kind]!, deleted: null };
          const verdict = kept.place(pod);
          const anew = createPlacement(nodes, createRandom(seed, "anew"), around);
          const rating = anew.rate(pod);
          assert.ok(!("error" in verdict) && !("refused" in verdict) && !("error" in rating));
          if ("rejected" in verdict) {
            assert.deepEqual(rating.feasible, []);
            continue;
          }
          const totals = rating.feasible.map((_, at) =>
            Object.values(rating.scores).reduce((sum, values) => sum + values[at]!, 0),
          );
          const best = rating.feasible.filter((_, at) => totals[at] === Math.max(...totals));
          assert.ok(best.includes(verdict.slot), `${verdict.slot} is not one of ${best}`);
          const node = kept.table.nodes[verdict.slot]!.name;
          standing.get(node)!.add(pod);
          kept.add(pod, node);
          placed.push({ pod, node });
        } else {
          const chosen = placed[kind % Math.max(1, placed.length)];
          if (!chosen || (act === "retire" && chosen.pod.deleted !== null)) continue;
          const { pod, node } = chosen;
          if (act === "retire") {
            pod.deleted = 1;
            kept.retire(pod, node);
          } else {
            standing.get(node)!.delete(pod);
            placed.splice(placed.indexOf(chosen), 1);
            kept.remove(pod, node, pod.deleted === null);
          }
        }
      }
    }),
    { numRuns: runs(100) },
  );
});
