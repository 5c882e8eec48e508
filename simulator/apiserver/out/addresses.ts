/** Addresses of nodes, pods and Services: made of their numbers, so that each keeps its own and none is drawn. */
import type { Node, Pod, Service } from "../../cluster/objects.ts";

const usable = 254;

function inNet(first: string, base: number, number: number): string {
  const last = (number % usable) + 1;
  const third = Math.trunc(number / usable) % 256;
  const second = base + (Math.trunc(number / usable / 256) % 8);
  return `${first}.${second}.${third}.${last}`;
}

/** The address of a node in the network of the machines. */
export function nodeAddress({ sequence }: Node): string {
  return inNet("172", 18, sequence);
}

/** The address of a pod that does not use its node's. */
export function podAddress({ sequence }: Pod): string {
  return inNet("10", 244, sequence);
}

/** The address that a Service gets where it asks for none. */
export function serviceAddress({ sequence }: Service): string {
  return inNet("10", 96, sequence + usable);
}
