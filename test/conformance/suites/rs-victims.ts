import { type Candidate, compareVictims, deletionCost } from "../../../simulator/controllers/replicaset/victims.ts";
import { tableSuite } from "../suite.ts";

interface TablePod {
  readonly name: string;
  readonly uid: string;
  readonly node: string;
  readonly phase: Candidate["phase"];
  readonly ready: boolean;
  readonly readyTime: string | null;
  readonly deletionCost: string | null;
  readonly creationTimestamp: string | null;
  readonly containerRestarts: readonly number[];
  readonly sidecarRestarts: readonly number[];
}
interface In {
  readonly now: string;
  readonly pods: readonly TablePod[];
  readonly otherRelatedPods: readonly { readonly node: string; readonly phase: string; readonly deleting?: boolean }[];
}

const time = (text: string | null) => (text === null ? null : Date.parse(text));

function order({ now, pods, otherRelatedPods }: In): readonly string[] {
  const onNode = (node: string) =>
    pods.filter((one) => one.node === node && one.phase !== "Failed" && one.phase !== "Succeeded").length +
    otherRelatedPods.filter(
      (one) => one.node === node && one.phase !== "Failed" && one.phase !== "Succeeded" && !one.deleting,
    ).length;
  const candidates = pods.map((pod) => ({
    ...pod,
    readyTime: time(pod.readyTime),
    created: time(pod.creationTimestamp),
    cost: deletionCost(pod.deletionCost),
    rank: onNode(pod.node),
    restarts: Math.max(0, ...pod.containerRestarts),
    sidecarRestarts: Math.max(0, ...pod.sidecarRestarts),
  }));
  return candidates.sort((a, b) => compareVictims(a, b, Date.parse(now))).map((one) => one.name);
}

export const suite = tableSuite<In, { readonly order: readonly string[] }>("rs-victims", order, (out) => out.order);
