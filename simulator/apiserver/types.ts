/** What goes through the door: API objects as plain JSON, and the answers to requests. */
import type { JsonObject } from "../api/json.ts";
import type { KindTable } from "../api/kind.ts";
import type { LabelMap } from "../api/objects.ts";
import type { Store } from "../cluster/store.ts";

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

/** Where objects are read from, and how kinds and times are told. */
export interface Surroundings {
  readonly store: Store;
  /** Wall-clock instant of time 0, in milliseconds since 1970 (UTC). */
  readonly start: number;
  readonly kinds: KindTable;
}
