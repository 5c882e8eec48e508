/** The volumes of a pod. Models ValidateVolumes and validateVolumeSource of pkg/apis/core/validation. */
import { duplicate, type FieldPath, forbidden, invalid } from "../field-path.ts";
import { dnsSubdomain } from "../formats.ts";
import { asObject, type JsonObject, listAt, objectAt, stringAt } from "../json.ts";
import type { Problem } from "../problem.ts";
import { checkRequiredFormat } from "./check.ts";
import { type SourceCheck, type VolumeContext, volumeSources } from "./volume-sources.ts";

/** Longest `<volume>:<portal>` of an iSCSI volume with an initiator of its own. */
const maxIscsiName = 64;

/**
 * Adds the problems of all volumes and returns those that have none, by name: the others do not exist for mounts.
 * `podName` is the name of a real Pod, `""` for templates.
 */
export function validateVolumes(
  spec: JsonObject,
  podName: string,
  path: FieldPath,
  found: Problem[],
  context: VolumeContext,
): ReadonlyMap<string, JsonObject> {
  const good = new Map<string, JsonObject>();
  const volumes = listAt(spec, "volumes").map((entry) => asObject(entry));
  const created = new Set<string>();
  if (podName !== "") {
    for (const volume of volumes) {
      if (objectAt(volume, "ephemeral") !== undefined) created.add(`${podName}-${stringAt(volume, "name")}`);
    }
  }
  for (const [index, volume] of volumes.entries()) {
    const at = path.index(index);
    const before = found.length;
    const name = stringAt(volume, "name");
    validateSource(volume, name, podName, at, found, context);
    checkRequiredFormat("invalid-dns-label", volume, "name", at, found);
    if (good.has(name)) found.push(duplicate("duplicate-volume", at.child("name"), { value: name }));
    if (found.length === before) good.set(name, volume);
    const claim = objectAt(volume, "persistentVolumeClaim");
    if (claim !== undefined && created.has(stringAt(claim, "claimName"))) {
      const value = stringAt(claim, "claimName");
      found.push(invalid("claim-of-ephemeral-volume", at.child("persistentVolumeClaim").child("claimName"), { value }));
    }
  }
  return good;
}

function validateSource(
  volume: JsonObject,
  name: string,
  podName: string,
  path: FieldPath,
  found: Problem[],
  context: VolumeContext,
): void {
  let first: SourceCheck | undefined;
  for (const check of volumeSources) {
    const source = objectAt(volume, check.key);
    if (source === undefined) continue;
    if (first === undefined) {
      first = check;
      const at = check.spelling === undefined ? path.child(check.key) : path.silent(check.key).spelled(check.spelling);
      check.validate(source, at, found, context);
    } else {
      const at = path.silent(check.key).spelled(check.spellingOfSecond ?? check.key);
      found.push(forbidden("second-volume-source", at, { first: first.key, second: check.key }));
    }
    if (check.key === "iscsi" && typeof source["initiatorName"] === "string") {
      const total = `${name}:${stringAt(source, "targetPortal")}`.length;
      if (total > maxIscsiName) {
        found.push(invalid("iscsi-name-too-long", path.child("name"), { actual: total, limit: maxIscsiName }));
      }
    }
    if (check.key === "ephemeral" && first === check && podName !== "" && name !== "") {
      const claimName = `${podName}-${name}`;
      const rules = dnsSubdomain(claimName);
      if (rules.length > 0) {
        found.push(invalid("ephemeral-claim-name", path.child("name"), { value: claimName, rules }));
      }
    }
  }
}
