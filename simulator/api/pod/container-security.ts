/** A container's security context. Models ValidateSecurityContext of pkg/apis/core/validation, privileged containers allowed. */
import { type FieldPath, invalid, notSupported } from "../field-path.ts";
import { isTrue, type JsonObject, listAt, numberAt, objectAt } from "../json.ts";
import type { Problem } from "../problem.ts";
import { checkRange } from "./check.ts";
import type { PodContext } from "./context.ts";
import { validateAppArmorProfile, validateSeccompProfile } from "./profiles.ts";
import { validateWindowsOptions } from "./windows-options.ts";

/** Largest user or group number. */
export const maxId = 2147483647;
const procMounts = ["Default", "Unmasked"];

export function validateSecurityContext(security: JsonObject | undefined, path: FieldPath, context: PodContext): void {
  if (security === undefined) return;
  const found = context.found;
  checkRange(numberAt(security, "runAsUser"), 0, maxId, path.child("runAsUser"), found);
  checkRange(numberAt(security, "runAsGroup"), 0, maxId, path.child("runAsGroup"), found);
  const procMount = security["procMount"];
  if (typeof procMount === "string") {
    const at = path.child("procMount");
    if (!procMounts.includes(procMount)) found.push(notSupported("value-not-supported", at, procMount, procMounts));
    if (procMount === "Unmasked" && context.hostUsers) found.push(invalid("unmasked-needs-user-namespace", at));
  }
  validateSeccompProfile(security, path, found);
  validateEscalation(security, path, found);
  validateWindowsOptions(security, path, found);
  validateAppArmorProfile(security, path, found);
}

/** What allows escalation cannot be combined with forbidding it; the server names the whole context. */
function validateEscalation(security: JsonObject, path: FieldPath, found: Problem[]): void {
  if (security["allowPrivilegeEscalation"] !== false) return;
  const at = path.silent("allowPrivilegeEscalation");
  if (isTrue(security, "privileged")) found.push(invalid("escalation-and-privileged", at));
  if (listAt(objectAt(security, "capabilities"), "add").includes("CAP_SYS_ADMIN")) {
    found.push(invalid("escalation-and-sys-admin", at));
  }
}
