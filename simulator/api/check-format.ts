/** One problem for a text that breaks the rules of its format. */
import { cidr, ipAddress } from "./addresses.ts";
import { type FieldPath, invalid } from "./field-path.ts";
import {
  configMapKey,
  dns1035Label,
  dnsLabel,
  dnsSubdomain,
  dnsSubdomainWithUnderscore,
  environmentName,
  type Format,
  httpHeaderName,
  labelValue,
  pathSegment,
  portName,
  qualifiedName,
} from "./formats.ts";
import type { Problem } from "./problem.ts";

const formats = {
  "invalid-dns-label": dnsLabel,
  "invalid-path-segment": pathSegment,
  "invalid-dns-1035-label": dns1035Label,
  "invalid-dns-subdomain": dnsSubdomain,
  "invalid-dns-search-domain": dnsSubdomainWithUnderscore,
  "invalid-qualified-name": qualifiedName,
  "invalid-label-value": labelValue,
  "invalid-environment-name": environmentName,
  "invalid-config-key": configMapKey,
  "invalid-http-header-name": httpHeaderName,
  "invalid-port-name": portName,
  "invalid-ip-address": ipAddress,
  "invalid-cidr": cidr,
} as const satisfies Readonly<Record<string, Format>>;

/** Codes of problems about the format of a text; params: `value`, `rules` (names of the broken rules). */
export type FormatCode = keyof typeof formats;

/** Adds a problem to `found` when the text breaks rules of the format; returns whether it was fine. */
export function checkFormat(code: FormatCode, text: string, path: FieldPath, found: Problem[]): boolean {
  const rules = formats[code](text);
  if (rules.length === 0) return true;
  found.push(invalid(code, path, { value: text, rules }));
  return false;
}
