/** Names and addresses of the pod. Models validatePodDNSConfig and ValidateHostAliases of pkg/apis/core/validation. */
import { checkAddress } from "../check-address.ts";
import { checkFormat } from "../check-format.ts";
import { type FieldPath, forbidden, invalid, required, tooLong } from "../field-path.ts";
import { asObject, isTrue, type JsonObject, listAt, objectAt, stringAt } from "../json.ts";
import type { Problem } from "../problem.ts";
import { checkChoice, checkOptionalFormat } from "./check.ts";
import type { PodContext } from "./context.ts";

const policies = ["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"];
const maxNameservers = 3;
const maxSearches = 32;
const maxSearchCharacters = 2048;
const maxHostname = 64;

const texts = (object: JsonObject, key: string): readonly string[] =>
  listAt(object, key).map((entry) => (typeof entry === "string" ? entry : ""));

export function validateDns(spec: JsonObject, path: FieldPath, { found, target }: PodContext): void {
  const policy = stringAt(spec, "dnsPolicy");
  checkChoice(policy, policies, path.child("dnsPolicy"), found);
  const config = objectAt(spec, "dnsConfig");
  const at = path.child("dnsConfig");
  if (config === undefined) {
    if (policy === "None") found.push(required("dns-config-missing", at));
    return;
  }
  const nameservers = texts(config, "nameservers");
  if (policy === "None" && nameservers.length === 0) {
    found.push(required("nameserver-missing", at.child("nameservers")));
    return;
  }
  if (nameservers.length > maxNameservers) {
    const params = { actual: nameservers.length, limit: maxNameservers };
    found.push(invalid("too-many-nameservers", at.child("nameservers"), params));
  }
  for (const [index, server] of nameservers.entries()) {
    checkAddress(server, at.child("nameservers").index(index), found, target);
  }
  validateSearches(texts(config, "searches"), at.child("searches"), found);
  for (const [index, option] of listAt(config, "options").entries()) {
    if (stringAt(asObject(option), "name") === "") {
      found.push(required("field-required", at.child("options").index(index), { field: "name" }));
    }
  }
}

function validateSearches(searches: readonly string[], path: FieldPath, found: Problem[]): void {
  if (searches.length > maxSearches) {
    found.push(invalid("too-many-searches", path, { actual: searches.length, limit: maxSearches }));
  }
  const characters = searches.join(" ").length;
  if (characters > maxSearchCharacters) {
    found.push(invalid("searches-too-long", path, { actual: characters, limit: maxSearchCharacters }));
  }
  for (const [index, search] of searches.entries()) {
    if (search === ".") continue;
    const domain = search.endsWith(".") ? search.slice(0, -1) : search;
    checkFormat("invalid-dns-search-domain", domain, path.index(index), found);
  }
}

export function validateHostnames(spec: JsonObject, path: FieldPath, { found, target }: PodContext): void {
  checkOptionalFormat("invalid-dns-label", spec, "hostname", path, found);
  checkOptionalFormat("invalid-dns-label", spec, "subdomain", path, found);
  const override = spec["hostnameOverride"];
  if (typeof override === "string") {
    const at = path.child("hostnameOverride");
    checkFormat("invalid-dns-subdomain", override, at, found);
    if (override.length > maxHostname)
      found.push(tooLong("text-too-long", at, { actual: override.length, limit: maxHostname }));
    for (const key of ["hostNetwork", "setHostnameAsFQDN"]) {
      if (isTrue(spec, key)) found.push(forbidden("hostname-override-with", at, { field: key }));
    }
  }
  for (const [index, entry] of listAt(spec, "hostAliases").entries()) {
    const alias = asObject(entry);
    const at = path.child("hostAliases").index(index);
    checkAddress(stringAt(alias, "ip"), at.child("ip"), found, target);
    for (const [place, name] of texts(alias, "hostnames").entries()) {
      checkFormat("invalid-dns-subdomain", name, at.child("hostnames").index(place), found);
    }
  }
}
