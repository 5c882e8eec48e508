/** Which of what is in a YAML document is ours to judge. Everything else is left alone. */
import { fieldTable } from "#field-table";
import { editDistance, nearest } from "./suggest.ts";

export type Recognised =
  /** A served kind that we know. */
  | { readonly is: "object"; readonly apiVersion: string; readonly kind: string }
  /** `kind: List`: its items are recognised one by one. */
  | { readonly is: "list"; readonly items: readonly unknown[] }
  /** A version that Kubernetes 1.36 no longer serves, of a kind that lives on elsewhere. */
  | { readonly is: "removed"; readonly apiVersion: string; readonly kind: string; readonly removal: Removal }
  /** Surely meant as one of our kinds, but nothing is served under that name. */
  | { readonly is: "unserved"; readonly apiVersion: string; readonly kind: string }
  /** Some other Kubernetes object. */
  | { readonly is: "foreign"; readonly apiVersion: string; readonly kind: string }
  | { readonly is: "unknown" };

export interface Removal {
  readonly replacement: string;
  /** The minor version of Kubernetes 1 that no longer serves it. */
  readonly removedIn: number;
}

const removals: Readonly<Record<string, Removal>> = {
  "extensions/v1beta1/Deployment": { replacement: "apps/v1", removedIn: 16 },
  "extensions/v1beta1/DaemonSet": { replacement: "apps/v1", removedIn: 16 },
  "extensions/v1beta1/ReplicaSet": { replacement: "apps/v1", removedIn: 16 },
  "apps/v1beta1/Deployment": { replacement: "apps/v1", removedIn: 16 },
  "apps/v1beta1/StatefulSet": { replacement: "apps/v1", removedIn: 16 },
  "apps/v1beta2/Deployment": { replacement: "apps/v1", removedIn: 16 },
  "apps/v1beta2/StatefulSet": { replacement: "apps/v1", removedIn: 16 },
  "apps/v1beta2/DaemonSet": { replacement: "apps/v1", removedIn: 16 },
  "apps/v1beta2/ReplicaSet": { replacement: "apps/v1", removedIn: 16 },
  "batch/v2alpha1/CronJob": { replacement: "batch/v1", removedIn: 21 },
  "batch/v1beta1/CronJob": { replacement: "batch/v1", removedIn: 25 },
};

/** Kinds whose group and version a document without a right `apiVersion` may be given. */
export const apiVersionOf: Readonly<Record<string, string>> = {
  ReplicaSet: "apps/v1",
  Deployment: "apps/v1",
  StatefulSet: "apps/v1",
  DaemonSet: "apps/v1",
  Job: "batch/v1",
  CronJob: "batch/v1",
};

export function recognise(value: unknown): Recognised {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return { is: "unknown" };
  const { apiVersion, kind, items } = value as { apiVersion?: unknown; kind?: unknown; items?: unknown };
  if (typeof kind !== "string" || kind === "") {
    const group = apiVersion === "apps/v1" || apiVersion === "batch/v1";
    return group && "spec" in value
      ? { is: "unserved", apiVersion: apiVersion as string, kind: "" }
      : { is: "unknown" };
  }
  if (typeof apiVersion !== "string" || apiVersion === "") {
    // Without a version only a workload with a spec is clearly meant for Kubernetes.
    const meant = kind in apiVersionOf && "spec" in value;
    return meant ? { is: "unserved", apiVersion: "", kind } : { is: "unknown" };
  }
  if (apiVersion === "v1" && kind === "List")
    return Array.isArray(items) ? { is: "list", items } : { is: "foreign", apiVersion, kind };
  const name = `${apiVersion}/${kind}`;
  if (Object.hasOwn(fieldTable.kinds, name)) return { is: "object", apiVersion, kind };
  const removal = Object.hasOwn(removals, name) ? removals[name] : undefined;
  if (removal !== undefined) return { is: "removed", apiVersion, kind, removal };
  // Groups of custom resources have a dot; the built-in ones that hold workloads do not.
  const builtIn = !apiVersion.split("/")[0]?.includes(".");
  if (builtIn && Object.hasOwn(apiVersionOf, kind)) return { is: "unserved", apiVersion, kind };
  const meant = nearest(kind, Object.keys(apiVersionOf));
  if (builtIn && meant !== null && editDistance(kind, meant) <= 2 && kind.length > 4)
    return { is: "unserved", apiVersion, kind };
  if (apiVersion === "apps/v1" || apiVersion === "batch/v1") return { is: "unserved", apiVersion, kind };
  return { is: "foreign", apiVersion, kind };
}
