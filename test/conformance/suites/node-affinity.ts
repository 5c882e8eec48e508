import {
  type PreferredTerm,
  preferredNodeAffinityScore,
  requiredNodeAffinityMatches,
  type SelectableNode,
} from "../../../simulator/api/node-selector.ts";
import type { LabelMap, NodeSelectorTerm } from "../../../simulator/api/objects.ts";
import { tableSuite } from "../suite.ts";

interface Node {
  readonly name: string;
  readonly labels: LabelMap | null;
}

type In =
  | {
      readonly op: "required";
      readonly node: Node;
      readonly nodeSelector: LabelMap | null;
      readonly terms: readonly NodeSelectorTerm[] | null;
    }
  | { readonly op: "preferred"; readonly node: Node; readonly terms: readonly PreferredTerm[] | null };

function compute(input: In): unknown {
  const node: SelectableNode = { name: input.node.name, labels: input.node.labels ?? {} };
  if (input.op === "preferred") {
    const score = preferredNodeAffinityScore(node, input.terms ?? []);
    return { error: score === null, score };
  }
  return requiredNodeAffinityMatches(node, {
    ...(input.nodeSelector && { nodeSelector: input.nodeSelector }),
    ...(input.terms && {
      affinity: {
        nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: input.terms } },
      },
    }),
  });
}

export const suite = tableSuite<In, unknown>("node-affinity", compute);
