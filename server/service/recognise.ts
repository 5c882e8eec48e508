/** Which of what is in a YAML document is ours to judge. Everything else is left alone. */
import { apiVersionOf } from "../../simulator/api/kind.ts";
import { kinds } from "../../simulator/api/kinds.ts";
import { isApplicable } from "../../simulator/scenario/defaults.ts";
import { editDistance, nearest } from "./suggest.ts";

export type Recognised =
  /** A served kind that we know. */
  | { readonly is: "object"; readonly apiVersion: string; readonly kind: string }
  /** `kind: List`, or that of one kind: its items are recognised one by one. */
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

/** The kinds that a person writes and that are simulated, the workloads first; with the version that serves them. */
const ours = kinds.rows.filter((row) => isApplicable(row.kind));
export const servedVersions: Readonly<Record<string, string>> = Object.fromEntries(
  ours.map((row) => [row.kind, apiVersionOf(row)]),
);
const workloads = ours.filter((row) => row.workload).map((row) => row.kind);

/** Whose document this is, told by `apiVersion` and `kind` before anything else is looked at. */
export function recognise(value: unknown): Recognised {
  if (!isMap(value)) return { is: "unknown" };
  const { apiVersion, kind, items } = value;
  if (typeof kind !== "string" || kind === "") {
    const group = apiVersion === "apps/v1" || apiVersion === "batch/v1";
    return group && "spec" in value
      ? { is: "unserved", apiVersion: apiVersion as string, kind: "" }
      : { is: "unknown" };
  }
  if (typeof apiVersion !== "string" || apiVersion === "") {
    return isMeantWithout(value, kind) ? { is: "unserved", apiVersion: "", kind } : { is: "unknown" };
  }
  if (kind.endsWith("List") && isBuiltIn(apiVersion)) {
    return Array.isArray(items) ? { is: "list", items } : { is: "foreign", apiVersion, kind };
  }
  const name = `${apiVersion}/${kind}`;
  const row = kinds.serving(apiVersion, kind);
  if (row !== undefined && row.is !== "stored") return { is: "object", apiVersion, kind };
  const removal = Object.hasOwn(removals, name) ? removals[name] : undefined;
  if (removal !== undefined) return { is: "removed", apiVersion, kind, removal };
  return isMeant(apiVersion, kind) ? { is: "unserved", apiVersion, kind } : { is: "foreign", apiVersion, kind };
}

/** What an unserved object was surely meant to be, and the version that serves it; null when nothing is near. */
export function servedAs(kind: string): { readonly kind: string; readonly apiVersion: string } | null {
  const exact = kind.trim();
  const meant = Object.hasOwn(servedVersions, exact) ? exact : nearest(exact, Object.keys(servedVersions));
  return meant === null ? null : { kind: meant, apiVersion: servedVersions[meant] as string };
}

/** Our kinds that are served under a version. */
export function kindsUnder(apiVersion: string): readonly string[] {
  return Object.keys(servedVersions).filter((kind) => servedVersions[kind] === apiVersion);
}

/** Without a version only what looks like one of our objects is clearly meant for Kubernetes. */
function isMeantWithout({ metadata, spec }: Readonly<Record<string, unknown>>, kind: string): boolean {
  if (workloads.includes(kind)) return spec !== undefined || isMap(metadata);
  return Object.hasOwn(servedVersions, kind) && isMap(spec) && isMap(metadata);
}

/** Whether what nothing serves is a slip for what is served. */
function isMeant(apiVersion: string, kind: string): boolean {
  if (!isBuiltIn(apiVersion)) return false;
  const [version, word] = [apiVersion.trim(), kind.trim()];
  if (version === "apps/v1" || version === "batch/v1" || workloads.includes(word)) return true;
  if (version === "v1" && Object.keys(servedVersions).some((one) => one.toLowerCase() === word.toLowerCase()))
    return true;
  const near = nearest(kind, workloads);
  return near !== null && editDistance(kind, near) <= 2 && kind.length > 4;
}

/** Groups of custom resources have a dot; the built-in ones that hold workloads do not. */
function isBuiltIn(apiVersion: string): boolean {
  return !apiVersion.split("/")[0]?.includes(".");
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
