/** The pods of a workload in a view: its own, and those of its ReplicaSets and Jobs. */
import type { View, ViewObject } from "../../simulator/view.ts";
import type { DocumentObject } from "../protocol.ts";
import { namespaceOf } from "./state/model.ts";

export function minePods(seen: View, object: DocumentObject): readonly ViewObject<"Pod">[] {
  const namespace = namespaceOf(object);
  const owner = `${object.kind}/${object.name}`;
  const owners = new Set([owner]);
  for (const one of seen.ReplicaSet) if (one.state.owner === owner) owners.add(`ReplicaSet/${one.name}`);
  for (const one of seen.Job) if (one.state.owner === owner) owners.add(`Job/${one.name}`);
  return seen.Pod.filter((pod) => pod.namespace === namespace && owners.has(pod.state.owner));
}
