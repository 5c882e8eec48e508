/** The fields of a pod that can change, as bits: what changed and who wants to hear of it are then compared in one step. */
import { isExtended } from "../api/admission/topology-labels.ts";
import type { Pod } from "./objects.ts";

const fields = [
  "generation",
  "labels",
  "annotations",
  "deleted",
  "owners",
  "finalizers",
  "spec",
  "claims",
  "pinnedNode",
  "hostname",
  "subdomain",
  "grace",
  "node",
  "nominatedNode",
  "phase",
  "reason",
  "message",
  "ready",
  "readyTime",
  "conditions",
  "containers",
  "resizing",
] as const satisfies readonly (keyof Pod)[];

export type PodField = (typeof fields)[number];

/** The bit of each field. */
export const podFieldBit: Readonly<Record<string, number>> = Object.fromEntries(
  fields.map((field, index) => [field, 1 << index]),
);

/**
 * Whether the labels of a pod only got what binding adds: whoever selects it by others need not hear of that, and every pod is
 * bound once.
 */
export function onlyBound(previous: Partial<Pod>, { labels }: Pod): boolean {
  return previous.node === "" && previous.labels !== undefined && isExtended(previous.labels, labels);
}

/** Several fields as one number. */
export function podFieldBits(some: readonly PodField[]): number {
  return some.reduce((bits, field) => bits | podFieldBit[field]!, 0);
}
