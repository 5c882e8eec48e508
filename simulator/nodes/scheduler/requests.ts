/** What a pod asks of a node. Models staging/src/k8s.io/component-helpers/resource/helpers.go (PodRequests). */
import type { Container, IntOrString, PodSpec } from "../../api/objects.ts";
import { milliValue, wholeValue } from "../../api/quantity-number.ts";

export interface HostPort {
  readonly protocol: string;
  /** `0.0.0.0` is every address. */
  readonly ip: string;
  readonly port: number;
}

export interface Requests {
  /** Millicores. */
  readonly cpu: number;
  /** Bytes. */
  readonly memory: number;
  readonly ephemeral: number;
  /** Extended resources and huge pages, in whole units. */
  readonly extended: readonly (readonly [name: string, amount: number])[];
  /** With 100m and 200 MiB for containers that name no request; used by scores only. */
  readonly scoredCpu: number;
  readonly scoredMemory: number;
  readonly ports: readonly HostPort[];
  /** Asks for neither cpu nor memory. */
  readonly bestEffort: boolean;
}

type Amounts = Map<string, number>;

const defaultMilliCpu = 100;
const defaultMemory = 200 * 1024 * 1024;

function amountsOf(list: Readonly<Record<string, IntOrString>> | undefined): Amounts {
  return new Map(
    Object.entries(list ?? {}).map(([name, text]) => [name, name === "cpu" ? milliValue(text) : wholeValue(text)]),
  );
}

function add(to: Amounts, more: Amounts): void {
  for (const [name, amount] of more) to.set(name, (to.get(name) ?? 0) + amount);
}

function raise(to: Amounts, least: Amounts): void {
  for (const [name, amount] of least) to.set(name, Math.max(to.get(name) ?? 0, amount));
}

/** Limits stand in for missing requests (the API server's default does the same before the scheduler looks). */
function containerAmounts(container: Container, missing: boolean): Amounts {
  const amounts = amountsOf({ ...container.resources?.limits, ...container.resources?.requests });
  if (missing) {
    if (!amounts.has("cpu")) amounts.set("cpu", defaultMilliCpu);
    if (!amounts.has("memory")) amounts.set("memory", defaultMemory);
  }
  return amounts;
}

/** The larger of everything that runs together and the hungriest init step with the sidecars started before it. */
function podAmounts(spec: PodSpec, missing: boolean): Amounts {
  const total: Amounts = new Map();
  for (const container of spec.containers) add(total, containerAmounts(container, missing));
  const sidecars: Amounts = new Map();
  const largestInit: Amounts = new Map();
  for (const container of spec.initContainers ?? []) {
    const amounts = containerAmounts(container, missing);
    if (container.restartPolicy === "Always") {
      add(total, amounts);
      add(sidecars, amounts);
      raise(largestInit, sidecars);
    } else {
      add(amounts, sidecars);
      raise(largestInit, amounts);
    }
  }
  raise(total, largestInit);
  for (const [name, amount] of amountsOf({ ...spec.resources?.limits, ...spec.resources?.requests }))
    total.set(name, amount);
  add(total, amountsOf(spec.overhead));
  return total;
}

function portsOf(spec: PodSpec): HostPort[] {
  const sidecars = (spec.initContainers ?? []).filter((one) => one.restartPolicy === "Always");
  return [...spec.containers, ...sidecars].flatMap((container) =>
    (container.ports ?? [])
      .map((port) => ({ ...port, hostPort: port.hostPort ?? (spec.hostNetwork ? port.containerPort : 0) }))
      .filter((port) => port.hostPort > 0)
      .map((port) => ({ protocol: port.protocol ?? "TCP", ip: port.hostIP || "0.0.0.0", port: port.hostPort })),
  );
}

const known = new WeakMap<PodSpec, Requests>();

/** The requests of every pod of this spec; computed once per spec. */
export function requestsOf(spec: PodSpec): Requests {
  let requests = known.get(spec);
  if (!requests) {
    const plain = podAmounts(spec, false);
    const scored = podAmounts(spec, true);
    const cpu = plain.get("cpu") ?? 0;
    const memory = plain.get("memory") ?? 0;
    requests = {
      cpu,
      memory,
      ephemeral: plain.get("ephemeral-storage") ?? 0,
      extended: [...plain].filter(([name]) => name.includes("/") || name.startsWith("hugepages-")),
      scoredCpu: scored.get("cpu") ?? 0,
      scoredMemory: scored.get("memory") ?? 0,
      ports: portsOf(spec),
      bestEffort: cpu === 0 && memory === 0,
    };
    known.set(spec, requests);
  }
  return requests;
}

/** Whether two host ports cannot stand on one node. */
export function portsClash(a: HostPort, b: HostPort): boolean {
  if (a.port !== b.port || a.protocol !== b.protocol) return false;
  return a.ip === b.ip || a.ip === "0.0.0.0" || b.ip === "0.0.0.0";
}
