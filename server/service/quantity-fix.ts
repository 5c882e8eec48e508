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

/** `5 Gi` is `5Gi`, `100mb` is `100M`; null when it is not clear what is meant. */
export function meantQuantity(written: string): string | null {
  const match = /^\s*([+-]?[0-9]+(?:[.,][0-9]+)?)\s*([A-Za-z]*)\s*$/.exec(written);
  const suffix = suffixes[match?.[2]?.toLowerCase() ?? "none"];
  if (match?.[1] === undefined || suffix === undefined) return null;
  const meant = `${match[1].replace(",", ".")}${suffix}`;
  return parseQuantity(meant).ok ? meant : null;
}
