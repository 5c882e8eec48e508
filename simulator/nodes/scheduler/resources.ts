/** Whether a pod's requests fit a node, and how well. Models plugins/noderesources/{fit,least_allocated,balanced_allocation}.go. */

import { portsClash, type Requests } from "../../api/pod/requests.ts";
import type { NodeTable } from "./node-table.ts";
import { type Rejection, reasons, rejection } from "./reasons.ts";

/** Whether everything that the pod asks for is free on the slot (ports apart). */
export function fits(requests: Requests, table: NodeTable, slot: number): boolean {
  if (table.usedPods[slot]! + 1 > table.pods[slot]!) return false;
  if (requests.cpu > 0 && requests.cpu > table.cpu[slot]! - table.usedCpu[slot]!) return false;
  if (requests.memory > 0 && requests.memory > table.memory[slot]! - table.usedMemory[slot]!) return false;
  if (requests.ephemeral > 0 && requests.ephemeral > table.ephemeral[slot]! - table.usedEphemeral[slot]!) return false;
  return (
    requests.extended.length === 0 || requests.extended.every(([name, amount]) => free(table, slot, name) >= amount)
  );
}

function free(table: NodeTable, slot: number, name: string): number {
  const capacity = table.extended[slot];
  if (capacity === null || capacity === undefined) return Number.POSITIVE_INFINITY;
  return (capacity.get(name) ?? 0) - (table.usedExtended[slot]!.get(name) ?? 0);
}

/** Every resource that is short on the slot; null when all fit. */
export function fitRejection(requests: Requests, table: NodeTable, slot: number): Rejection | null {
  if (fits(requests, table, slot)) return null;
  const short: string[] = [];
  let resolvable = true;
  const check = (name: string, amount: number, capacity: number, available: number) => {
    if (amount === 0 || amount <= available) return;
    short.push(`Insufficient ${name}`);
    if (amount > capacity) resolvable = false;
  };
  if (table.usedPods[slot]! + 1 > table.pods[slot]!) short.push(reasons.tooManyPods);
  check("cpu", requests.cpu, table.cpu[slot]!, table.cpu[slot]! - table.usedCpu[slot]!);
  check("memory", requests.memory, table.memory[slot]!, table.memory[slot]! - table.usedMemory[slot]!);
  check(
    "ephemeral-storage",
    requests.ephemeral,
    table.ephemeral[slot]!,
    table.ephemeral[slot]! - table.usedEphemeral[slot]!,
  );
  for (const [name, amount] of requests.extended)
    check(name, amount, table.extended[slot]?.get(name) ?? 0, free(table, slot, name));
  return short.length === 1 ? rejection(short[0]!, resolvable) : { reasons: short, resolvable };
}

export function portRejection(requests: Requests, table: NodeTable, slot: number): Rejection | null {
  const taken = table.ports[slot]!;
  for (const port of requests.ports)
    for (const other of taken) if (portsClash(port, other)) return rejection(reasons.ports, true);
  return null;
}

function least(capacity: number, requested: number): number {
  return requested > capacity ? 0 : Math.trunc(((capacity - requested) * 100) / capacity);
}

function balance(a: number, b: number): number {
  return Math.trunc((1 - Math.abs(Math.min(1, a) - Math.min(1, b)) / 2) * 100);
}

const limited = (capacity: number) => capacity > 0 && capacity !== Number.POSITIVE_INFINITY;

/** How much of cpu and memory is free once the pod is there, 0..100: half-used cpu and memory give 50. */
export function leastAllocated(requests: Requests, table: NodeTable, slot: number): number {
  const cpu = table.cpu[slot]!;
  const memory = table.memory[slot]!;
  let score = 0;
  let weights = 0;
  if (limited(cpu)) {
    score += least(cpu, table.scoredCpu[slot]! + requests.incomingCpu);
    weights++;
  }
  if (limited(memory)) {
    score += least(memory, table.scoredMemory[slot]! + requests.incomingMemory);
    weights++;
  }
  return weights === 0 ? 0 : Math.trunc(score / weights);
}

/**
 * What the pod does to the balance of cpu and memory, 0..100: one that changes nothing about it gives 75, 50 + (50 + 0) / 2.
 * A pod that asks for neither has no such score, which is 0 here.
 */
export function balancedAllocation(requests: Requests, table: NodeTable, slot: number): number {
  if (requests.bestEffort) return 0;
  const cpu = table.cpu[slot]!;
  const memory = table.memory[slot]!;
  if (!limited(cpu) || !limited(memory)) return 75;
  const before = balance(table.usedCpu[slot]! / cpu, table.usedMemory[slot]! / memory);
  const after = balance(
    (table.usedCpu[slot]! + requests.cpu) / cpu,
    (table.usedMemory[slot]! + requests.memory) / memory,
  );
  return 50 + Math.trunc((50 + after - before) / 2);
}

/** Both scores of the slot together. */
export function resourceScore(requests: Requests, table: NodeTable, slot: number): number {
  return leastAllocated(requests, table, slot) + balancedAllocation(requests, table, slot);
}
