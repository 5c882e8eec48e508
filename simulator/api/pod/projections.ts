/**
 * Files made of keys, of fields of the pod and of tokens. Models validateKeyToPath, validateDownwardAPIVolumeFile and
 * validateProjectionSources of pkg/apis/core/validation. The server leaves indexes out of what concerns fields.
 */
import { type FieldPath, forbidden, invalid, required } from "../field-path.ts";
import { asObject, type JsonObject, listAt, numberAt, objectAt, stringAt } from "../json.ts";
import type { Problem } from "../problem.ts";
import { checkFileMode, checkRequired } from "./check.ts";
import { checkFieldRef, checkResourceFieldRef, volumeFieldPaths } from "./downward.ts";
import { checkUserPath } from "./paths.ts";
import { certificatePaths, validatePodCertificate, validateTrustBundle } from "./trust.ts";

/** Items of a config map or a secret. */
export function validateKeyItems(source: JsonObject, path: FieldPath, found: Problem[]): void {
  for (const [index, entry] of listAt(source, "items").entries()) {
    const item = asObject(entry);
    const at = path.child("items").index(index);
    checkRequired(item, "key", at, found);
    checkUserPath(checkRequired(item, "path", at, found), at.child("path"), found);
    checkFileMode(item, "mode", at, found);
  }
}

/** Items of a downward API volume or projection; `path` is spelled without the item. */
export function validateDownwardItems(source: JsonObject, path: FieldPath, found: Problem[]): void {
  for (const [index, entry] of listAt(source, "items").entries()) {
    const item = asObject(entry);
    const at = path.silent("items").silent(index);
    checkUserPath(checkRequired(item, "path", at, found), at.child("path"), found);
    const fieldRef = objectAt(item, "fieldRef");
    const resourceFieldRef = objectAt(item, "resourceFieldRef");
    if (fieldRef !== undefined) {
      checkFieldRef(fieldRef, volumeFieldPaths, at.child("fieldRef"), found);
      if (resourceFieldRef !== undefined) found.push(invalid("field-and-resource", at));
    } else if (resourceFieldRef !== undefined) {
      checkResourceFieldRef(resourceFieldRef, true, at.child("resourceFieldRef"), found);
    } else {
      found.push(required("field-or-resource-missing", at));
    }
    checkFileMode(item, "mode", at, found);
  }
}

const minTokenSeconds = 600;
const maxTokenSeconds = 2 ** 32;
const kinds = [
  "secret",
  "configMap",
  "downwardAPI",
  "serviceAccountToken",
  "clusterTrustBundle",
  "podCertificate",
] as const;

export function validateProjected(projected: JsonObject, path: FieldPath, found: Problem[]): void {
  checkFileMode(projected, "defaultMode", path, found);
  const taken = new Set<string>();
  const take = (file: string) => {
    if (file === "") return;
    if (taken.has(file)) found.push(invalid("projected-path-conflict", path, { value: file }));
    taken.add(file);
  };
  for (const [index, entry] of listAt(projected, "sources").entries()) {
    const source = asObject(entry);
    const at = path.child("sources").index(index);
    const given = kinds.filter((kind) => objectAt(source, kind) !== undefined);
    for (const kind of given) {
      const projection = asObject(source[kind]);
      const place = at.child(kind);
      switch (kind) {
        case "serviceAccountToken":
          validateToken(projection, place, path.silent("sources").silent(index).silent(kind), found);
          continue;
        case "clusterTrustBundle":
          validateTrustBundle(projection, place, found);
          take(stringAt(projection, "path"));
          continue;
        case "podCertificate":
          validatePodCertificate(projection, place, found);
          for (const key of certificatePaths) take(stringAt(projection, key));
          continue;
        case "downwardAPI":
          validateDownwardItems(projection, place, found);
          break;
        default:
          checkRequired(projection, "name", place, found);
          validateKeyItems(projection, place, found);
      }
      for (const item of listAt(projection, "items")) take(stringAt(asObject(item), "path"));
    }
    if (given.length > 1) found.push(forbidden("second-projection", at, { kinds: given }));
  }
}

/** `unindexed` is the projected volume as the server spells it for the token's path. */
function validateToken(token: JsonObject, path: FieldPath, unindexed: FieldPath, found: Problem[]): void {
  const seconds = numberAt(token, "expirationSeconds") ?? 0;
  if (seconds < minTokenSeconds || seconds > maxTokenSeconds) {
    const params = { value: seconds, min: minTokenSeconds, max: maxTokenSeconds };
    found.push(invalid("out-of-range", path.child("expirationSeconds"), params));
  }
  const file = checkRequired(token, "path", unindexed, found);
  if (file !== "") checkUserPath(file, unindexed.child("path"), found);
}
