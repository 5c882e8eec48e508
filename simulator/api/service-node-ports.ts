/**
 * The node ports of a Service: handed out before anything is judged, and the first that cannot be had ends the matter.
 * Models initNodePorts, updateNodePorts and updateHealthCheckNodePort of pkg/registry/core/service/storage/alloc.go.
 */
import { type Draft, draftsAt } from "./defaults-pod.ts";
import { FieldPath, invalid } from "./field-path.ts";
import { isPortNumber } from "./formats.ts";
import { asObject, type JsonObject, listAt, numberAt } from "./json.ts";
import type { Problem } from "./problem.ts";
import type { ServiceRanges } from "./service-ranges.ts";
import { allocatesNodePorts, needsHealthCheck, needsNodePorts } from "./service-types.ts";

const portsPath = FieldPath.root.child("spec").child("ports");

/** Why the ports cannot be had; an entry given twice is an error of the server's own (500). */
interface PortRefusal {
  readonly problem: Problem;
  readonly status: 422 | 500;
}

/** The node ports of a spec, 0 where an entry has none. */
export function nodePortsOf(spec: JsonObject): readonly number[] {
  return listAt(spec, "ports").map((port) => numberAt(asObject(port), "nodePort") ?? 0);
}

function refuse(index: number, port: number, { isKnown, nodePorts }: ServiceRanges): PortRefusal | undefined {
  const { min, max } = isKnown ? nodePorts : { min: 1, max: 65_535 };
  if (isPortNumber(port) && port >= min && port <= max) return undefined;
  const at = portsPath.index(index).child("nodePort");
  return { problem: invalid("out-of-range", at, { value: port, min, max }), status: 422 };
}

const taken = (index: number, port: number): PortRefusal => ({
  problem: invalid("node-port-taken", portsPath.index(index).child("nodePort"), { value: port }),
  status: 422,
});

/** Gives the entries of a new Service their node ports, in place. Entries of one port number share theirs. */
export function choosePorts(spec: Draft, ranges: ServiceRanges): PortRefusal | undefined {
  if (!needsNodePorts(spec)) return undefined;
  const byPort = new Map<number, number>();
  const used = new Set<number>();
  const ports = draftsAt(spec, "ports");
  for (const [index, entry] of ports.entries()) {
    const own = numberAt(entry, "nodePort") ?? 0;
    if (own === 0 && !allocatesNodePorts(spec)) continue;
    const port = numberAt(entry, "port") ?? 0;
    const shared = byPort.get(port);
    if (shared !== undefined && own === 0) entry["nodePort"] = shared;
    if (shared !== undefined && (own === 0 || own === shared)) continue;
    const asked = (shared ?? 0) ? own : requested(port, ports);
    if (asked !== 0) {
      const refused = used.has(asked) ? taken(index, asked) : refuse(index, asked, ranges);
      if (refused) return refused;
    }
    const chosen = asked === 0 ? ranges.nodePort([...used, ...nodePortsOf(spec)]) : asked;
    used.add(chosen);
    if (shared !== undefined) continue;
    entry["nodePort"] = chosen;
    byPort.set(port, chosen);
  }
  return undefined;
}

function requested(port: number, ports: readonly Draft[]): number {
  const one = ports.find((entry) => numberAt(entry, "port") === port && (numberAt(entry, "nodePort") ?? 0) !== 0);
  return numberAt(one, "nodePort") ?? 0;
}

/** Gives the entries of a changed Service the node ports that they lack, in place. */
export function changePorts(spec: Draft, old: JsonObject, ranges: ServiceRanges): PortRefusal | undefined {
  if (!needsNodePorts(spec)) return undefined;
  const before = nodePortsOf(old);
  const seen = new Set<string>();
  const fresh = new Set<number>();
  for (const [index, entry] of draftsAt(spec, "ports").entries()) {
    let port = numberAt(entry, "nodePort") ?? 0;
    if (port === 0 && !allocatesNodePorts(spec)) continue;
    if (port === 0) {
      port = ranges.nodePort([...before, ...nodePortsOf(spec)]);
      entry["nodePort"] = port;
    } else if (!before.includes(port) && !fresh.has(port)) {
      const refused = refuse(index, port, ranges);
      if (refused) return refused;
      fresh.add(port);
    }
    const key = `${String(entry["protocol"])}/${port}`;
    if (seen.has(key)) return { ...taken(index, port), status: 500 };
    seen.add(key);
  }
  return undefined;
}

/** Gives a Service the port at which its health is asked for, in place, when it comes to need one. */
export function chooseHealthPort(spec: Draft, old: JsonObject | undefined, ranges: ServiceRanges): void {
  if (!needsHealthCheck(spec) || (old && needsHealthCheck(old))) return;
  if ((numberAt(spec, "healthCheckNodePort") ?? 0) === 0) {
    spec["healthCheckNodePort"] = ranges.nodePort(nodePortsOf(spec));
  }
}
