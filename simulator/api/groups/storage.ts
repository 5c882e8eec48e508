/** Volumes and classes of storage. Models pkg/apis/core/validation (volumes) and pkg/apis/storage/{validation,v1/defaults.go}. */
import { checkFormat } from "../check-format.ts";
import { type Draft, defaultVolumeSource, ensure, fill } from "../defaults-pod.ts";
import { semanticEqual } from "../equality.ts";
import { forbidden, invalid, notSupported, required } from "../field-path.ts";
import { type JsonObject, listAt, objectAt, stringAt, without } from "../json.ts";
import { checkOptionalChoice } from "../pod/check.ts";
import type { Problem } from "../problem.ts";
import type { Target } from "../target.ts";
import { specOf } from "../workload-checks.ts";
import { forbiddenChanges, immutableFields, metadataProblems, root, specPath } from "./shared.ts";

export function defaultStorageClass(object: Draft): void {
  fill(object, "reclaimPolicy", "Delete");
  fill(object, "volumeBindingMode", "Immediate");
}

export function validateStorageClass(object: JsonObject, target: Target): Problem[] {
  const found = metadataProblems(object, target, false);
  const provisioner = stringAt(object, "provisioner");
  const at = root.child("provisioner");
  if (provisioner === "") found.push(required("field-required", at, { field: "provisioner" }));
  else checkFormat("invalid-qualified-name", provisioner.toLowerCase(), at, found);
  const reclaim = stringAt(object, "reclaimPolicy");
  if (reclaim !== "Delete" && reclaim !== "Retain") {
    found.push(notSupported("value-not-supported", root.child("reclaimPolicy"), reclaim, ["Delete", "Retain"]));
  }
  const modes = ["Immediate", "WaitForFirstConsumer"];
  checkOptionalChoice(object, "volumeBindingMode", modes, root, found);
  return found;
}

export function storageClassChanges(from: JsonObject, to: JsonObject): Problem[] {
  return immutableFields(from, to, ["parameters", "provisioner", "reclaimPolicy", "volumeBindingMode"]);
}

export function defaultVolume(object: Draft): void {
  const spec = ensure(object, "spec");
  fill(spec, "persistentVolumeReclaimPolicy", "Retain");
  fill(spec, "volumeMode", "Filesystem");
  defaultVolumeSource(spec);
}

/** What of a volume is not where it is. */
const general = [
  "capacity",
  "accessModes",
  "claimRef",
  "persistentVolumeReclaimPolicy",
  "storageClassName",
  "mountOptions",
  "volumeMode",
  "nodeAffinity",
  "volumeAttributesClassName",
];

const accessModes = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"];

export function validateVolume(object: JsonObject, target: Target): Problem[] {
  const spec = specOf(object);
  const found = metadataProblems(object, target, false);
  const modes = listAt(spec, "accessModes").map(String);
  const modesPath = specPath.child("accessModes");
  if (modes.length === 0) found.push(required("field-required", modesPath, { field: "accessModes" }));
  for (const mode of modes) {
    if (!accessModes.includes(mode)) found.push(notSupported("value-not-supported", modesPath, mode, accessModes));
  }
  const capacity = objectAt(spec, "capacity") ?? {};
  if (Object.keys(capacity).length === 0) {
    found.push(required("field-required", specPath.child("capacity"), { field: "capacity" }));
  } else if (capacity["storage"] === undefined || Object.keys(capacity).length > 1) {
    found.push(
      notSupported("value-not-supported", specPath.child("capacity"), Object.keys(capacity).join(), ["storage"]),
    );
  }
  const sources = Object.keys(without(spec, general));
  if (sources.length === 0) found.push(required("one-of-missing", specPath, { fields: ["csi", "nfs", "hostPath"] }));
  for (const source of sources.slice(1))
    found.push(forbidden("fields-exclusive", specPath.child(source), { fields: sources }));
  const policies = ["Delete", "Recycle", "Retain"];
  checkOptionalChoice(spec, "persistentVolumeReclaimPolicy", policies, specPath, found);
  checkOptionalChoice(spec, "volumeMode", ["Block", "Filesystem"], specPath, found);
  const name = stringAt(spec, "storageClassName");
  if (name !== "") checkFormat("invalid-dns-subdomain", name, specPath.child("storageClassName"), found);
  return found;
}

/** The server leaves `spec` out of the spelling of some fields. */
const bare = root.silent("spec");

export function volumeChanges(from: JsonObject, to: JsonObject): Problem[] {
  const [old, next] = [specOf(from), specOf(to)];
  const found: Problem[] = [];
  if (!semanticEqual(without(old, general), without(next, general))) {
    const at = specPath.spelled("persistentvolumesource");
    found.push(forbidden("immutable", at, { value: Object.keys(without(next, general)).join() }));
  }
  found.push(...immutableFields(old, next, ["volumeMode"], bare));
  if (old["nodeAffinity"] !== undefined) found.push(...immutableFields(old, next, ["nodeAffinity"], bare));
  return found;
}

export function driverChanges(from: JsonObject, to: JsonObject): Problem[] {
  const [old, next] = [specOf(from), specOf(to)];
  const found = immutableFields(old, next, ["fsGroupPolicy", "volumeLifecycleModes"], specPath);
  if (!semanticEqual(old["attachRequired"], next["attachRequired"])) {
    const at = specPath.silent("attachRequired").spelled("attachedRequired");
    found.unshift(invalid("immutable", at, { value: String(next["attachRequired"]) }));
  }
  return found;
}

export function defaultDriver(object: Draft): void {
  const spec = ensure(object, "spec");
  for (const [key, value] of Object.entries({
    attachRequired: true,
    podInfoOnMount: false,
    storageCapacity: false,
    fsGroupPolicy: "ReadWriteOnceWithFSType",
    volumeLifecycleModes: ["Persistent"],
    requiresRepublish: false,
    seLinuxMount: false,
  })) {
    spec[key] ??= value;
  }
}

export function attributesClassChanges(from: JsonObject, to: JsonObject): Problem[] {
  return forbiddenChanges(from, to, ["driverName", "parameters"]);
}
