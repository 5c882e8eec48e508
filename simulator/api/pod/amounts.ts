/** Quantities as whole numbers of nano units, which is how finely the server keeps them: enough to compare and to add. */
import { parseQuantity, roundUp } from "../quantity.ts";

const cache = new Map<string, bigint | undefined>();
const cacheLimit = 2000;

/** The amount in nano units, or `undefined` when the value is no quantity. */
export function nanosOf(value: unknown): bigint | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const text = String(value).trim();
  if (cache.has(text)) return cache.get(text);
  const parsed = parseQuantity(text);
  const nanos = parsed.ok ? parsed.quantity.nanos : undefined;
  if (cache.size >= cacheLimit) cache.clear();
  cache.set(text, nanos);
  return nanos;
}

export function isZero(value: unknown): boolean {
  return nanosOf(value) === 0n;
}

/** Whether the amount is below zero; what is no quantity is not. */
export function isNegative(value: unknown): boolean {
  return (nanosOf(value) ?? 0n) < 0n;
}

/** Whether the amount, in thousandths rounded away from zero, is whole. */
export function isWhole(value: unknown): boolean {
  return roundUp(nanosOf(value) ?? 0n, 3) % 1000n === 0n;
}

/** The whole units of nano units, rounded away from zero. */
export function unitsOf(nanos: bigint): bigint {
  return roundUp(nanos, 0);
}
