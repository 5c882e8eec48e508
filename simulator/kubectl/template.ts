/** Patches of pod templates. */
import { asObject, type JsonObject } from "../api/json.ts";
import type { KindRow } from "../api/kind.ts";
import type { Json } from "../api/objects.ts";
import { podTemplateOf } from "../api/pod-template.ts";
import type { Found } from "./resources.ts";

/** The pod template of a workload; a CronJob's is the one of its Jobs. */
export function templateOf({ place, object }: Found): JsonObject {
  return podTemplateOf(place.row.kind, object) ?? {};
}

/** A patch of the template as a patch of the whole object. */
export function templatePatch(row: KindRow, patch: Json): JsonObject {
  let value = patch;
  for (const key of (row.template ?? []).toReversed()) value = { [key]: value };
  return asObject(value);
}
