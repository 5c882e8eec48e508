/** What an autoscaler scales, through its scale subresource. */
import { asObject, type JsonObject, numberAt, objectAt, stringAt } from "../../api/json.ts";
import { isScalable, resourcePlural } from "../../api/kind.ts";
import { kinds } from "../../api/kinds.ts";
import type { LabelSelector } from "../../api/objects.ts";
import type { Kind, LiveObject, Stored } from "../../cluster/objects.ts";
import type { Store } from "../../cluster/store.ts";

export interface ScaleTarget {
  readonly specReplicas: number;
  readonly statusReplicas: number;
  readonly selector: LabelSelector | undefined;
  scale(replicas: number): void;
}

/** The object that the autoscaler names, or why there is no scale of it. */
export function scaleTarget(
  store: Store,
  namespace: string,
  reference: JsonObject,
): ScaleTarget | { readonly error: string } {
  const [kind, name, apiVersion] = ["kind", "name", "apiVersion"].map((field) => stringAt(reference, field));
  const row = kinds.serving(apiVersion!, kind!) ?? kinds.named(kind!);
  if (!row) return { error: `no matches for kind "${kind}" in group "${apiVersion!.split("/")[0]}"` };
  const resource = resourcePlural(row);
  if (!isScalable(row)) return { error: "the server could not find the requested resource" };
  if (row.is !== "simulated") {
    const stored = store.getStored(resource, namespace, name!);
    return stored ? ofStored(store, stored) : { error: `${resource} "${name}" not found` };
  }
  const live = store.get(row.kind as Kind, namespace, name!) as LiveObject | undefined;
  return live ? ofLive(store, live) : { error: `${resource} "${name}" not found` };
}

type Scalable = Extract<LiveObject, { kind: "Deployment" | "ReplicaSet" | "StatefulSet" }>;

function ofLive(store: Store, live: LiveObject): ScaleTarget {
  const { spec, status, generation } = live as Scalable;
  return {
    specReplicas: spec.replicas,
    statusReplicas: status.replicas,
    selector: spec.selector,
    scale: (replicas) =>
      void store.update(live as never, { spec: { ...spec, replicas }, generation: generation + 1 } as never),
  };
}

function ofStored(store: Store, stored: Stored): ScaleTarget {
  const { content, generation } = stored;
  const spec = asObject(content["spec"]);
  return {
    specReplicas: numberAt(spec, "replicas") ?? 0,
    statusReplicas: numberAt(asObject(content["status"]), "replicas") ?? 0,
    selector: { matchLabels: (objectAt(spec, "selector") ?? {}) as Readonly<Record<string, string>> },
    scale: (replicas) =>
      void store.update(stored, {
        content: { ...content, spec: { ...spec, replicas } },
        generation: generation + 1,
      }),
  };
}
