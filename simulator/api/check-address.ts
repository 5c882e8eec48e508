/** One problem for an address or a range that the version does not read. Models pkg/apis/core/validation/names.go and ip.go of apimachinery. */
import { addressBytes, rangeBytes } from "./addresses.ts";
import { checkFormat } from "./check-format.ts";
import type { FieldPath } from "./field-path.ts";
import type { Problem } from "./problem.ts";
import { since, type Target } from "./target.ts";

/** Adds a problem when the text is no address; returns whether it was fine. Up to 1.35 all that can be read is. */
export function checkAddress(text: string, path: FieldPath, found: Problem[], target: Target): boolean {
  if (!since(target, "1.36") && addressBytes(text) !== undefined) return true;
  return checkFormat("invalid-ip-address", text, path, found);
}

/** The same for a range. */
export function checkRangeOfAddresses(text: string, path: FieldPath, found: Problem[], target: Target): boolean {
  if (!since(target, "1.36") && rangeBytes(text) !== undefined) return true;
  return checkFormat("invalid-cidr", text, path, found);
}
