/** Nodes that a DaemonSet runs on, against the controller's own answers. */
import type { PodSpec } from "../../../simulator/api/objects.ts";
import { type PlacementNode, placement } from "../../../simulator/controllers/daemonset/placement.ts";
import { type Suite, tableSuite } from "../suite.ts";

/** The table writes what is absent as null or empty. */
interface Input {
  readonly node: PlacementNode;
  readonly podSpec: PodSpec;
}

export const suite: Suite = tableSuite("daemonset-placement", ({ node, podSpec }: Input) => placement(node, podSpec));
