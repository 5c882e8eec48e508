/**
 * Resource quantities (`500m`, `1.5Gi`, `1e3`) with exact arithmetic: every amount is a whole number of nano units.
 * Models k8s.io/apimachinery/pkg/api/resource/quantity.go.
 */

export type QuantityFormat = "DecimalSI" | "BinarySI" | "DecimalExponent";

export interface Quantity {
  /** The amount in units of 10^-9. */
  readonly nanos: bigint;
  readonly format: QuantityFormat;
  /** As the API server returns it: the spelling of the manifest when that is as good as canonical. */
  readonly text: string;
}

type QuantityError = "format" | "suffix" | "number";
type ParsedQuantity =
  | { readonly ok: true; readonly quantity: Quantity }
  | { readonly ok: false; readonly error: QuantityError };

const nano = 10n ** 9n;
/** 1000E */
const beyondSuffixes = 10n ** 21n * nano;
const capped = (2n ** 63n - 1n) * nano;
const shape = /^([+-]?)([0-9]*)(?:(\.)([0-9]*))?([eEinumkKMGTP]*[-+]?[0-9]*)$/;
const decimalSuffixes = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"] as const;
const binarySuffixes = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"] as const;
// Exponents beyond this only cost time: the amounts are far out of any range.
const maxExponent = 100_000;

/** The quantity of a text as the parser of Kubernetes reads it; white space is the caller's matter. */
export function parseQuantity(text: string): ParsedQuantity {
  const match = text === "" ? null : shape.exec(text);
  if (!match) return { ok: false, error: "format" };
  const whole = (match[2] ?? "").replace(/^0+/, "");
  const fraction = match[4] ?? "";
  const suffix = readSuffix(match[5] ?? "");
  if (!suffix) return { ok: false, error: "suffix" };
  // Without any digit the amount is 0, but only where the parser has no need to look at the number again.
  const bare = (match[2] ?? "") === "" && fraction === "";
  if (bare && match[5] !== "" && needsRounding(suffix)) return { ok: false, error: "number" };
  const negative = match[1] === "-";
  const { nanos, format } = amountOf(whole, fraction, suffix, negative);
  const quantity: Quantity = { nanos, format, text: "" };
  const digits = BigInt(whole + fraction || "0");
  const kept = keepsSpelling(digits, whole, fraction, suffix) && digits !== 0n;
  return { ok: true, quantity: { nanos, format, text: kept ? text : formatQuantity(quantity) } };
}

interface Suffix {
  readonly format: QuantityFormat;
  readonly exponent: number;
}

/** Whether even a single digit with this suffix goes beyond whole nano units or 18 digits. */
function needsRounding({ format, exponent }: Suffix): boolean {
  return format === "BinarySI" ? binaryRoom(exponent) < 1 : exponent < -9;
}

/** How many digits surely fit in front of a binary suffix. */
function binaryRoom(exponent: number): number {
  return 15 - Math.trunc((exponent * 3) / 10) - 1;
}

function readSuffix(text: string): Suffix | undefined {
  const decimal = decimalSuffixes.indexOf(text as "n");
  if (decimal >= 0) return { format: "DecimalSI", exponent: (decimal - 3) * 3 };
  const binary = binarySuffixes.indexOf(text as "Ki");
  if (binary > 0) return { format: "BinarySI", exponent: binary * 10 };
  if (!/^[eE][-+]?[0-9]+$/.test(text)) return undefined;
  const exponent = BigInt(text.slice(text[1] === "+" ? 2 : 1));
  if (BigInt.asIntN(64, exponent) !== exponent) return undefined;
  // It is read as a number of 64 bits, but only 32 of them are kept.
  return { format: "DecimalExponent", exponent: Number(BigInt.asIntN(32, exponent)) };
}

