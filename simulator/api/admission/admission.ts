/**
 * Default admission: what a cluster does to objects beyond its rules, as pure functions: for diagnostics, for the door and for what
 * controllers make. Models the plugins that kube-apiserver has on by default, as far as they look at Pods, claims and namespaces.
 */
import type { Draft } from "../defaults-pod.ts";
import { FieldPath } from "../field-path.ts";
import { type JsonObject, stringAt } from "../json.ts";
import type { KindRow } from "../kind.ts";
import { type Refused, refusedFor } from "../registry/answer.ts";
import type { Surroundings } from "../registry/surroundings.ts";
import type { Target } from "../target.ts";
import { metadataOf } from "../workload-checks.ts";
import { admitGrowth, protect } from "./claim.ts";
import type { ClusterFacts } from "./facts.ts";
import { admitChangedPod, admitNewPod } from "./pod.ts";

const changed: ReadonlySet<string> = new Set(["Pod", "PersistentVolumeClaim", "PersistentVolume"]);

/** Whether new objects of a kind are changed on their way in. */
export function isChangedWhenNew({ group, kind }: KindRow): boolean {
  return group === "" && changed.has(kind);
}

/** Admits a new object, in place, or says why it is not let in. */
export function admitNew(object: Draft, row: KindRow, target: Target, cluster: ClusterFacts): Refused | undefined {
  const namespace = stringAt(metadataOf(object), "namespace") || "default";
  if (row.namespaced && cluster.hasNamespace?.(namespace) === false) {
    const at = FieldPath.root.child("metadata").child("namespace");
    return refusedFor("NotFound", "namespace-missing", { value: namespace }, at);
  }
  if (row.group !== "") return undefined;
  switch (row.kind) {
    case "Pod":
      return admitNewPod(object, target, cluster);
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
