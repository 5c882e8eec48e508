/** What an amount with a wrong unit was surely meant to be. */
import { parseQuantity } from "../../simulator/api/quantity.ts";

const suffixes: Readonly<Record<string, string>> = {
  "": "",
  b: "",
  byte: "",
  bytes: "",
  m: "m",
  mcpu: "m",
  cpu: "",
  core: "",
  cores: "",
  k: "k",
  kb: "k",
  mb: "M",
  meg: "M",
  g: "G",
  gb: "G",
  gig: "G",
  t: "T",
  tb: "T",
  ki: "Ki",
  kib: "Ki",
  mi: "Mi",
  mib: "Mi",
  gi: "Gi",
  gib: "Gi",
  ti: "Ti",
  tib: "Ti",
};

/** What an amount was surely meant to be, the likeliest first: `5 Gi` is `5Gi`, `512MB` `512M` or `512Mi`. None where it is not clear. */
export function meantQuantities(written: string): readonly string[] {
  const match = /^\s*([+-]?[0-9]+(?:[.,][0-9]+)?)\s*([A-Za-z]*)\s*$/.exec(written);
  const unit = match?.[2]?.toLowerCase() ?? "none";
  const suffix = suffixes[unit];
  if (match?.[1] === undefined || suffix === undefined) return [];
  const number = match[1].replace(",", ".");
  const meant = [`${number}${suffix}`, ...(/^[mgt]b$/.test(unit) ? [`${number}${suffix}i`] : [])];
  return meant.filter((one) => parseQuantity(one).ok);
}

const powers: Readonly<Record<string, number>> = {
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** How many bytes an amount is, as far as a suffix says so plainly; null for all else. */
export function bytesOf(amount: string): number | null {
  const [, number, suffix = ""] = /^([0-9]+(?:\.[0-9]+)?)([A-Za-z]*)$/.exec(amount) ?? [];
  const power = suffix === "" ? 1 : powers[suffix];
  return number === undefined || power === undefined ? null : Number((Number(number) * power).toFixed(3));
}

/** An amount with parts of a byte as the nearest one without, in the next smaller unit; null where none is near. */
export function wholeAmount(amount: string): string | null {
  const [, number, suffix = ""] = /^([0-9]+(?:\.[0-9]+)?)(m|[KMGT]i)$/.exec(amount) ?? [];
  if (number === undefined) return null;
  // Nobody wants thousandths of a byte.
  if (suffix === "m") return `${number}Mi`;
  const units = ["", "Ki", "Mi", "Gi", "Ti"];
  const smaller = units[units.indexOf(suffix) - 1] ?? "";
  return `${Math.round(Number(number) * 1024)}${smaller}`;
}
