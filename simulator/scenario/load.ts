/** The load that a scenario gives, for autoscalers: what pods use, and what other metrics say. */
import type { Load } from "../cluster/metrics.ts";
import { controllerOf, type LiveObject, type Pod } from "../cluster/objects.ts";
import type { Store } from "../cluster/store.ts";

type Amount = string | number;
interface Usage {
  readonly cpu?: Amount;
  readonly memory?: Amount;
}

/** From now on, until another load says otherwise. Amounts are quantities, of every container. */
export type GivenLoad =
  | (Usage & {
      /** The workload whose pods have it, at any time. */
      readonly of: { readonly kind: string; readonly name: string; readonly namespace?: string };
      readonly containers?: Readonly<Record<string, Usage>>;
      /** There are no metrics of the pods. */
      readonly none?: boolean;
      /** Metrics of the pods by name; null: none. */
      readonly pods?: Readonly<Record<string, Amount | null>>;
    })
  | Extract<Load, { readonly object: unknown }>
  | Extract<Load, { readonly external: unknown }>;

function topOwner(store: Store, pod: Pod): LiveObject | undefined {
  let owner: LiveObject | undefined;
  for (let above = controllerOf(pod); above; above = owner && controllerOf(owner)) owner = store.byUid(above.uid);
  return owner;
}

/** The load as the metrics of the cluster take it. */
export function loadOf(store: Store, given: GivenLoad): Load {
  if (!("of" in given)) return given;
  const { of, cpu, memory, containers, none, pods } = given;
  const { kind, name, namespace = "default" } = of;
  const usage = { ...(cpu === undefined ? {} : { cpu }), ...(memory === undefined ? {} : { memory }) };
  return {
    selects(pod) {
      if (pod.namespace !== namespace) return false;
      const owner = topOwner(store, pod);
      return owner?.kind === kind && owner.name === name;
    },
    ...(Object.keys(usage).length > 0 ? { usage } : {}),
    ...(containers ? { containers } : {}),
    ...(none ? { none } : {}),
    ...(pods ? { pods } : {}),
  };
}
