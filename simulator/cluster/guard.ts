/**
 * Who may exist: quotas and limits of a namespace, asked by everything that creates an object, through the door or as a controller.
 * Models plugin/pkg/admission/{resourcequota,limitranger}.
 */
import { asObject, type JsonObject } from "../api/json.ts";
import { resourcePlural } from "../api/kind.ts";
import { kinds } from "../api/kinds.ts";
import { claimRefusal, limitRefusal, withLimitDefaults } from "../api/limit-range.ts";
import type { PodSpec } from "../api/objects.ts";
import { type Amounts, amountsAt, amountsOut, amountsText, beyond, masked, sumOf } from "../api/quota/amounts.ts";
import { objectUsage } from "../api/quota/objects.ts";
import { hasScopes, isInScopes, isOfPods, missingOf, podUsage } from "../api/quota/pods.ts";
import type { Kind, LiveObject, Stored } from "./objects.ts";
import type { Change, Creation, Store } from "./store.ts";

export const quotaResource = "resourcequotas";
export const limitResource = "limitranges";

type Counted = LiveObject | Creation<Kind>;

export interface Guard {
  /** Whether there is any quota or limit in the cluster. */
  isActive(): boolean;
  /** Hears of every change. */
  observe(change: Change): void;
  /** The spec with the defaults of the limits; the same for all pods of a template. */
  limited(namespace: string, spec: PodSpec): PodSpec;
  /** Why the object may not be created, without the beginning that names it. */
  refusal(creation: Creation<Kind>): string | undefined;
  /** Counts an object that was created. */
  charge(creation: Creation<Kind>): void;
}

/** Under which resource an object is counted: `deployments.apps`. */
export function resourceOf(object: Counted): string {
  if (object.kind === "Stored") return (object as Stored).resource;
  const row = kinds.named(object.kind);
  return row ? resourcePlural(row) : object.kind;
}

const specOf = (object: Counted): JsonObject =>
  asObject(
    (object.kind === "Stored" ? (object as Stored).content["spec"] : (object as { spec?: unknown }).spec) as JsonObject,
  );

/** What an object uses of the resources that quotas count. */
export function usageOf(object: Counted): Amounts {
  if (object.kind === "Pod") {
    const { spec, phase } = object as Creation<"Pod">;
    return podUsage(spec, phase === "Succeeded" || phase === "Failed");
  }
  return objectUsage(resourceOf(object), specOf(object));
}

/** Whether a quota with these resources counts the object. */
export function isCounted(object: Counted, quota: JsonObject, hard: Amounts): boolean {
  if (object.kind === "Pod") {
    return [...hard.keys()].some(isOfPods) && isInScopes((object as Creation<"Pod">).spec, quota);
  }
  return !hasScopes(quota) && [...usageOf(object).keys()].some((name) => hard.has(name));
}

/** A guard of the store. */
export function createGuard(store: () => Store): Guard {
  const objects = { [quotaResource]: new Set<Stored>(), [limitResource]: new Set<Stored>() };
  let known = new WeakMap<PodSpec, Map<string, PodSpec>>();

  const of = (resource: keyof typeof objects, namespace: string) =>
    [...objects[resource]].filter((one) => one.namespace === namespace);

  function limitsRefuse(creation: Creation<Kind>): string | undefined {
    for (const { content } of of(limitResource, creation.namespace)) {
      const why =
        creation.kind === "Pod"
          ? limitRefusal((creation as Creation<"Pod">).spec, content)
          : creation.kind === "PersistentVolumeClaim"
            ? claimRefusal(specOf(creation), content)
            : undefined;
      if (why !== undefined) return why;
    }
    return undefined;
  }

  /** The quotas that count the object, with what it adds to each. */
  function* counting(creation: Creation<Kind>): Generator<{ quota: Stored; hard: Amounts; more: Amounts }> {
    const usage = usageOf(creation);
    for (const quota of of(quotaResource, creation.namespace)) {
      const hard = amountsAt(quota.content, "status", "hard");
      if (!isCounted(creation, asObject(quota.content["spec"]), hard)) continue;
      const more = new Map([...usage].filter(([name, amount]) => hard.has(name) && amount.nanos !== 0n));
      yield { quota, hard, more };
    }
  }

  function quotasRefuse(creation: Creation<Kind>): string | undefined {
    const counted = [...counting(creation)];
    for (const { quota, hard } of counted) {
      const missing = creation.kind === "Pod" ? missingOf((creation as Creation<"Pod">).spec, hard.keys()) : undefined;
      if (missing !== undefined) return `failed quota: ${quota.name}: must specify ${missing}`;
    }
    for (const { quota, hard, more } of counted) {
      const used = amountsAt(quota.content, "status", "used");
      const exceeded = beyond(
        masked(sumOf(used, more), (name) => more.has(name)),
        hard,
      );
      if (exceeded.length === 0) continue;
      const part = (amounts: Amounts) => amountsText(masked(amounts, (name) => exceeded.includes(name)));
      return `exceeded quota: ${quota.name}, requested: ${part(more)}, used: ${part(used)}, limited: ${part(hard)}`;
    }
    return undefined;
  }

  return {
    isActive: () => objects[quotaResource].size > 0 || objects[limitResource].size > 0,
    observe({ type, object }) {
      if (object.kind !== "Stored") return;
      const set = objects[object.resource as keyof typeof objects];
      if (!set) return;
      if (type === "deleted") set.delete(object);
      else set.add(object);
      if (object.resource === limitResource) known = new WeakMap();
    },
    limited(namespace, spec) {
      const ranges = of(limitResource, namespace);
      if (ranges.length === 0) return spec;
      const bySpace = known.get(spec) ?? new Map<string, PodSpec>();
      known.set(spec, bySpace);
      let limited = bySpace.get(namespace);
      if (!limited) {
        limited = ranges.reduce((filled, { content }) => withLimitDefaults(filled, content), spec);
        bySpace.set(namespace, limited);
      }
      return limited;
    },
    refusal: (creation) => limitsRefuse(creation) ?? quotasRefuse(creation),
    charge(creation) {
      for (const { quota, more } of counting(creation)) {
        if (more.size === 0) continue;
        const status = asObject(quota.content["status"]);
        const used = amountsOut(sumOf(amountsAt(quota.content, "status", "used"), more));
        store().update(quota, { content: { ...quota.content, status: { ...status, used } } });
      }
    },
  };
}
