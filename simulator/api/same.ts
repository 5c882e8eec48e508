/** Equality of objects as the server means it. Models apimachinery/pkg/api/equality/semantic.go */
import { nanosOf } from "./pod/amounts.ts";

/** Maps whose values are amounts, and fields that hold one: these are equal however they are written. */
const amountMaps: ReadonlySet<string> = new Set(["limits", "requests", "overhead"]);
const amountFields: ReadonlySet<string> = new Set(["sizeLimit", "divisor"]);

/** Equal as the server compares: the order of keys does not matter, nor how an amount is written. */
export function same(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

/** A text that is the same for whatever is equal. */
export function canonical(value: unknown, areAmounts = false): string {
  if (Array.isArray(value)) return `[${value.map((one) => canonical(one)).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${entryText(key, item, areAmounts)}`).join()}}`;
}

function entryText(key: string, item: unknown, isAmount: boolean): string {
  if (typeof item !== "object" && (isAmount || amountFields.has(key))) {
    const nanos = nanosOf(item);
    if (nanos !== undefined) return `${nanos}n`;
  }
  return canonical(item, amountMaps.has(key));
}
