/**
 * What depends on the operating system of the pod.
 * Models validateOS, validateLinux, validateWindows and validateWindowsHostProcessPod of pkg/apis/core/validation.
 */
import { type FieldPath, forbidden, invalid, notSupported, required } from "../field-path.ts";
import { asObject, isObject, isTrue, type JsonObject, listAt, objectAt, stringAt } from "../json.ts";
import type { Problem } from "../problem.ts";
import type { PodContext } from "./context.ts";

const systems = ["linux", "windows"];

export function validateOs(spec: JsonObject, path: FieldPath, context: PodContext): void {
  const os = objectAt(spec, "os");
  if (os === undefined) return;
  const found = context.found;
  const name = stringAt(os, "name");
  if (name === "") found.push(required("field-required", path.child("os").child("name"), { field: "name" }));
  else if (name === "linux") validateLinux(spec, path, found);
  else if (name === "windows") validateWindows(spec, path, found);
  else found.push(notSupported("value-not-supported", path.child("os"), name, systems));
}

/** The pod's containers of all sorts with their places. */
export function* allContainers(spec: JsonObject, path: FieldPath): Generator<readonly [JsonObject, FieldPath]> {
  for (const list of ["initContainers", "containers", "ephemeralContainers"]) {
    for (const [index, entry] of listAt(spec, list).entries()) {
      yield [asObject(entry), path.child(list).index(index)];
    }
  }
}

function validateLinux(spec: JsonObject, path: FieldPath, found: Problem[]): void {
  const check = (owner: JsonObject, at: FieldPath) => {
    if (objectAt(objectAt(owner, "securityContext"), "windowsOptions") !== undefined) {
      found.push(
        forbidden("not-for-linux", at.child("securityContext").child("windowsOptions"), { field: "windowsOptions" }),
      );
    }
  };
  check(spec, path);
  for (const [container, at] of allContainers(spec, path)) check(container, at);
}

const notForWindowsPods = [
  "appArmorProfile",
  "seLinuxOptions",
  "seccompProfile",
  "fsGroup",
  "fsGroupChangePolicy",
  "sysctls",
  "runAsUser",
  "runAsGroup",
  "supplementalGroups",
  "supplementalGroupsPolicy",
  "seLinuxChangePolicy",
];
const notForWindowsSpecs = ["hostUsers", "hostPID", "hostIPC", "shareProcessNamespace", "resources"];
const notForWindowsContainers = [
  "appArmorProfile",
  "seLinuxOptions",
  "seccompProfile",
  "capabilities",
  "readOnlyRootFilesystem",
  "privileged",
  "allowPrivilegeEscalation",
  "procMount",
  "runAsUser",
  "runAsGroup",
];

function validateWindows(spec: JsonObject, path: FieldPath, found: Problem[]): void {
  for (const key of notForWindowsSpecs) {
    // Namespaces of the host count when asked for, the others when mentioned.
    const isHost = key === "hostPID" || key === "hostIPC";
    const given = isHost ? isTrue(spec, key) : isGiven(spec[key]);
    if (given) found.push(forbidden("not-for-windows", path.child(key), { field: key }));
  }
  const check = (security: JsonObject | undefined, keys: readonly string[], at: FieldPath) => {
    if (security === undefined) return;
    for (const key of keys) {
      const value = security[key];
      const given = key === "sysctls" ? Array.isArray(value) && value.length > 0 : isGiven(value);
      if (given) found.push(forbidden("not-for-windows", at.child("securityContext").child(key), { field: key }));
    }
  };
  check(objectAt(spec, "securityContext"), notForWindowsPods, path);
  for (const [container, at] of allContainers(spec, path)) {
    check(objectAt(container, "securityContext"), notForWindowsContainers, at);
  }
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** Pods that run on a Windows host itself: all containers or none, and on the host's network. */
export function validateHostProcess(spec: JsonObject, path: FieldPath, context: PodContext): void {
  const found = context.found;
  const ofPod = hostProcessOf(spec);
  let containers = 0;
  let hostProcesses = 0;
  for (const [container, at] of allContainers(spec, path)) {
    const own = hostProcessOf(container);
    containers++;
    if (own ?? ofPod ?? false) hostProcesses++;
    if (own !== undefined && ofPod !== undefined && own !== ofPod) {
      const place = at.child("securityContext").child("windowsOptions").child("hostProcess");
      found.push(invalid("host-process-differs", place, { value: own, pod: ofPod }));
    }
  }
  if (hostProcesses === 0) return;
  if (hostProcesses !== containers) found.push(invalid("host-process-mixed", path));
  if (!isTrue(spec, "hostNetwork")) found.push(invalid("host-process-network", path.child("hostNetwork")));
}

function hostProcessOf(owner: JsonObject): boolean | undefined {
  const security = owner["securityContext"];
  if (!isObject(security)) return undefined;
  const value = objectAt(security, "windowsOptions")?.["hostProcess"];
  return typeof value === "boolean" ? value : undefined;
}
