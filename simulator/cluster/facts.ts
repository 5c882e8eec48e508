/** What admission finds in a cluster: classes of pods, nodes. */
import {
  type ClusterFacts,
  type PriorityClass,
  type RuntimeClass,
  systemClasses,
  usualPolicy,
} from "../api/admission/facts.ts";
import { asObject, numberAt, stringAt } from "../api/json.ts";
import type { Stored } from "./objects.ts";
import type { Store } from "./store.ts";

/** The resources that classes of pods are stored as. */
export const priorityClassResource = "priorityclasses.scheduling.k8s.io";
export const runtimeClassResource = "runtimeclasses.node.k8s.io";

function classOf({ name, content }: Stored): PriorityClass {
  return {
    name,
    value: numberAt(content, "value") ?? 0,
    preemptionPolicy: stringAt(content, "preemptionPolicy") || usualPolicy,
  };
}

/** The class for pods that name none; of several the lowest counts. */
export function defaultPriorityClass(store: Pick<Store, "allStored">): PriorityClass | undefined {
  return Array.from(store.allStored(priorityClassResource))
    .filter(({ content }) => content["globalDefault"] === true)
    .map(classOf)
    .sort((a, b) => a.value - b.value)[0];
}

/**
 * The cluster of a store as admission sees it. `elsewhere` says of classes that nobody made whether they are taken for granted,
 * whatever they say, or missing.
 */
export function factsOf(
  store: Pick<Store, "allStored" | "getStored" | "get">,
  elsewhere: "there" | "missing",
): ClusterFacts {
  const absent = elsewhere === "there" ? undefined : null;
  return {
    priorityClass(name) {
      const found = store.getStored(priorityClassResource, "", name);
      return found ? classOf(found) : (systemClasses.find((one) => one.name === name) ?? absent);
    },
    defaultPriorityClass: () => defaultPriorityClass(store),
    runtimeClass(name) {
      const found = store.getStored(runtimeClassResource, "", name);
      return found ? (asObject(found.content) as RuntimeClass) : absent;
    },
    nodeLabels: (name) => store.get("Node", "", name)?.labels,
  };
}
