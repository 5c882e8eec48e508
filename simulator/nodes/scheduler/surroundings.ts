/** What the scheduler looks up in the store of the cluster beside pods and nodes. */
import type { LabelMap, LabelSelector } from "../../api/objects.ts";
import { isPodTerminal, type Service } from "../../cluster/objects.ts";
import type { Change, Store } from "../../cluster/store.ts";
import type { Surroundings } from "./placement.ts";

/** The pods that take room on nodes, the selectors of Services and controllers, and the labels of namespaces, as they are now. */
export function surroundingsIn(store: Store): Surroundings {
  return {
    *podsOn(node) {
      for (const pod of store.podsOnNode(node)) if (!isPodTerminal(pod)) yield pod;
    },
    *services(namespace) {
      for (const service of store.all("Service")) if (service.namespace === namespace) yield selectorOf(service);
    },
    controller(kind, namespace, name): LabelSelector | undefined {
      if (kind !== "ReplicaSet" && kind !== "StatefulSet") return undefined;
      return store.get(kind, namespace, name)?.spec.selector;
    },
    namespaceLabels: (namespace) => ({ "kubernetes.io/metadata.name": namespace }),
  };
}

function selectorOf({ spec }: Service): LabelMap {
  return (spec["selector"] as LabelMap | undefined) ?? {};
}

/** Whether a change of a Service or a controller can change what pods are spread by. Selectors of controllers never change. */
export function concernsSelectors(change: Change): boolean {
  const { kind } = change.object;
  if (kind === "Service") return change.type !== "modified" || "spec" in change.previous;
  return (kind === "ReplicaSet" || kind === "StatefulSet") && change.type !== "modified";
}
