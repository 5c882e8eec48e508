/**
 * Resource quantities, exactly. Models staging/src/k8s.io/apimachinery/pkg/api/resource (quantity.go, suffix.go): a value
 * is `unscaled * 10^scale`, finer than nano rounds up, and binary values stop at the largest 64-bit number.
 */
export type QuantityFormat = "DecimalSI" | "BinarySI" | "DecimalExponent";

export interface Quantity {
  readonly unscaled: bigint;
  /** Power of ten. */
  readonly scale: number;
  readonly format: QuantityFormat;
  /** The person's own spelling where the API server keeps it, else null. */
  readonly spelling: string | null;
}

/** `format`: not shaped like a quantity. `suffix`: an unknown unit. */
export type QuantityError = "format" | "suffix";

const shape = /^([+-]?)([0-9]*)(?:\.([0-9]*))?([eEinumkKMGTP]*[-+]?[0-9]*)$/;
const decimalSuffixes: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  "": 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const binarySuffixes: Readonly<Record<string, number>> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 };
const decimalNames = new Map(Object.entries(decimalSuffixes).map(([name, exponent]) => [exponent, name]));
const binaryNames = ["", ...Object.keys(binarySuffixes)];

const nano = -9;
const maxInt64 = 2n ** 63n - 1n;
/** Exponents beyond this are held to it: nothing is counted in such numbers, and computing them would take for ever. */
const widestExponent = 100_000;

interface Suffix {
  readonly format: QuantityFormat;
  /** Power of ten, or of two for BinarySI. */
  readonly exponent: number;
}

function parseSuffix(text: string): Suffix | null {
  if (Object.hasOwn(decimalSuffixes, text)) return { format: "DecimalSI", exponent: decimalSuffixes[text]! };
  if (Object.hasOwn(binarySuffixes, text)) return { format: "BinarySI", exponent: binarySuffixes[text]! };
  if (!/^[eE][+-]?[0-9]+$/.test(text)) return null;
  const exponent = Math.max(-widestExponent, Math.min(widestExponent, Number(text.slice(1))));
  return { format: "DecimalExponent", exponent };
}

const cache = new Map<string, Quantity | QuantityError>();
const cacheLimit = 4096;

/** A quantity from its text, or what is wrong with it. */
export function parseQuantity(text: string): Quantity | QuantityError {
  let parsed = cache.get(text);
  if (parsed === undefined) {
    parsed = parse(text);
    if (cache.size >= cacheLimit) cache.clear();
    cache.set(text, parsed);
  }
  return parsed;
}

function parse(text: string): Quantity | QuantityError {
  const parts = text === "" ? null : shape.exec(text);
  if (!parts) return "format";
  const [, sign, digits = "", fraction = "", unit = ""] = parts;
  const suffix = parseSuffix(unit);
  if (!suffix) return "suffix";
  const whole = digits.replace(/^0+/, "") || "0";
  const shifted = whole + fraction;
  const { format, exponent } = suffix;
  let unscaled = BigInt(shifted);
  let scale = -fraction.length;
  if (format === "BinarySI") unscaled <<= BigInt(exponent);
  else scale += exponent;
  let spelling: string | null = null;
  if (scale < nano) {
    unscaled = roundUp(unscaled, scale, nano);
    scale = nano;
  } else if (format !== "BinarySI" && shifted.length <= 18) {
    const plain = scale % 3 === 0 && !shifted.endsWith("000") && !shifted.startsWith("0");
    if (plain) spelling = text;
  }
  if (format === "BinarySI" && compareScaled(unscaled, scale, maxInt64, 0) > 0) {
    unscaled = maxInt64;
    scale = 0;
  }
  return { unscaled: sign === "-" ? -unscaled : unscaled, scale, format, spelling };
}

/** The magnitude with another, higher power of ten, away from zero. */
function roundUp(unscaled: bigint, from: number, to: number): bigint {
  if (unscaled === 0n) return 0n;
  // More digits than the value has make it the smallest there is.
  const drop = to - from;
  if (drop > String(unscaled).length) return 1n;
  const unit = 10n ** BigInt(drop);
  return (unscaled + unit - 1n) / unit;
}

