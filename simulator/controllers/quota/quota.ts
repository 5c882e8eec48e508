/** Keeps what quotas say is used. Models pkg/controller/resourcequota/resource_quota_controller.go. */
import { semanticEqual } from "../../api/equality.ts";
import { asObject, type JsonObject } from "../../api/json.ts";
import { kinds } from "../../api/kinds.ts";
import { type Amounts, amountOf, amountsAt, amountsOut, masked, one, sumOf } from "../../api/quota/amounts.ts";
import { isOfPods } from "../../api/quota/pods.ts";
import { type ControllerFactory, keyOf, splitKey } from "../../cluster/controller.ts";
import { isCounted, quotaResource, usageOf } from "../../cluster/guard.ts";
import type { Kind, LiveObject, Stored } from "../../cluster/objects.ts";
import type { Store } from "../../cluster/store.ts";

/** What every namespace has without anybody making it. */
const alwaysThere: Readonly<Record<string, string>> = { configmaps: "kube-root-ca.crt", serviceaccounts: "default" };

/** Under which resource the objects stand of which a quota counts this; undefined where nothing is known of it. */
function resourceFor(name: string): string | undefined {
  if (isOfPods(name)) return "pods";
  if (name.startsWith("count/")) return name.slice("count/".length);
  if (name.startsWith("services.")) return "services";
  if (name === "requests.storage" || name.includes(".storageclass.storage.k8s.io/")) return "persistentvolumeclaims";
  return kinds.resource(name)?.plural;
}

function objectsOf(store: Store, resource: string): Iterable<LiveObject> {
  const row = kinds.resource(resource);
  return row?.is === "simulated" ? (store.all(row.kind as Kind) as Iterable<LiveObject>) : store.allStored(resource);
}

/** What the objects of the namespace use of what the quota counts. */
function usedOf(store: Store, quota: Stored, spec: JsonObject, hard: Amounts): Amounts {
  const resources = new Set([...hard.keys()].flatMap((name) => resourceFor(name) ?? []));
  let used: Amounts = new Map([...hard.keys()].filter(resourceFor).map((name) => [name, amountOf(0)]));
  for (const resource of resources) {
    const own = alwaysThere[resource];
    let isThere = own === undefined;
    for (const object of objectsOf(store, resource)) {
      if (object.namespace !== quota.namespace || !isCounted(object, spec, hard)) continue;
      used = sumOf(used, usageOf(object));
      isThere ||= object.name === own;
    }
    if (!isThere) used = sumOf(used, new Map([resource, `count/${resource}`].map((name) => [name, one])));
  }
  return masked(used, (name) => hard.has(name));
}

const everything: readonly Kind[] = [
  "Pod",
  "Stored",
  "Deployment",
  "ReplicaSet",
  "StatefulSet",
  "DaemonSet",
  "Job",
  "CronJob",
  "ControllerRevision",
  "PersistentVolumeClaim",
  "Service",
];

export const quotaController: ControllerFactory = {
  name: "resourcequota",
  create({ store, enqueue }) {
    const quotas = new Set<Stored>();

    function enqueueAll(namespace: string): void {
      for (const quota of quotas) if (quota.namespace === namespace) enqueue(keyOf(quota));
    }

    return {
      kinds: everything,
      podFields: ["phase"],
      observe(change) {
        const { type, object } = change;
        if (object.kind === "Stored" && object.resource === quotaResource) {
          if (type === "deleted") quotas.delete(object);
          else quotas.add(object);
          const before = type === "modified" ? (change.previous as Partial<Stored>).content : undefined;
          if (type === "added" || (before && before["spec"] !== object.content["spec"])) enqueue(keyOf(object));
        }
        if (quotas.size === 0) return;
        // What is created was counted by whoever let it in.
        const changes = type === "modified" && ["Pod", "Service", "PersistentVolumeClaim"].includes(object.kind);
        if (type === "deleted" || changes) enqueueAll(object.namespace);
      },
      sync(key) {
        const quota = store.getStored(quotaResource, ...splitKey(key));
        if (!quota) return;
        const spec = asObject(quota.content["spec"]);
        const hard = amountsAt(quota.content, "spec", "hard");
        const used = usedOf(store, quota, spec, hard);
        const status = { hard: asObject(spec["hard"]), used: amountsOut(used) };
        if (semanticEqual(status, quota.content["status"])) return;
        store.update(quota, { content: { ...quota.content, status } });
      },
    };
  },
};
