/** What a pod asks of a node. Models staging/src/k8s.io/component-helpers/resource/helpers.go (PodRequests). */
import type { Container, IntOrString, PodSpec } from "../objects.ts";
import { milliValue, wholeValue } from "../quantity-number.ts";

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
  /** With 100m and 200 MiB for containers that name no request; used by scores only. Of a pod that stands on a node. */
  readonly scoredCpu: number;
  readonly scoredMemory: number;
  /** The same while the pod is being scheduled: that score does not know requests of the pod as a whole. */
  readonly incomingCpu: number;
  readonly incomingMemory: number;
  readonly ports: readonly HostPort[];
  /** Asks for neither cpu nor memory. */
  readonly bestEffort: boolean;
}

type Amounts = ReadonlyMap<string, number>;

const nothing: Amounts = new Map();
/** What scores take a container without a request to use: 100m and 200 MiB. */
const defaults: Amounts = new Map([
  ["cpu", 100],
  ["memory", 200 * 1024 * 1024],
]);

function amountsOf(list: Readonly<Record<string, IntOrString>> | undefined): Amounts {
  return new Map(
    Object.entries(list ?? {}).map(([name, text]) => [name, name === "cpu" ? milliValue(text) : wholeValue(text)]),
  );
}

function add(to: Map<string, number>, more: Amounts): void {
  for (const [name, amount] of more) to.set(name, (to.get(name) ?? 0) + amount);
}

function raise(to: Map<string, number>, least: Amounts): void {
  for (const [name, amount] of least) to.set(name, Math.max(to.get(name) ?? 0, amount));
}

/** Limits stand in for missing requests (the API server's default does the same before the scheduler looks). */
function containerAmounts({ resources }: Container, missing: Amounts): Map<string, number> {
  return new Map([...missing, ...amountsOf({ ...resources?.limits, ...resources?.requests })]);
}

/**
 * The larger of everything that runs together and the hungriest init step with the sidecars started before it. `missing` is
 * what a container without a request counts as; `whole` the requests of the pod as a whole, which stand instead of the sums.
 */
function podAmounts(spec: PodSpec, missing: Amounts, whole: Amounts): Amounts {
  const total = new Map<string, number>();
  for (const container of spec.containers) add(total, containerAmounts(container, missing));
  const sidecars = new Map<string, number>();
  const largestInit = new Map<string, number>();
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
  for (const [name, amount] of whole) total.set(name, amount);
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
    const whole = amountsOf({ ...spec.resources?.limits, ...spec.resources?.requests });
    const plain = podAmounts(spec, nothing, whole);
    // With requests of the pod as a whole only what nobody asks for counts as usual for containers.
    const usual = new Map([...defaults].filter(([name]) => whole.size === 0 || !plain.has(name)));
    const scored = podAmounts(spec, usual, whole);
    const incoming = whole.size === 0 ? scored : podAmounts(spec, defaults, nothing);
    const cpu = plain.get("cpu") ?? 0;
    const memory = plain.get("memory") ?? 0;
    requests = {
      cpu,
      memory,
      ephemeral: plain.get("ephemeral-storage") ?? 0,
      extended: [...plain].filter(([name]) => name.includes("/") || name.startsWith("hugepages-")),
      scoredCpu: scored.get("cpu") ?? 0,
      scoredMemory: scored.get("memory") ?? 0,
      incomingCpu: incoming.get("cpu") ?? 0,
      incomingMemory: incoming.get("memory") ?? 0,
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
