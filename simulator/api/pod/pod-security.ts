/** The security context of the pod as a whole. Models validatePodSpecSecurityContext and validateHostUsers. */
import { duplicate, type FieldPath, forbidden, invalid, required } from "../field-path.ts";
import { asObject, isTrue, type JsonObject, listAt, numberAt, objectAt, stringAt } from "../json.ts";
import type { Problem } from "../problem.ts";
import { since } from "../target.ts";
import { checkOptionalChoice, checkRange } from "./check.ts";
import { maxId } from "./container-security.ts";
import type { PodContext } from "./context.ts";
import { validateAppArmorProfile, validateSeccompProfile } from "./profiles.ts";
import { validateWindowsOptions } from "./windows-options.ts";

export function validatePodSecurityContext(spec: JsonObject, path: FieldPath, context: PodContext): void {
  const found = context.found;
  const at = path.child("securityContext");
  if (isTrue(spec, "shareProcessNamespace") && isTrue(spec, "hostPID")) {
    // Once a part of the security context, and spelled so up to 1.36.
    const owner = since(context.target, "1.37") ? path : path.spelled("securityContext");
    const place = owner.child("shareProcessNamespace");
    found.push(invalid("share-process-and-host-pid", place));
  }
  const security = objectAt(spec, "securityContext");
  if (security === undefined) return;
  for (const key of ["fsGroup", "runAsUser", "runAsGroup"]) {
    checkRange(numberAt(security, key), 0, maxId, at.child(key), found);
  }
  for (const [index, group] of listAt(security, "supplementalGroups").entries()) {
    const value = typeof group === "number" ? group : 0;
    checkRange(value, 0, maxId, at.child("supplementalGroups").index(index), found);
  }
  validateSysctls(spec, security, at.child("sysctls"), found);
  checkOptionalChoice(security, "fsGroupChangePolicy", ["Always", "OnRootMismatch"], at, found);
  checkOptionalChoice(security, "supplementalGroupsPolicy", ["Merge", "Strict"], at, found);
  const changePolicies = since(context.target, "1.37") ? ["MountOption", "Recursive"] : ["Recursive"];
  checkOptionalChoice(security, "seLinuxChangePolicy", changePolicies, at, found);
  validateSeccompProfile(security, at, found);
  validateWindowsOptions(security, at, found);
  validateAppArmorProfile(security, at, found);
}

const maxSysctlName = 253;
const sysctlName = /^(?:[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?$/;
const ipcSysctls: ReadonlySet<string> = new Set(["kernel.sem"]);
const ipcPrefixes = ["kernel.shm", "kernel.msg", "fs.mqueue."];

function validateSysctls(spec: JsonObject, security: JsonObject, path: FieldPath, found: Problem[]): void {
  const names = new Set<string>();
  for (const [index, entry] of listAt(security, "sysctls").entries()) {
    const name = stringAt(asObject(entry), "name");
    const at = path.index(index).child("name");
    if (name === "") found.push(required("field-required", at, { field: "name" }));
    else if (name.length > maxSysctlName || !sysctlName.test(name))
      found.push(invalid("sysctl-name", at, { value: name }));
    else if (names.has(name)) found.push(duplicate("duplicate-sysctl", at, { value: name }));
    names.add(name);
    const hostField = sharedNamespace(name);
    if (hostField !== undefined && isTrue(spec, hostField)) {
      found.push(invalid("sysctl-of-host", at, { value: name, field: hostField }));
    }
  }
}

/** The field that shares the namespace which the setting belongs to; slashes may separate as dots do. */
function sharedNamespace(name: string): "hostNetwork" | "hostIPC" | undefined {
  const dotted = withDots(name);
  if (dotted.startsWith("net.")) return "hostNetwork";
  const isIpc = ipcSysctls.has(dotted) || ipcPrefixes.some((prefix) => dotted.startsWith(prefix));
  return isIpc ? "hostIPC" : undefined;
}

/** `net/ipv4/conf/eth0.1` is `net.ipv4.conf.eth0/1`: if a slash comes first the two change places. */
function withDots(name: string): string {
  const first = /[./]/.exec(name)?.[0];
  if (first !== "/") return name;
  return name.replace(/[./]/g, (mark) => (mark === "/" ? "." : "/"));
}

/** Namespaces of the host that a user namespace of one's own excludes. */
export function validateHostUsers(spec: JsonObject, path: FieldPath, context: PodContext): void {
  if (context.hostUsers) return;
  const found = context.found;
  if (isTrue(spec, "hostNetwork"))
    found.push(forbidden("host-namespace-with-user-namespace", path.child("hostNetwork")));
  for (const [key, spelling] of [
    ["hostPID", "HostPID"],
    ["hostIPC", "HostIPC"],
  ] as const) {
    if (isTrue(spec, key)) {
      found.push(forbidden("host-namespace-with-user-namespace", path.silent(key).spelled(spelling)));
    }
  }
}
