/** What the metrics APIs of the cluster say: the load that a scenario gives. Later loads stand before earlier ones. */
import { milliValue } from "../api/quantity-number.ts";
import type { Pod } from "./objects.ts";

type Amount = string | number;

/** What a container uses. */
export interface Usage {
  readonly cpu?: Amount;
  readonly memory?: Amount;
}

export type Load =
  | {
      /** Which pods; asked anew at each look, so later pods have it, too. */
      readonly selects: (pod: Pod) => boolean;
      /** Of every container, unless `containers` says otherwise. */
      readonly usage?: Usage;
      readonly containers?: Readonly<Record<string, Usage>>;
      /** There are no metrics of these pods. */
      readonly none?: boolean;
      /** Metrics of the pods; null: none. */
      readonly pods?: Readonly<Record<string, Amount | null>>;
    }
  | {
      readonly object: {
        readonly kind: string;
        readonly name: string;
        readonly metrics: Readonly<Record<string, Amount | null>>;
      };
    }
  | { readonly external: Readonly<Record<string, Amount | null>> };

/** Amounts are thousandths. */
export interface Metrics {
  /** Whether the cluster has metrics APIs at all. */
  readonly served: boolean;
  add(load: Load): void;
  /** What each container uses of the resource; undefined when nothing is known of the pod, which has to be running. */
  usage(pod: Pod, resource: string): ReadonlyMap<string, number | undefined> | undefined;
  ofPod(pod: Pod, metric: string): number | undefined;
  ofObject(kind: string, name: string, metric: string): number | undefined;
  external(metric: string): number | undefined;
}

type PodLoad = Extract<Load, { readonly selects: unknown }>;

const milli = (amount: Amount | null | undefined): number | undefined =>
  amount === null || amount === undefined ? undefined : milliValue(amount);

/** Metrics without any load. */
export function createMetrics(served: boolean): Metrics {
  const podLoads: PodLoad[] = [];
  const objects = new Map<string, Amount | null>();
  const externals = new Map<string, Amount | null>();

  /** The last load of the pod that the test takes. */
  function last(pod: Pod, test: (load: PodLoad) => boolean): PodLoad | undefined {
    return podLoads.findLast((load) => test(load) && load.selects(pod));
  }

  return {
    served,
    add(load) {
      if ("selects" in load) podLoads.push(load);
      else if ("object" in load) {
        const { kind, name, metrics } = load.object;
        for (const [metric, amount] of Object.entries(metrics)) objects.set(`${kind}/${name}/${metric}`, amount);
      } else for (const [metric, amount] of Object.entries(load.external)) externals.set(metric, amount);
    },
    usage(pod, resource) {
      if (pod.phase !== "Running") return undefined;
      const load = last(pod, ({ usage, containers, none }) => Boolean(usage || containers || none));
      if (!load || load.none) return undefined;
      const names = pod.containers.filter(({ role }) => role !== "init").map(({ name }) => name);
      const of = (name: string): Usage | undefined => load.containers?.[name] ?? load.usage;
      return new Map(names.map((name) => [name, milli(of(name)?.[resource as keyof Usage])]));
    },
    ofPod: (pod, metric) => milli(last(pod, ({ pods }) => pods !== undefined && metric in pods)?.pods?.[metric]),
    ofObject: (kind, name, metric) => milli(objects.get(`${kind}/${name}/${metric}`)),
    external: (metric) => milli(externals.get(metric)),
  };
}