function compareScaled(a: bigint, scaleA: number, b: bigint, scaleB: number): number {
  const scale = Math.min(scaleA, scaleB);
  const left = a * 10n ** BigInt(scaleA - scale);
  const right = b * 10n ** BigInt(scaleB - scale);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** -1, 0 or 1. */
export function compareQuantities(a: Quantity, b: Quantity): number {
  return compareScaled(a.unscaled, a.scale, b.unscaled, b.scale);
}

/** -1, 0 or 1. */
export function quantitySign(quantity: Quantity): number {
  return quantity.unscaled > 0n ? 1 : quantity.unscaled < 0n ? -1 : 0;
}

/** The sum; a zero takes the other's format. */
export function addQuantities(a: Quantity, b: Quantity): Quantity {
  const scale = Math.min(a.scale, b.scale);
  const unscaled = a.unscaled * 10n ** BigInt(a.scale - scale) + b.unscaled * 10n ** BigInt(b.scale - scale);
  return { unscaled, scale, format: a.unscaled === 0n ? b.format : a.format, spelling: null };
}

/** The difference, as `addQuantities`. */
export function subtractQuantities(a: Quantity, b: Quantity): Quantity {
  return addQuantities(a, { ...b, unscaled: -b.unscaled });
}

/** The value in units of `10^scale`, rounded away from zero: scale -3 gives thousandths, 0 whole units. */
export function scaledInteger(quantity: Quantity, scale: number): bigint {
  const { unscaled } = quantity;
  if (quantity.scale >= scale) return unscaled * 10n ** BigInt(quantity.scale - scale);
  const magnitude = roundUp(unscaled < 0n ? -unscaled : unscaled, quantity.scale, scale);
  return unscaled < 0n ? -magnitude : magnitude;
}

/** The canonical text: no fraction, the largest unit that divides the value. */
export function canonicalQuantity(quantity: Quantity): string {
  const { unscaled, scale, format } = quantity;
  if (unscaled === 0n) return "0";
  if (format === "BinarySI") {
    const whole = scaledInteger(quantity, 0);
    const exact = compareScaled(unscaled, scale, whole, 0) === 0;
    const small = compareScaled(unscaled, scale, 1024n, 0) < 0 && compareScaled(unscaled, scale, -1024n, 0) > 0;
    if (exact && !small) return binaryText(whole);
  }
  return decimalText(unscaled, scale, format);
}

function binaryText(value: bigint): string {
  let exponent = 0;
  while (value % 1024n === 0n) {
    value /= 1024n;
    exponent++;
  }
  return `${value}${binaryNames[exponent] ?? ""}`;
}

function decimalText(unscaled: bigint, scale: number, format: QuantityFormat): string {
  const digits = String(unscaled);
  const zeros = digits.length - digits.replace(/0+$/, "").length;
  let exponent = scale + zeros;
  const over = ((exponent % 3) + 3) % 3;
  exponent -= over;
  const number = digits.slice(0, digits.length - zeros) + "0".repeat(over);
  if (format === "DecimalExponent") return exponent === 0 ? number : `${number}e${exponent}`;
  return number + (decimalNames.get(exponent) ?? "");
}

/** The text as the API server gives it back. */
export function quantityText(quantity: Quantity): string {
  return quantity.spelling ?? canonicalQuantity(quantity);
}

/** The exact value without a unit: `-1.5`. */
export function decimalValue({ unscaled, scale }: Quantity): string {
  const sign = unscaled < 0n ? "-" : "";
  const digits = String(unscaled < 0n ? -unscaled : unscaled);
  if (scale >= 0) return sign + (digits === "0" ? "0" : digits + "0".repeat(scale));
  const padded = digits.padStart(1 - scale, "0");
  const fraction = padded.slice(scale).replace(/0+$/, "");
  return `${sign}${padded.slice(0, scale)}${fraction === "" ? "" : `.${fraction}`}`;
}
