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
  /** A version that Kubernetes no longer serves, of a kind that lives on elsewhere. */
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
  const row = kinds.serving(apiVersion, kind);
  if (row !== undefined) return { is: row.is === "stored" ? "foreign" : "object", apiVersion, kind };
  const removal = removalOf(apiVersion, kind);
  if (removal !== undefined) return { is: "removed", apiVersion, kind, removal };
  return isMeant(apiVersion, kind) ? { is: "unserved", apiVersion, kind } : { is: "foreign", apiVersion, kind };
}

function removalOf(apiVersion: string, kind: string): Removal | undefined {
  const row = kinds.named(kind);
  // Nothing is known of what else would have to change in a kind that is only stored.
  if (row?.formerly === undefined || row.is === "stored") return undefined;
  const removedIn = Object.hasOwn(row.formerly, apiVersion) ? row.formerly[apiVersion] : undefined;
  return removedIn !== undefined ? { replacement: apiVersionOf(row), removedIn } : undefined;
}

/** What an unserved object was surely meant to be, and the version that serves it; null when nothing is near. */
export function servedAs(kind: string): { readonly kind: string; readonly apiVersion: string } | null {
  const word = kind.trim();
  const meant = kinds.named(word)?.kind ?? kinds.resource(word)?.kind ?? nearest(word, kindNames);
  const row = meant === null ? undefined : kinds.named(meant);
  return row === undefined ? null : { kind: row.kind, apiVersion: apiVersionOf(row) };
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
  const [version, word] = [apiVersion.trim(), kind.trim()];
  if (version === "apps/v1" || version === "batch/v1") return true;
  // Other groups may have custom resources of any name; only what is nearly a kind of ours is one of ours.
  const isServed = kinds.rows.some((row) => kinds.serving(version, row.kind) !== undefined);
  const near = isServed ? nearKind(word) : null;
  if (near !== null) return true;
  if (!isBuiltIn(apiVersion)) return false;
  const workload = nearest(kind, workloads);
  return workloads.includes(word) || (workload !== null && isNear(kind, workload));
}

/** The kind of that name, whatever its case or number, or one that is nearly called so; null when there is none. */
function nearKind(word: string): string | null {
  const named = kinds.resource(word)?.kind;
  if (named !== undefined) return named;
  const near = nearest(word, kindNames);
  return near !== null && isNear(word, near) ? near : null;
}

const kindNames = [...new Set(kinds.rows.map(({ kind }) => kind))];

/** Short names are near to too many others. */
function isNear(word: string, kind: string): boolean {
  return word.length > 4 && editDistance(word, kind) <= (word.length < 7 ? 1 : 2);
}

/** Groups of custom resources have a dot; the built-in ones that hold workloads do not. */
function isBuiltIn(apiVersion: string): boolean {
  return !apiVersion.split("/")[0]?.includes(".");
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
