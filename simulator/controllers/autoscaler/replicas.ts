/**
 * How many pods a metric asks for. Models pkg/controller/podautoscaler/replica_calculator.go. Amounts are thousandths; a size is
 * always rounded up: 3 pods at 60 % of a target of 50 % are 3.6, so 4.
 */

/** How far from 1 the ratio of usage and target may be before anything changes. */
export interface Tolerance {
  readonly up: number;
  readonly down: number;
}

/** A pod as the arithmetic sees it. */
export interface PodSample {
  readonly name: string;
  /** Ignored: it goes or has failed. Unready: it starts. Missing: it has no metric. */
  readonly is: "counted" | "unready" | "missing" | "ignored";
  readonly usage: number;
  /** What its containers request, where utilization is asked for. */
  readonly request: number;
}

/** The size, and what is told of the usage: on average, and in percent of the requests. */
interface Proposal {
  readonly replicas: number;
  readonly average: number;
  readonly utilization?: number;
}

export type Calculated = Proposal | { readonly error: string };

/** Whether the ratio is near enough to 1; 1.1 and 0.9 are by default. */
export function isWithin(ratio: number, { up, down }: Tolerance): boolean {
  return 1 - down <= ratio && ratio <= 1 + up;
}

interface Measured {
  readonly ratio: number;
  readonly average: number;
  readonly utilization?: number;
}

type Measure = (samples: readonly PodSample[]) => Measured | undefined;

/** Whole percent, rounded down, of everything that is requested: 150m of 200m is 75 %. */
function measureUtilization(target: number): Measure {
  return (samples) => {
    const requested = samples.reduce((sum, one) => sum + BigInt(one.request), 0n);
    if (requested === 0n) return undefined;
    const used = samples.reduce((sum, one) => sum + BigInt(one.usage), 0n);
    const utilization = Number((used * 100n) / requested);
    return { ratio: utilization / target, utilization, average: Number(used / BigInt(samples.length)) };
  };
}

function measureAverage(target: number): Measure {
  return (samples) => {
    const used = samples.reduce((sum, one) => sum + BigInt(one.usage), 0n);
    const average = Number(used / BigInt(samples.length));
    return { ratio: average / target, average };
  };
}

/**
 * The size for the samples of the pods. Who wants more counts pods that are not ready or have no metric as idle; who wants less
 * counts those without a metric as using `full` of theirs, and leaves unready ones out. What would turn the way around changes
 * nothing.
 */
function sizeFor(
  samples: readonly PodSample[],
  current: number,
  tolerance: Tolerance,
  measure: Measure,
  full: (sample: PodSample) => number,
): Calculated {
  if (samples.length === 0) return { error: "no pods returned by selector while calculating replica count" };
  const counted = samples.filter(({ is }) => is === "counted");
  if (counted.length === 0) {
    return { error: "did not receive metrics for targeted pods (pods might be unready)" };
  }
  const first = measure(counted);
  if (!first) return { error: "no metrics returned matched known pods" };
  const { ratio, average, utilization } = first;
  const told = { average, ...(utilization === undefined ? {} : { utilization }) };
  const unready = samples.filter(({ is }) => is === "unready");
  const missing = samples.filter(({ is }) => is === "missing");
  const countsUnready = unready.length > 0 && ratio > 1;
  if (!countsUnready && missing.length === 0) {
    return { ...told, replicas: isWithin(ratio, tolerance) ? current : Math.ceil(ratio * counted.length) };
  }
  const as = (usage: (sample: PodSample) => number) => (sample: PodSample) => ({ ...sample, usage: usage(sample) });
  const all = [
    ...counted,
    // At exactly the target a missing utilization is left out, but a missing average counts as nothing used.
    ...(ratio === 1 && utilization !== undefined ? [] : missing.map(as(ratio < 1 ? full : () => 0))),
    ...(countsUnready ? unready.map(as(() => 0)) : []),
  ];
  const again = measure(all);
  if (!again) return { error: "no metrics returned matched known pods" };
  const turns = (ratio < 1 && again.ratio > 1) || (ratio > 1 && again.ratio < 1);
  if (isWithin(again.ratio, tolerance) || turns) return { ...told, replicas: current };
  const replicas = Math.ceil(again.ratio * all.length);
  const isOtherWay = (again.ratio < 1 && replicas > current) || (again.ratio > 1 && replicas < current);
  return { ...told, replicas: isOtherWay ? current : replicas };
}

/** The size at which the pods use `target` percent of their requests. */
export function sizeForUtilization(
  samples: readonly PodSample[],
  current: number,
  target: number,
  tolerance: Tolerance,
): Calculated {
  const full = ({ request }: PodSample) => Math.floor((request * Math.max(100, target)) / 100);
  return sizeFor(samples, current, tolerance, measureUtilization(target), full);
}

/** The size at which the pods use `target` on average. */
export function sizeForAverage(
  samples: readonly PodSample[],
  current: number,
  target: number,
  tolerance: Tolerance,
): Calculated {
  return sizeFor(samples, current, tolerance, measureAverage(target), () => target);
}

/** The size for a value of the whole: in proportion to the pods that are ready. */
export function sizeForValue(
  value: number,
  target: number,
  current: number,
  ready: number,
  tolerance: Tolerance,
): Proposal {
  const ratio = value / target;
  const isNear = current !== 0 && isWithin(ratio, tolerance);
  return { average: value, replicas: isNear ? current : Math.ceil(current === 0 ? ratio : ratio * ready) };
}

/** The size at which each pod has `target` of the whole: 45 at 10 each are 5. `pods` are those that there are. */
export function sizeForShare(value: number, target: number, pods: number, tolerance: Tolerance): Proposal {
  const isNear = isWithin(value / (target * pods), tolerance);
  return { average: Math.ceil(value / pods), replicas: isNear ? pods : Math.ceil(value / target) };
}
