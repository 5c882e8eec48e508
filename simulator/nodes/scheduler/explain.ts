/** Why each node would or would not take a pod: for people who look at nodes, not for the run itself. */
import type { LabelMap, PodSpec } from "../../api/objects.ts";
import { newNode } from "../../cluster/initial.ts";
import { createRandom } from "../../engine/random.ts";
import type { ScenarioNode } from "../../scenario/scenario.ts";
import type { PlacedPod } from "./placed-pod.ts";
import { createPlacement } from "./placement.ts";

interface NodeVerdict {
  readonly node: string;
  /** The scheduler's own reason, e.g. `node(s) had untolerated taint(s)`; null where the pod could go. */
  readonly reason: string | null;
}

interface ExplainedPod {
  readonly spec: PodSpec;
  readonly namespace?: string;
  readonly labels?: LabelMap;
  /** The one node that a daemon pod is for. */
  readonly pinnedNode?: string;
}

/** Per node, in the order given, the first reason why the pod is left out; `placed` pods take room and count for affinity. */
export function explainNodes(
  pod: ExplainedPod,
  nodes: readonly ScenarioNode[],
  placed: readonly (ExplainedPod & { readonly node: string })[] = [],
): readonly NodeVerdict[] {
  const standing = new Map<string, PlacedPod[]>(nodes.map(({ name }) => [name, []]));
  for (const one of placed) standing.get(one.node)?.push(whole(one));
  const placement = createPlacement(nodes.map(newNode), createRandom(0, "explain"), {
    ...alone,
    podsOn: (node) => standing.get(node) ?? [],
  });
  const verdicts = placement.explain(whole(pod));
  return nodes.map(({ name }) => {
    const rejected = verdicts[placement.table.slots.get(name)!];
    return { node: name, reason: rejected ? rejected.reasons[0]! : null };
  });
}

/** No Services, no controllers, and no labels of namespaces but their names. */
const alone = {
  services: () => [],
  controller: () => undefined,
  nominated: new Map(),
  namespaceLabels: (namespace: string) => ({ "kubernetes.io/metadata.name": namespace }),
};

function whole({ spec, namespace = "default", labels = {}, pinnedNode }: ExplainedPod): PlacedPod {
  return { spec, namespace, labels, owners: [], pinnedNode: pinnedNode ?? null, deleted: null };
}
