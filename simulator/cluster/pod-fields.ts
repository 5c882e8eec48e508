/** The fields of a pod that can change, as bits: what changed and who wants to hear of it are then compared in one step. */
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

/** Several fields as one number. */
export function podFieldBits(some: readonly PodField[]): number {
  return some.reduce((bits, field) => bits | podFieldBit[field]!, 0);
}
