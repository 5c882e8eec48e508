/**
 * What the server says about addresses and ranges that it reads but would rather have otherwise.
 * Models GetWarningsForIP and GetWarningsForCIDR of apimachinery/pkg/util/validation/ip.go
 */
import { addressBytes, cidr, ipAddress, rangeBytes } from "./addresses.ts";
import { type FieldPath, warning } from "./field-path.ts";
import { canonicalIPv6 } from "./pod/ipv6-text.ts";
import type { Problem } from "./problem.ts";

/** Adds what is said about an address; what is no address is not looked at. */
export function addressWarning(text: string, path: FieldPath, found: Problem[]): void {
  if (addressBytes(text) === undefined) return;
  const rules = ipAddress(text);
  if (rules.length > 0) found.push(warning("address-not-standard", path, { value: text, rules }));
  else reportCanonical(text, text, "", path, found);
}

/** The same for a range. */
export function rangeWarning(text: string, path: FieldPath, found: Problem[]): void {
  if (rangeBytes(text) === undefined) return;
  const rules = cidr(text);
  const slash = text.indexOf("/");
  if (rules.length > 0) found.push(warning("address-not-standard", path, { value: text, rules }));
  else reportCanonical(text, text.slice(0, slash), text.slice(slash), path, found);
}

function reportCanonical(text: string, address: string, rest: string, path: FieldPath, found: Problem[]): void {
  const canonical = canonicalIPv6(address);
  if (canonical === undefined || canonical + rest === text) return;
  found.push(warning("ipv6-not-canonical", path, { value: text, canonical: canonical + rest }));
}
