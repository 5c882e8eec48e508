/** What goes through the door: API objects as plain JSON, requests, and answers. */
import type { JsonObject } from "../api/json.ts";
import type { KindRow, KindTable } from "../api/kind.ts";
import type { LabelMap } from "../api/objects.ts";
import type { Problem } from "../api/problem.ts";
import type { Target } from "../api/target.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Store } from "../cluster/store.ts";
import type { Status } from "./status.ts";

export type ObjectMeta = JsonObject & {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly labels?: LabelMap;
  readonly annotations?: LabelMap;
  readonly finalizers?: readonly string[];
};

/** An object as the API server gives it. */
export type ApiObject = JsonObject & {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
};

/** The objects of one kind, sorted by namespace and name. */
export interface ApiList {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly resourceVersion: string;
    readonly continue?: string;
    readonly remainingItemCount?: number;
  };
  readonly items: readonly ApiObject[];
}

/** Where objects are read from, and how kinds and times are told. */
export interface Surroundings {
  readonly store: Store;
  /** Wall-clock instant of time 0, in milliseconds since 1970 (UTC). */
  readonly start: number;
  readonly kinds: KindTable;
  readonly target: Target;
}

/** The API server of a cluster. It holds nothing itself: whoever has the cluster can make one at any time. */
export interface ApiServer extends Surroundings {
  readonly cluster: Cluster;
  /** In order: each sees what the ones before have put in. */
  readonly admission: readonly AdmissionStep[];
}

/** What a request concerns. */
export interface Place {
  readonly row: KindRow;
  /** Empty for kinds of the cluster, and for a list over all namespaces. */
  readonly namespace: string;
  readonly name: string;
  /** The version that is spoken. Absent: the one in which the kind is stored. */
  readonly apiVersion?: string;
}

/** A request that is about to change an object, as admission sees it. */
export interface AdmissionRequest extends Place {
  readonly verb: "create" | "update" | "delete";
  readonly subresource: "" | "status" | "scale" | "resize" | "eviction" | "binding";
  /** Decoded and with its defaults; of an eviction or a deletion the object that goes. */
  readonly object: ApiObject;
  /** The object before it; null on creation. */
  readonly old: ApiObject | null;
  readonly dryRun: boolean;
}

/** A step of admission: a pure function that gives the object as it goes on, or why the request is refused. */
export interface AdmissionStep {
  /** As the plugin is called: `LimitRanger`. */
  readonly name: string;
  readonly admit: (request: AdmissionRequest, server: ApiServer) => ApiObject | Status;
}

/** How unknown and repeated fields are met: refused, warned of, or passed over in silence. */
export type FieldValidation = "Strict" | "Warn" | "Ignore";

/** How much of an object is wanted: all, or all but `metadata.managedFields`, which take long to work out. */
export type Parts = "all" | "unmanaged";

export interface WriteOptions {
  /** Everything is judged, nothing stored. */
  readonly dryRun?: boolean;
  /** Default: Warn, as for a request that says nothing. */
  readonly fieldValidation?: FieldValidation;
  readonly fieldManager?: string;
  /** Server-side apply takes over fields that others own. */
  readonly force?: boolean;
  /** The object comes from server-side apply: its managers are noted already. */
  readonly applied?: boolean;
  /** What of the object the answer is to have. Default: all. */
  readonly answer?: Parts;
}

/** What is done is given back as an object or a status; `problems` are the broken rules of a refusal. */
export type Answer<T = ApiObject> =
  | { readonly ok: true; readonly object: T; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly status: Status; readonly problems: readonly Problem[] };

export const refused = (status: Status, problems: readonly Problem[] = []): Answer<never> => ({
  ok: false,
  status,
  problems,
});

export const done = <T>(object: T, warnings: readonly Problem[] = []): Answer<T> => ({ ok: true, object, warnings });

/** Whether what a step gave is a refusal. */
export function isStatus(given: { readonly kind?: unknown }): given is Status {
  return given.kind === "Status";
}
