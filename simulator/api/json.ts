/** Reading of plain JSON whose shape was checked by decoding: what is absent or of another type reads as nothing. */
import type { Json } from "./objects.ts";

export type JsonObject = { readonly [key: string]: Json };

export const emptyObject: JsonObject = Object.freeze({});
const emptyList: readonly Json[] = Object.freeze([]);

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object, or `undefined` when there is none: tells an absent struct pointer from an empty one. */
export function objectAt(value: JsonObject | undefined, key: string): JsonObject | undefined {
  const found = value?.[key];
  return isObject(found) ? found : undefined;
}

/** The list; empty when absent. */
export function listAt(value: JsonObject | undefined, key: string): readonly Json[] {
  const found = value?.[key];
  return Array.isArray(found) ? found : emptyList;
}

/** The text; `""` when absent, as for a Go string. */
export function stringAt(value: JsonObject | undefined, key: string): string {
  const found = value?.[key];
  return typeof found === "string" ? found : "";
}

/** The number; `undefined` when absent, as for a Go pointer. */
export function numberAt(value: JsonObject | undefined, key: string): number | undefined {
  const found = value?.[key];
  return typeof found === "number" ? found : undefined;
}

/** Whether the field is there and true. */
export function isTrue(value: JsonObject | undefined, key: string): boolean {
  return value?.[key] === true;
}

export function asObject(value: Json | undefined): JsonObject {
  return isObject(value) ? value : emptyObject;
}

/** The object without some of its fields. */
export function without(value: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}
