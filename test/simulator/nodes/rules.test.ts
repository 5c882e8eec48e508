/** Rules of the scheduler that only few manifests meet. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { LabelMap, PodSpec, TopologySpreadConstraint } from "../../../simulator/api/objects.ts";
import { explainNodes } from "../../../simulator/nodes/scheduler/explain.ts";
import { reasons } from "../../../simulator/nodes/scheduler/reasons.ts";

const containers = [{ name: "c", image: "app:1" }];
const hostname = "kubernetes.io/hostname";
const node = (name: string, labels: LabelMap = {}) => ({ name, labels: { [hostname]: name, ...labels } });
const placed = (name: string, labels: LabelMap) => ({ spec: { containers }, labels, node: name });
const reasonsOf = (verdicts: readonly { readonly reason: string | null }[]) => verdicts.map(({ reason }) => reason);

test("required affinity with two terms looks for pods that both take", () => {
  const term = (labels: LabelMap) => ({ labelSelector: { matchLabels: labels }, topologyKey: hostname });
  const spec: PodSpec = {
    containers,
    affinity: {
      podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term({ a: "1" }), term({ b: "1" })] },
    },
  };
  const others = [placed("n1", { a: "1" }), placed("n1", { b: "1" }), placed("n2", { a: "1", b: "1" })];
  assert.deepEqual(reasonsOf(explainNodes({ spec }, [node("n1"), node("n2")], others)), [reasons.podAffinity, null]);
  // Nobody has both, and the pod itself does not either.
  assert.deepEqual(reasonsOf(explainNodes({ spec }, [node("n1")], others.slice(0, 2))), [reasons.podAffinity]);
  const first = { spec, labels: { a: "1", b: "1" } };
  assert.deepEqual(reasonsOf(explainNodes(first, [node("n1")], others.slice(0, 2))), [null]);
});

test("a spread constraint whose selector asks for nothing counts only the pod itself", () => {
  const constraint = (more: Partial<TopologySpreadConstraint>): PodSpec => ({
    containers,
    topologySpreadConstraints: [
      { maxSkew: 1, topologyKey: hostname, whenUnsatisfiable: "DoNotSchedule", labelSelector: {}, ...more },
    ],
  });
  const others = [placed("n1", { app: "web" }), placed("n1", { app: "web" })];
  const nodes = [node("n1"), node("n2")];
  assert.deepEqual(reasonsOf(explainNodes({ spec: constraint({}) }, nodes, others)), [null, null]);
  const keyed = { spec: constraint({ matchLabelKeys: ["app"] }), labels: { app: "web" } };
  assert.deepEqual(reasonsOf(explainNodes(keyed, nodes, others)), [reasons.spread, null]);
});

test("a daemon pod is compared with its own node only", () => {
  const spec: PodSpec = { containers, nodeSelector: { disk: "ssd" } };
  assert.deepEqual(reasonsOf(explainNodes({ spec, pinnedNode: "n1" }, [node("n1"), node("n2")])), [
    reasons.affinity,
    "node(s) didn't satisfy plugin(s) [NodeAffinity]",
  ]);
});