function amountOf(whole: string, fraction: string, suffix: Suffix, negative: boolean) {
  const digits = BigInt(whole + fraction || "0");
  const binary = suffix.format === "BinarySI";
  const power = Math.min(maxExponent, 9 - fraction.length + (binary ? 0 : suffix.exponent));
  const scaled = binary ? digits << BigInt(suffix.exponent) : digits;
  let nanos = scaled;
  if (scaled !== 0n && power >= 0) nanos = scaled * 10n ** BigInt(power);
  else if (scaled !== 0n) {
    // Finer than nano rounds away from zero: who asks for something gets something.
    const divisor = 10n ** BigInt(Math.min(-power, maxExponent));
    nanos = (scaled + divisor - 1n) / divisor;
  }
  let format = suffix.format;
  if (binary && nanos > capped) nanos = capped;
  if (binary && nanos > 0n && nanos < nano) format = "DecimalSI";
  return { nanos: negative ? -nanos : nanos, format };
}

/** Whether the server returns the text itself: small, and already of the canonical mantissa and exponent. */
function keepsSpelling(digits: bigint, whole: string, fraction: string, suffix: Suffix): boolean {
  if (suffix.format === "BinarySI") {
    return fraction === "" && whole.length <= binaryRoom(suffix.exponent) && digits % 8n !== 0n;
  }
  const scale = suffix.exponent - fraction.length;
  if (whole === "" && fraction !== "") return false;
  return whole.length + fraction.length <= 18 && scale >= -9 && scale % 3 === 0 && digits % 1000n !== 0n;
}

/** The canonical text of an amount. */
export function formatQuantity({ nanos, format }: Pick<Quantity, "nanos" | "format">): string {
  if (nanos === 0n) return "0";
  const magnitude = nanos < 0n ? -nanos : nanos;
  const sign = nanos < 0n ? "-" : "";
  if (format === "BinarySI" && magnitude >= 1024n * nano && magnitude % nano === 0n) {
    let value = magnitude / nano;
    let step = 0;
    while (value % 1024n === 0n && step < 6) {
      value /= 1024n;
      step++;
    }
    return `${sign}${value}${binarySuffixes[step]}`;
  }
  const digits = String(magnitude);
  const groups = Math.floor((digits.length - digits.replace(/0+$/, "").length) / 3);
  const value = digits.slice(0, digits.length - 3 * groups);
  const exponent = 3 * groups - 9;
  if (format === "DecimalExponent") return `${sign}${value}${exponent === 0 ? "" : `e${exponent}`}`;
  // There is no suffix beyond E, and the server leaves it out: its own `1000E` becomes `1`.
  return `${sign}${value}${decimalSuffixes[exponent / 3 + 3] ?? ""}`;
}

/** Whether the text stands for the amount; beyond E the server's own text does not. */
export function isTextExact({ nanos, format, text }: Quantity): boolean {
  if (format !== "DecimalSI" || (nanos < beyondSuffixes && nanos > -beyondSuffixes)) return true;
  const again = parseQuantity(text);
  return again.ok && again.quantity.nanos === nanos;
}

/** Whole units of `10^-digits`, rounded away from zero. */
export function roundUp(nanos: bigint, digits: 0 | 3): bigint {
  const divisor = digits === 0 ? nano : 10n ** 6n;
  const magnitude = nanos < 0n ? -nanos : nanos;
  const value = (magnitude + divisor - 1n) / divisor;
  return nanos < 0n ? -value : value;
}

/** The exact amount as a decimal number. */
export function decimalText(nanos: bigint): string {
  const magnitude = nanos < 0n ? -nanos : nanos;
  const fraction = (magnitude % nano).toString().padStart(9, "0").replace(/0+$/, "");
  return `${nanos < 0n ? "-" : ""}${magnitude / nano}${fraction === "" ? "" : `.${fraction}`}`;
}

/** -1, 0 or 1. */
export function compareQuantities(a: Quantity, b: Quantity): -1 | 0 | 1 {
  return a.nanos < b.nanos ? -1 : a.nanos > b.nanos ? 1 : 0;
}

/** The sum, or with `sign` -1 the difference, in the format of the first unless that is zero. */
export function addQuantities(a: Quantity, b: Quantity, sign: 1 | -1 = 1): Quantity {
  const format = a.nanos === 0n ? b.format : a.format;
  const nanos = a.nanos + (sign === 1 ? b.nanos : -b.nanos);
  return { nanos, format, text: formatQuantity({ nanos, format }) };
}
