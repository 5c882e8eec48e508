/**
 * What the scheduler knows of the nodes, as columns: a node is a slot. Columns instead of objects because every pod is tried on
 * hundreds of nodes. Models pkg/scheduler/framework (NodeInfo) and pkg/scheduler/backend/cache/node_tree.go (the order of zones).
 */
import type { LabelMap, PodSpec, Taint } from "../../api/objects.ts";
import { type HostPort, type Requests, requestsOf } from "../../api/pod/requests.ts";
import { milliValue, wholeValue } from "../../api/quantity-number.ts";
import type { NodeImage } from "../../cluster/objects.ts";

/** As much of a node as scheduling looks at; both live nodes and those of a scenario fit. */
export interface NodeFacts {
  readonly name: string;
  readonly labels: LabelMap;
  readonly taints: readonly Taint[];
  readonly unschedulable: boolean;
  /** Null: room for everything. What a node does not name it has none of, places for pods and ephemeral storage too. */
  readonly allocatable: Readonly<Record<string, string>> | null;
  readonly images?: readonly NodeImage[];
}

/** The values that one topology key takes: each node's number of its value, -1 where it has none. */
interface Domains {
  readonly of: Int32Array;
  readonly names: readonly string[];
}

export interface NodeTable {
  readonly nodes: readonly NodeFacts[];
  readonly slots: ReadonlyMap<string, number>;
  /** Allocatable; Infinity on a node with room for everything. */
  readonly cpu: Float64Array;
  readonly memory: Float64Array;
  readonly ephemeral: Float64Array;
  readonly pods: Float64Array;
  readonly extended: readonly (ReadonlyMap<string, number> | null)[];
  /** Requested by the pods placed there. */
  readonly usedCpu: Float64Array;
  readonly usedMemory: Float64Array;
  readonly usedEphemeral: Float64Array;
  readonly usedPods: Float64Array;
  readonly usedExtended: readonly Map<string, number>[];
  readonly scoredCpu: Float64Array;
  readonly scoredMemory: Float64Array;
  readonly ports: readonly HostPort[][];
  /** Goes up whenever what is used on the slot changes. */
  readonly version: Int32Array;
  domains(key: string): Domains;
}

const zoneKey = "topology.kubernetes.io/zone";
const regionKey = "topology.kubernetes.io/region";

/** The nodes zone by zone in turns, so that a scan of some of them sees all zones. */
function interleaved<N extends NodeFacts>(nodes: readonly N[]): N[] {
  const zones = new Map<string, N[]>();
  for (const node of nodes) {
    const zone = `${node.labels[regionKey] ?? ""}:${node.labels[zoneKey] ?? ""}`;
    const group = zones.get(zone);
    if (group) group.push(node);
    else zones.set(zone, [node]);
  }
  if (zones.size <= 1) return [...nodes];
  const ordered: N[] = [];
  for (let round = 0; ordered.length < nodes.length; round++) {
    for (const group of zones.values()) if (round < group.length) ordered.push(group[round]!);
  }
  return ordered;
}

/** A table of the nodes with nothing placed on them yet. */
export function createNodeTable(list: readonly NodeFacts[]): NodeTable {
  const nodes = interleaved(list);
  const size = nodes.length;
  const column = () => new Float64Array(size);
  const capacity = (resource: string, read: (text: string) => number) =>
    Float64Array.from(nodes, ({ allocatable }) =>
      allocatable === null ? Number.POSITIVE_INFINITY : read(allocatable[resource] ?? "0"),
    );
  const domains = new Map<string, Domains>();
  return {
    nodes,
    slots: new Map(nodes.map((node, slot) => [node.name, slot])),
    cpu: capacity("cpu", milliValue),
    memory: capacity("memory", wholeValue),
    ephemeral: capacity("ephemeral-storage", wholeValue),
    pods: capacity("pods", wholeValue),
    extended: nodes.map(
      ({ allocatable }) =>
        allocatable && new Map(Object.entries(allocatable).map(([name, text]) => [name, wholeValue(text)])),
    ),
    usedCpu: column(),
    usedMemory: column(),
    usedEphemeral: column(),
    usedPods: column(),
    usedExtended: nodes.map(() => new Map()),
    scoredCpu: column(),
    scoredMemory: column(),
    ports: nodes.map(() => []),
    version: new Int32Array(size),
    domains(key) {
      let found = domains.get(key);
      if (!found) {
        const numbers = new Map<string, number>();
        const of = Int32Array.from(nodes, ({ labels }) => {
          if (!Object.hasOwn(labels, key)) return -1;
          const value = labels[key]!;
          let number = numbers.get(value);
          if (number === undefined) {
            number = numbers.size;
            numbers.set(value, number);
          }
          return number;
        });
        found = { of, names: [...numbers.keys()] };
        domains.set(key, found);
      }
      return found;
    },
  };
}

/** Adds (`sign` 1) or takes away (-1) what pods of this spec use of a slot. */
export function useSlot(table: NodeTable, slot: number, spec: PodSpec, sign: 1 | -1): void {
  const requests: Requests = requestsOf(spec);
  table.usedCpu[slot]! += sign * requests.cpu;
  table.usedMemory[slot]! += sign * requests.memory;
  table.usedEphemeral[slot]! += sign * requests.ephemeral;
  table.usedPods[slot]! += sign;
  table.scoredCpu[slot]! += sign * requests.scoredCpu;
  table.scoredMemory[slot]! += sign * requests.scoredMemory;
  table.version[slot]!++;
  for (const [name, amount] of requests.extended) {
    const used = table.usedExtended[slot]!;
    used.set(name, (used.get(name) ?? 0) + sign * amount);
  }
  const ports = table.ports[slot]!;
  for (const port of requests.ports) {
    if (sign > 0) ports.push(port);
    else ports.splice(ports.indexOf(port), 1);
  }
}
