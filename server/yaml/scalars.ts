/**
 * What a plain YAML scalar means to the API server. Its decoder is YAML 1.1 as Go reads it: `yes` is a boolean, `0644`
 * octal, `08` eight (not octal, so a float), dates and `1:30` texts. Models resolve.go of sigs.k8s.io/yaml/goyaml.v2.
 */

export type ScalarValue = null | boolean | number | bigint | string;

const words: ReadonlyMap<string, ScalarValue> = new Map<string, ScalarValue>([
  ...["", "~", "null", "Null", "NULL"].map((word) => [word, null] as const),
  ...["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"].map((word) => [word, true] as const),
  ...["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"].map((word) => [word, false] as const),
  ...[".nan", ".NaN", ".NAN"].map((word) => [word, Number.NaN] as const),
  ...[".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"].map((word) => [word, Number.POSITIVE_INFINITY] as const),
  ...["-.inf", "-.Inf", "-.INF"].map((word) => [word, Number.NEGATIVE_INFINITY] as const),
]);

const floatLike = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const integerLike = /^[-+]?(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|[1-9][0-9]*|0)$/;
const maxUint64 = 2n ** 64n - 1n;
const minInt64 = -(2n ** 63n);
const maxInt64 = 2n ** 63n - 1n;

/** The value of a plain scalar; whole numbers beyond 2^53 are bigints, so that nothing is rounded. */
export function resolvePlain(text: string): ScalarValue {
  const first = text.charCodeAt(0);
  const digit = first >= 48 && first <= 57;
  if (!digit && first !== 43 && first !== 45 && first !== 46) {
    if (text.length > 5) return text;
    const word = words.get(text);
    return word === undefined ? text : word;
  }
  const word = words.get(text);
  if (word !== undefined) return word;
  // After a point Go's own parser reads the number, which allows no underscores here.
  if (first === 46) return floatLike.test(text) ? finite(text, text) : text;
  const plain = text.includes("_") ? text.replaceAll("_", "") : text;
  if (integerLike.test(plain)) return integer(plain, text);
  return floatLike.test(plain) ? finite(plain, text) : text;
}

function integer(plain: string, text: string): ScalarValue {
  const negative = plain[0] === "-";
  let digits = negative || plain[0] === "+" ? plain.slice(1) : plain;
  if (digits.length > 1 && digits[0] === "0" && digits[1]! >= "0" && digits[1]! <= "7") digits = `0o${digits.slice(1)}`;
  if (digits.length < 15) return negative ? -Number(digits) || 0 : Number(digits);
  // Of so many decimal digits none fits, and to read them all takes long.
  if (digits.length > 20 && digits[1]! <= "9") return floatLike.test(plain) ? finite(plain, text) : text;
  const magnitude = BigInt(digits);
  const value = negative ? -magnitude : magnitude;
  if (value > maxUint64 || value < minInt64) return floatLike.test(plain) ? finite(plain, text) : text;
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

/** A float out of range stays a text. */
function finite(plain: string, text: string): number | string {
  const value = Number(plain);
  return Number.isFinite(value) ? value : text;
}

const shortTag = "tag:yaml.org,2002:";

/** A tagged scalar; `undefined` when the text is not of the type that its tag says. */
export function resolveTagged(tag: string, text: string): ScalarValue | undefined {
  if (!tag.startsWith(shortTag)) return text;
  const value = resolvePlain(text);
  switch (tag.slice(shortTag.length)) {
    case "str":
      return text;
    case "binary":
      return decodeBase64(text);
    case "null":
      return value === null ? null : undefined;
    case "bool":
      return typeof value === "boolean" ? value : undefined;
    case "int":
      return typeof value === "bigint" || (typeof value === "number" && Number.isInteger(value)) ? value : undefined;
    case "float":
      return typeof value === "bigint" || typeof value === "number" ? value : undefined;
    case "timestamp":
      return text;
    default:
      return text;
  }
}

function decodeBase64(text: string): string | undefined {
  const compact = text.replace(/[\r\n]/g, "");
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(compact)) return undefined;
  const bytes = Uint8Array.from(atob(compact), (char) => char.charCodeAt(0));
  return new TextDecoder().decode(bytes);
}

/** A key without quotes or tag as JSON will carry it: `1e6` is a float and becomes `1e+06`, `1000000` stays. */
export function plainKeyText(text: string): string | undefined {
  const value = resolvePlain(text);
  if (typeof value !== "number" || !Number.isFinite(value)) return keyText(value);
  const isWhole = integerLike.test(text.replaceAll("_", "")) && Number.isSafeInteger(value);
  return isWhole ? String(value) : shortFloat(value);
}

/** A map key as JSON will carry it: Go's decoder turns booleans and numbers into texts. `undefined`: no key at all. */
export function keyText(value: ScalarValue): string | undefined {
  if (typeof value === "string") return value;
  if (value === null) return undefined;
  if (typeof value === "number") {
    if (Number.isNaN(value)) return ".nan";
    if (!Number.isFinite(value)) return value > 0 ? ".inf" : "-.inf";
    return Number.isInteger(value) ? String(value) : shortFloat(value);
  }
  // Beyond 64 bits with a sign there is no key.
  return typeof value === "bigint" && value > maxInt64 ? undefined : String(value);
}

/** A float as Go writes it with the precision of 32 bits: the fewest digits that tell it apart, small ones with an exponent. */
function shortFloat(value: number): string {
  const single = Math.fround(value);
  for (let digits = 1; digits < 9; digits++) {
    const text = Number(single.toPrecision(digits));
    if (Math.fround(text) === single) return goExponent(text);
  }
  return goExponent(Number(single.toPrecision(9)));
}

/** From a million on and below a ten-thousandth with an exponent of at least two digits. */
function goExponent(value: number): string {
  const size = Math.abs(value);
  if ((size >= 1e-4 && size < 1e6) || value === 0) return String(value);
  return value.toExponential().replace(/e([-+])(\d)$/, "e$10$2");
}
