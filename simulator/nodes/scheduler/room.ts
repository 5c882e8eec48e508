/** What is free on a slot, as sums that pods are taken from and given to: where nothing but resources keeps a pod out. */

import type { Requests } from "../../api/pod/requests.ts";
import type { NodeTable } from "./node-table.ts";

export interface Room {
  cpu: number;
  memory: number;
  ephemeral: number;
  pods: number;
}

/** What is free on the slot. */
export function roomOn(table: NodeTable, slot: number): Room {
  return {
    cpu: table.cpu[slot]! - table.usedCpu[slot]!,
    memory: table.memory[slot]! - table.usedMemory[slot]!,
    ephemeral: table.ephemeral[slot]! - table.usedEphemeral[slot]!,
    pods: table.pods[slot]! - table.usedPods[slot]!,
  };
}

/** A pod leaves (1) or comes (-1). */
export function changeRoom(room: Room, { cpu, memory, ephemeral }: Requests, by: 1 | -1): void {
  room.cpu += by * cpu;
  room.memory += by * memory;
  room.ephemeral += by * ephemeral;
  room.pods += by;
}

/** Whether a pod that asks for no other resources has room. */
export function hasRoom({ cpu, memory, ephemeral, pods }: Room, requests: Requests): boolean {
  if (pods < 1) return false;
  if (requests.cpu > 0 && requests.cpu > cpu) return false;
  if (requests.memory > 0 && requests.memory > memory) return false;
  return requests.ephemeral === 0 || requests.ephemeral <= ephemeral;
}
