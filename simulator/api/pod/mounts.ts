/** Mounts of volumes into containers. Models ValidateVolumeMounts and ValidateVolumeDevices of pkg/apis/core/validation. */
import { type FieldPath, forbidden, invalid, notFound, notSupported } from "../field-path.ts";
import { asObject, isTrue, type JsonObject, listAt, objectAt, stringAt } from "../json.ts";
import type { Problem } from "../problem.ts";
import { checkRequired } from "./check.ts";
import type { PodContext } from "./context.ts";
import { checkDescendingPath, hasBackstep } from "./paths.ts";

const propagations = ["Bidirectional", "HostToContainer", "None"];
const recursiveModes = ["Disabled", "Enabled", "IfPossible"];

export function validateMounts(container: JsonObject, path: FieldPath, context: PodContext): void {
  const mounts = listAt(container, "volumeMounts");
  const devices = listAt(container, "volumeDevices");
  if (mounts.length > 0) {
    const taken = pathsByName(devices, "devicePath");
    const privileged = isTrue(objectAt(container, "securityContext"), "privileged");
    const seen = new Set<string>();
    for (const [index, mount] of mounts.entries()) {
      validateMount(asObject(mount), index, path.child("volumeMounts"), { taken, privileged, seen }, context);
    }
  }
  if (devices.length > 0)
    validateDevices(devices, pathsByName(mounts, "mountPath"), path.child("volumeDevices"), context);
}

/** Path by volume name; of a repeated name the last. */
function pathsByName(entries: readonly unknown[], key: string): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  for (const entry of entries) {
    const object = entry as JsonObject;
    paths.set(stringAt(object, "name"), stringAt(object, key));
  }
  return paths;
}

interface MountSurroundings {
  /** Device path by volume name. */
  readonly taken: ReadonlyMap<string, string>;
  readonly privileged: boolean;
  /** Mount paths so far. */
  readonly seen: Set<string>;
}

function validateMount(
  mount: JsonObject,
  index: number,
  path: FieldPath,
  { taken, privileged, seen }: MountSurroundings,
  context: PodContext,
): void {
  const found = context.found;
  const at = path.index(index);
  const name = checkRequired(mount, "name", at, found);
  if (!context.volumes.has(name)) found.push(notFound("volume-not-found", at.child("name"), { name }));
  const mountPath = checkRequired(mount, "mountPath", at, found);
  if (seen.has(mountPath)) found.push(invalid("duplicate-mount-path", at.child("mountPath"), { value: mountPath }));
  seen.add(mountPath);
  if (taken.has(name)) found.push(invalid("volume-mounted-and-device", at.child("name"), { value: name }));
  if ([...taken.values()].includes(mountPath)) {
    found.push(invalid("path-mounted-and-device", at.child("mountPath"), { value: mountPath }));
  }
  // From here on the server leaves the index out.
  const unindexed = path.silent(index);
  const subPath = stringAt(mount, "subPath");
  if (subPath !== "") checkDescendingPath(subPath, unindexed.child("subPath"), found);
  const subPathExpr = stringAt(mount, "subPathExpr");
  if (subPathExpr !== "") {
    if (subPath !== "") found.push(invalid("sub-paths-exclusive", at.child("subPathExpr"), { value: subPathExpr }));
    checkDescendingPath(subPathExpr, unindexed.child("subPathExpr"), found);
  }
  validatePropagation(mount, privileged, unindexed, found);
}

function validatePropagation(mount: JsonObject, privileged: boolean, path: FieldPath, found: Problem[]): void {
  const propagation = mount["mountPropagation"];
  if (typeof propagation === "string") {
    const at = path.child("mountPropagation");
    if (!propagations.includes(propagation))
      found.push(notSupported("value-not-supported", at, propagation, propagations));
    if (propagation === "Bidirectional" && !privileged) found.push(forbidden("bidirectional-needs-privileged", at));
  }
  const recursive = mount["recursiveReadOnly"];
  if (typeof recursive !== "string" || recursive === "Disabled") return;
  const at = path.child("recursiveReadOnly");
  if (!recursiveModes.includes(recursive)) {
    found.push(notSupported("value-not-supported", at, recursive, recursiveModes));
    return;
  }
  if (!isTrue(mount, "readOnly")) found.push(forbidden("recursive-needs-read-only", at));
  if (typeof propagation === "string" && propagation !== "None") {
    found.push(forbidden("recursive-with-propagation", at, { value: propagation }));
  }
}

function validateDevices(
  devices: readonly unknown[],
  mounts: ReadonlyMap<string, string>,
  path: FieldPath,
  context: PodContext,
): void {
  const found = context.found;
  if (!context.hostUsers) found.push(forbidden("devices-with-user-namespace", path));
  const names = new Set<string>();
  const paths = new Set<string>();
  const mountPaths = new Set(mounts.values());
  for (const [index, entry] of devices.entries()) {
    const device = asObject(entry as JsonObject);
    const at = path.index(index);
    const name = checkRequired(device, "name", at, found);
    if (name !== "" && names.has(name)) found.push(invalid("duplicate-device", at.child("name"), { value: name }));
    names.add(name);
    const volume = context.volumes.get(name);
    if (volume === undefined) found.push(notFound("volume-not-found", at.child("name"), { name }));
    else if (objectAt(volume, "persistentVolumeClaim") === undefined && objectAt(volume, "ephemeral") === undefined) {
      found.push(invalid("device-needs-claim", at.child("name"), { value: name }));
    }
    const devicePath = checkRequired(device, "devicePath", at, found);
    if (paths.has(devicePath))
      found.push(invalid("duplicate-device-path", at.child("devicePath"), { value: devicePath }));
    if (hasBackstep(devicePath))
      found.push(invalid("path-with-backstep", at.child("devicePath"), { value: devicePath }));
    else paths.add(devicePath);
    if (mounts.has(name)) found.push(invalid("volume-mounted-and-device", at.child("name"), { value: name }));
    if (mountPaths.has(devicePath)) {
      found.push(invalid("path-mounted-and-device", at.child("devicePath"), { value: devicePath }));
    }
  }
}
