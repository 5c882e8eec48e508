/**
 * Default admission: what a cluster does to objects beyond its rules, as pure functions. Models the plugins that
 * kube-apiserver has on by default, as far as they look at Pods, claims and namespaces.
 */
import type { Draft } from "../defaults-pod.ts";
import { type JsonObject, stringAt } from "../json.ts";
import type { KindRow } from "../kind.ts";
import { type Refused, refusedFor } from "../registry/answer.ts";
import type { Surroundings } from "../registry/surroundings.ts";
import { metadataOf } from "../workload-checks.ts";
import { admitGrowth, protect } from "./claim.ts";
import { admitChangedPod, admitNewPod } from "./pod.ts";

/** Admits a new object, in place, or says why it is not let in. */
export function admitNew(object: Draft, row: KindRow, surroundings: Surroundings): Refused | undefined {
  const namespace = stringAt(metadataOf(object), "namespace");
  if (row.namespaced && namespace !== "" && surroundings.hasNamespace?.(namespace) === false) {
    return refusedFor("NotFound", "namespace-missing", { value: namespace });
  }
  switch (row.kind) {
    case "Pod":
      return admitNewPod(object, surroundings);
    case "PersistentVolumeClaim":
      protect(object, "kubernetes.io/pvc-protection");
      return undefined;
    case "PersistentVolume":
      protect(object, "kubernetes.io/pv-protection");
      return undefined;
    default:
      return undefined;
  }
}

/** Changes, in place, an object that is to replace another, before it is judged. */
export function admitMerged(object: Draft, live: JsonObject, row: KindRow): void {
  if (row.kind === "Pod") admitChangedPod(object, live);
}

/** Looks at an object that is to replace another, after it was judged. */
export function admitChanged(
  object: JsonObject,
  live: JsonObject,
  row: KindRow,
  surroundings: Surroundings,
): Refused | undefined {
  return row.kind === "PersistentVolumeClaim" ? admitGrowth(object, live, surroundings) : undefined;
}
