/** What many tables have: names, ages, containers, labels. Models pkg/printers/internalversion/printers.go. */
import { asObject, type JsonObject, listAt, objectAt, stringAt } from "../json.ts";
import type { Cell, Column } from "../kind.ts";
import { formatSelector } from "../label-selector.ts";
import type { LabelMap } from "../objects.ts";
import { humanDuration } from "./human-duration.ts";

export const none = "<none>";

/** A column of texts; names with a trailing `*` are shown by `-o wide` only, with a trailing `#` they are numbers. */
export function columns(...names: readonly string[]): readonly Column[] {
  return ["Name", ...names].map((given, index): Column => {
    const name = given.replace(/[*#]/g, "");
    return {
      name,
      type: given.includes("#") ? "integer" : "string",
      ...(index === 0 ? { format: "name" } : {}),
      ...(given.includes("*") ? { priority: 1 } : {}),
    };
  });
}

export const nameOf = (object: JsonObject): string => stringAt(objectAt(object, "metadata"), "name");
export const specOf = (object: JsonObject): JsonObject => asObject(object["spec"]);
export const statusOf = (object: JsonObject): JsonObject => asObject(object["status"]);
export const isDeleted = (object: JsonObject): boolean =>
  asObject(object["metadata"])["deletionTimestamp"] !== undefined;

/** How long ago a point in time is. */
export function since(text: unknown, now: number): string {
  const time = typeof text === "string" ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? "<unknown>" : humanDuration(now - time);
}

export function age(object: JsonObject, now: number): string {
  return since(asObject(object["metadata"])["creationTimestamp"], now);
}

/** `a=b,c=d`, sorted. */
export function labelText(labels: JsonObject | undefined): string {
  const entries = Object.entries((labels ?? {}) as LabelMap).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0 ? none : entries.map(([key, value]) => `${key}=${value}`).join();
}

/** Names and images of the containers of a pod template. */
export function containerCells(template: JsonObject | undefined): readonly [string, string] {
  const containers = listAt(objectAt(template, "spec"), "containers").map(asObject);
  return [
    containers.map((one) => stringAt(one, "name")).join(),
    containers.map((one) => stringAt(one, "image")).join(),
  ];
}

export function selectorCell(selector: JsonObject | undefined): string {
  return formatSelector((selector ?? null) as never);
}

/** The text, or the word for none. */
export const orNone = (text: string): string => (text === "" ? none : text);

/** A value that may be missing. */
export const valueOr = (value: unknown, missing: string): Cell =>
  typeof value === "number" || typeof value === "string" ? value : missing;
