/** What there is to know of one kind of object: a row of the table of kinds. */
import type { Draft } from "./defaults-pod.ts";
import type { JsonObject } from "./json.ts";
import type { Problem } from "./problem.ts";
import type { Tolerance } from "./registry/tolerance.ts";
import type { Begun } from "./service-begin.ts";
import type { ServiceRanges } from "./service-ranges.ts";
import type { Target } from "./target.ts";

/** How a kind is spoken of, and what can be done with it. Plain data: it costs nobody the rules of the kinds to read it. */
export interface KindRow extends KindRules {
  /** Empty for the core group. */
  readonly group: string;
  /** Served versions, the preferred one first. */
  readonly versions: readonly [string, ...string[]];
  /** Versions that are gone, as manifests named them: `extensions/v1beta1`, each with the minor version of Kubernetes 1 without it. */
  readonly formerly?: Readonly<Record<string, number>>;
  readonly kind: string;
  readonly plural: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  /** Else it belongs to the cluster. */
  readonly namespaced: boolean;
  /** Simulated: controllers or nodes act on it. Judged: its fields are decoded and checked. Stored: kept as it is given. */
  readonly is: "simulated" | "judged" | "stored";
  /** Makes pods and says how far it is: what a person simulates. */
  readonly workload: boolean;
  /** Where the pod template stands, from the root; empty for a Pod, which is one. */
  readonly template?: readonly string[];
  readonly subresources: readonly string[];
  /** `kubectl set image` and the like take it. */
  readonly settable: boolean;
  /** `kubectl rollout status`, `restart`, `history` and `undo` take it. */
  readonly rolls: boolean;
  /** `kubectl rollout pause` and `resume` take it. */
  readonly pausable: boolean;
  /** The kind whose objects keep its former templates. */
  readonly history?: "ReplicaSet" | "ControllerRevision";
  /** `metadata.generation` counts the changes of what is wanted. */
  readonly counted: boolean;
}

/** What the server does with an object of the kind, beside what it does with any. */
export interface KindRules {
  /** Fills in, in place, what a freshly decoded object leaves out, and drops what the server drops. */
  readonly defaults?: (object: Draft, target: Target) => void;
  /** Changes a new object, in place, between its defaults and its validation; the warnings that come with that. */
  readonly prepare?: (object: Draft) => readonly Problem[];
  /**
   * Chooses or carries over, in place, what the server gives an object before anything is judged; `old` is the stored object
   * that is replaced. Its problems end the matter.
   */
  readonly begin?: (object: Draft, old: JsonObject | undefined, ranges: ServiceRanges, target: Target) => Begun;
  /** Changes an object that replaces a stored one, in place, before it is judged. */
  readonly prepareUpdate?: (object: Draft, old: JsonObject) => void;
  /** Whether a change moves the generation on; the default: when the spec differs. */
  readonly counts?: (from: JsonObject, to: JsonObject) => boolean;
  /** Mistakes that are borne with where the old object has them. */
  readonly tolerated?: readonly Tolerance[];
  /** The broken rules of a decoded and defaulted object. */
  readonly validate?: (object: JsonObject, context: JudgeContext) => readonly Problem[];
  /** What may not be changed, or not so; both objects decoded and defaulted. */
  readonly changes?: (from: JsonObject, to: JsonObject, context: ChangeContext) => readonly Problem[];
  readonly warnings?: (object: JsonObject, target: Target) => readonly Problem[];
  /** Of an object that replaces another one, besides. */
  readonly warningsOfChange?: (object: JsonObject) => readonly Problem[];
  /** The status with which an object of a kind that nothing simulates is created. */
  readonly emptyStatus?: JsonObject;
  /** The columns that the server answers with; without one a table has names and ages. */
  readonly printer?: Printer;
}

interface JudgeContext {
  readonly target: Target;
  /** The spec of the object that is replaced; undefined when the object is created. */
  readonly replaced: JsonObject | undefined;
  /** The manifest as it was given, before it was decoded. */
  readonly given: JsonObject;
}

export interface ChangeContext {
  readonly target: Target;
  /** The status of the object that is replaced. */
  readonly status: JsonObject;
}

/** A column of a server-side table. Models TableColumnDefinition of meta/v1; priority 1 is shown by `-o wide` only. */
export interface Column {
  readonly name: string;
  readonly type: "string" | "integer" | "boolean" | "date";
  readonly format?: "name";
  readonly description?: string;
  readonly priority?: 1;
}

export type Cell = string | number | boolean;

export interface Printer {
  readonly columns: readonly Column[];
  /** The cells of an API object, one for each column; `now` in milliseconds since 1970, for ages. */
  readonly cells: (object: JsonObject, now: number) => readonly Cell[];
}

/** A table of kinds with its indexes. */
export interface KindTable {
  readonly rows: readonly KindRow[];
  /** The row that serves `apps/v1` `Deployment`. */
  readonly serving: (apiVersion: string, kind: string) => KindRow | undefined;
  /** The row of a kind by its name alone; the first where groups share a name. */
  readonly named: (kind: string) => KindRow | undefined;
  /** What a person names in `kubectl get NAME`: `deploy`, `deployments.apps`, `Deployment.v1.apps`. */
  readonly resource: (name: string) => KindRow | undefined;
}

/** The table of these rows. Nothing else needs to know that a row was added. */
export function kindTable(rows: readonly KindRow[]): KindTable {
  const served = new Map<string, KindRow>();
  const byKind = new Map<string, KindRow>();
  const byName = new Map<string, KindRow>();
  const first = (map: Map<string, KindRow>, key: string, row: KindRow) => map.has(key) || map.set(key, row);
  for (const row of rows) {
    for (const version of row.versions) served.set(`${apiVersionIn(row, version)}/${row.kind}`, row);
    first(byKind, row.kind, row);
    for (const name of [row.plural, row.singular, row.kind.toLowerCase(), ...row.shortNames]) {
      first(byName, name, row);
      if (row.group !== "") first(byName, `${name}.${row.group}`, row);
      for (const version of row.versions) first(byName, `${name}.${version}.${row.group}`, row);
    }
  }
  return {
    rows,
    serving: (apiVersion, kind) => served.get(`${apiVersion}/${kind}`),
    named: (kind) => byKind.get(kind),
    resource: (name) => byName.get(name.toLowerCase()),
  };
}

function apiVersionIn({ group }: KindRow, version: string): string {
  return group === "" ? version : `${group}/${version}`;
}

/** `apps/v1`: the preferred version of a kind as manifests name it. */
export function apiVersionOf(row: KindRow): string {
  return apiVersionIn(row, row.versions[0]);
}

/** `deployment.apps`, as kubectl writes the kind before a name. */
export function resourceName(row: KindRow): string {
  return qualified(row.singular, row);
}

/** `deployments.apps`, as kubectl and the API server write the resource. */
export function resourcePlural(row: KindRow): string {
  return qualified(row.plural, row);
}

/** `Deployment.apps`, as kubectl calls a kind with which a command does not work. */
export function groupKind(row: KindRow): string {
  return qualified(row.kind, row);
}

function qualified(name: string, { group }: KindRow): string {
  return group === "" ? name : `${name}.${group}`;
}

/** Whether `kubectl scale` takes the kind. */
export function isScalable({ subresources }: KindRow): boolean {
  return subresources.includes("scale");
}
