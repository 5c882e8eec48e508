/**
 * Quantities as exact whole numbers of nano units, rounded up as the server does: enough to compare and add.
 * Models staging/src/k8s.io/apimachinery/pkg/api/resource/quantity.go
 */

const nano = 1_000_000_000n;
const pattern = /^([+-]?)([0-9]*)(?:\.([0-9]*))?(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][+-]?[0-9]+)?$/;
const decimal: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const binary: Readonly<Record<string, bigint>> = { Ki: 10n, Mi: 20n, Gi: 30n, Ti: 40n, Pi: 50n, Ei: 60n };

const cache = new Map<string, bigint | null>();
const cacheLimit = 2000;

/** The amount in nano units, or `undefined` when the value is no quantity. */
export function nanosOf(value: unknown): bigint | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const text = String(value).trim();
  const known = cache.get(text);
  if (known !== undefined) return known ?? undefined;
  const nanos = parse(text);
  if (cache.size >= cacheLimit) cache.clear();
  cache.set(text, nanos ?? null);
  return nanos;
}

function parse(text: string): bigint | undefined {
  const parts = text === "" ? null : pattern.exec(text);
  if (parts === null) return undefined;
  const [, sign, whole = "", fraction = "", suffix = ""] = parts;
  const digits = BigInt(`${whole}${fraction}` || "0");
  const shift = binary[suffix];
  const exponent = shift === undefined ? (decimal[suffix] ?? (suffix === "" ? 0 : Number(suffix.slice(1)))) : 0;
  if (Math.abs(exponent) > 400) return exponent > 0 && digits > 0n ? limit(sign) : digits > 0n ? signed(1n, sign) : 0n;
  const power = 9 + exponent - fraction.length;
  const base = shift === undefined ? digits : digits << shift;
  const amount = power >= 0 ? base * 10n ** BigInt(power) : roundUp(base, 10n ** BigInt(-power));
  return signed(amount, sign);
}

function limit(sign: string | undefined): bigint {
  return signed(10n ** 409n, sign);
}

function signed(amount: bigint, sign: string | undefined): bigint {
  return sign === "-" ? -amount : amount;
}

function roundUp(amount: bigint, unit: bigint): bigint {
  return (amount + unit - 1n) / unit;
}

export function isZero(value: unknown): boolean {
  return nanosOf(value) === 0n;
}

/** Whether the amount is below zero; what is no quantity is not. */
export function isNegative(value: unknown): boolean {
  return (nanosOf(value) ?? 0n) < 0n;
}

/** Whether the amount, in thousandths rounded up, is whole. */
export function isWhole(value: unknown): boolean {
  const nanos = nanosOf(value) ?? 0n;
  return milliOf(nanos) % 1000n === 0n;
}

function milliOf(nanos: bigint): bigint {
  return nanos >= 0n ? roundUp(nanos, 1_000_000n) : -roundUp(-nanos, 1_000_000n);
}

/** The whole units of nano units, rounded away from zero. */
export function unitsOf(nanos: bigint): bigint {
  return nanos >= 0n ? roundUp(nanos, nano) : -roundUp(-nanos, nano);
}
