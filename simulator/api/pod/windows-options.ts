/** Windows settings of a security context. Models validateWindowsSecurityContextOptions of pkg/apis/core/validation. */
import { checkFormat } from "../check-format.ts";
import { type FieldPath, invalid } from "../field-path.ts";
import { type JsonObject, objectAt } from "../json.ts";
import { utf8Length } from "../metadata.ts";
import type { Problem } from "../problem.ts";

const maxCredentialSpecBytes = 64 * 1024;
const maxDomain = 256;
const maxUser = 104;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const controlCharacters = /[\x00-\x1f\x7f]/;
const netBios = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/;
const dnsDomain = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;
const badUserCharacters = /["/\\:;|=,+*?<>@[\]]/;
const dotsAndBlanks = /^[. ]+$/;

export function validateWindowsOptions(owner: JsonObject, path: FieldPath, found: Problem[]): void {
  const options = objectAt(owner, "windowsOptions");
  if (options === undefined) return;
  const at = path.child("windowsOptions");
  const specName = options["gmsaCredentialSpecName"];
  if (typeof specName === "string") {
    checkFormat("invalid-dns-subdomain", specName, at.child("gmsaCredentialSpecName"), found);
  }
  const spec = options["gmsaCredentialSpec"];
  if (typeof spec === "string") {
    const place = at.child("gmsaCredentialSpec");
    const bytes = utf8Length(spec);
    if (bytes === 0) found.push(invalid("text-empty", place, { field: "gmsaCredentialSpec" }));
    else if (bytes > maxCredentialSpecBytes) {
      found.push(invalid("credential-spec-too-long", place, { actual: bytes, limit: maxCredentialSpecBytes }));
    }
  }
  const user = options["runAsUserName"];
  if (typeof user === "string") {
    const rules = brokenUserRules(user);
    if (rules.length > 0)
      found.push(invalid("windows-user-invalid", at.child("runAsUserName"), { value: user, rules }));
  }
}

/** The broken rules of `DOMAIN\user` or `user`. */
function brokenUserRules(text: string): string[] {
  if (text === "") return ["not-empty"];
  const rules: string[] = [];
  if (controlCharacters.test(text)) rules.push("no-control-characters");
  const parts = text.split("\\");
  if (parts.length > 2) return [...rules, "one-backslash"];
  const user = parts[parts.length - 1] ?? "";
  const domain = parts.length === 2 ? (parts[0] ?? "") : undefined;
  if (domain !== undefined && utf8Length(domain) >= maxDomain) rules.push("domain-too-long");
  if (domain !== undefined && !netBios.test(domain) && !dnsDomain.test(domain)) rules.push("domain-format");
  if (user === "") rules.push("user-not-empty");
  if (utf8Length(user) > maxUser) rules.push("user-too-long");
  if (dotsAndBlanks.test(user)) rules.push("user-only-dots-and-blanks");
  if (badUserCharacters.test(user)) rules.push("user-characters");
  return rules;
}
