/**
 * The texts that Kubernetes accepts as names, labels, addresses and the like. Each function returns the broken rules
 * by name, none when the text is fine; callers report one problem per text. Regular expressions are anchored and
 * compiled once.
 * Models staging/src/k8s.io/apimachinery/pkg/util/validation/{validation,ip}.go and api/validate/content.
 */

/** The broken rules of a text: `max-63-characters`, `characters`, `not-empty` ... */
export type BrokenRules = readonly string[];

/** A check of one text. */
export type Format = (text: string) => BrokenRules;

const fine: BrokenRules = Object.freeze([]);
const broken = (...rules: string[]): BrokenRules => rules;

const dnsLabelPattern = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const dns1035Pattern = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/;
const dnsSubdomainPattern = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const dnsSubdomainUnderscorePattern = /^[a-z0-9_](?:[-_a-z0-9]*[a-z0-9_])?(?:\.[a-z0-9_](?:[-_a-z0-9]*[a-z0-9_])?)*$/;
const qualifiedPartPattern = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const labelValuePattern = /^(?:(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const environmentNamePattern = /^[ -<>-~]+$/;
const configMapKeyPattern = /^[-._a-zA-Z0-9]+$/;
const httpHeaderPattern = /^[-A-Za-z0-9]+$/;
const portCharactersPattern = /^[-a-z0-9]+$/;
const letterPattern = /[a-z]/;
const percentPattern = /^[0-9]+%$/;

/** RFC 1123 label: names of containers, volumes, namespaces. */
export const dnsLabel: Format = (text) => {
  if (text.length <= 63 && dnsLabelPattern.test(text)) return fine;
  const rules: string[] = [];
  if (text.length > 63) rules.push("max-63-characters");
  if (!dnsLabelPattern.test(text)) rules.push(text.includes(".") ? "no-dots" : "dns-label-characters");
  return rules;
};

/** RFC 1035 label: as a DNS label, but begins with a letter. */
export const dns1035Label: Format = (text) => {
  const rules: string[] = [];
  if (text.length > 63) rules.push("max-63-characters");
  if (!dns1035Pattern.test(text)) rules.push("dns-1035-label-characters");
  return rules.length === 0 ? fine : rules;
};

/** RFC 1123 subdomain: names of most objects. */
export const dnsSubdomain: Format = (text) => {
  if (text.length <= 253 && dnsSubdomainPattern.test(text)) return fine;
  const rules: string[] = [];
  if (text.length > 253) rules.push("max-253-characters");
  if (!dnsSubdomainPattern.test(text)) rules.push("dns-subdomain-characters");
  return rules;
};

/** As a DNS subdomain, underscores allowed: DNS search domains. */
export const dnsSubdomainWithUnderscore: Format = (text) => {
  const rules: string[] = [];
  if (text.length > 253) rules.push("max-253-characters");
  if (!dnsSubdomainUnderscorePattern.test(text)) rules.push("dns-subdomain-characters");
  return rules.length === 0 ? fine : rules;
};

/** `[prefix/]name`: keys of labels, annotations and taints. */
export const qualifiedName: Format = (text) => {
  const slash = text.indexOf("/");
  const name = slash < 0 ? text : text.slice(slash + 1);
  if (name.includes("/")) return broken("one-slash");
  const rules: string[] = [];
  if (slash === 0) rules.push("prefix-not-empty");
  else if (slash > 0 && dnsSubdomain(text.slice(0, slash)).length > 0) rules.push("prefix-dns-subdomain");
  if (name.length === 0) rules.push("name-not-empty");
  else if (name.length > 63) rules.push("name-max-63-characters");
  if (name.length > 0 && !qualifiedPartPattern.test(name)) rules.push("name-characters");
  return rules.length === 0 ? fine : rules;
};

/** A qualified name that has a prefix: finalizers of one's own, extended resources. */
export function hasPrefix(name: string): boolean {
  return name.includes("/");
}

export const labelValue: Format = (text) => {
  if (text.length <= 63 && labelValuePattern.test(text)) return fine;
  const rules: string[] = [];
  if (text.length > 63) rules.push("max-63-characters");
  if (!labelValuePattern.test(text)) rules.push("label-value-characters");
  return rules;
};

/** Environment variables: any printable ASCII but `=`. */
export const environmentName: Format = (text) =>
  environmentNamePattern.test(text) ? fine : broken("printable-ascii-without-equals");

/** Names that only have to stand in a URL: those of roles. */
export const pathSegment: Format = (text) => {
  const rules: string[] = [];
  if (text === "." || text === "..") rules.push("not-dot");
  if (text.includes("/") || text.includes("%")) rules.push("no-slash-or-percent");
  return rules.length === 0 ? fine : rules;
};

/** Keys of config maps and secrets. */
export const configMapKey: Format = (text) => {
  const rules: string[] = [];
  if (text.length > 253) rules.push("max-253-characters");
  if (!configMapKeyPattern.test(text)) rules.push("config-key-characters");
  if (text === ".") rules.push("not-dot");
  else if (text === "..") rules.push("not-dot-dot");
  else if (text.startsWith("..")) rules.push("not-leading-dot-dot");
  return rules.length === 0 ? fine : rules;
};

export const httpHeaderName: Format = (text) =>
  httpHeaderPattern.test(text) ? fine : broken("http-header-characters");

/** IANA service name: names of ports. */
export const portName: Format = (text) => {
  const rules: string[] = [];
  if (text.length > 15) rules.push("max-15-characters");
  if (!portCharactersPattern.test(text)) rules.push("port-name-characters");
  if (!letterPattern.test(text)) rules.push("one-letter");
  if (text.includes("--")) rules.push("no-double-hyphen");
  if (text.startsWith("-") || text.endsWith("-")) rules.push("no-outer-hyphen");
  return rules.length === 0 ? fine : rules;
};

/** A port that may be given by number. */
export function isPortNumber(value: number): boolean {
  return value >= 1 && value <= 65535;
}

/** `25%`, digits only. */
export function isPercent(text: string): boolean {
  return percentPattern.test(text);
}
