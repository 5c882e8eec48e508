/** Volumes that no longer work, and files that hide each other. Models the part about volumes of pkg/api/pod/warnings.go */
import { type FieldPath, warning } from "../field-path.ts";
import { asObject, emptyObject, isObject, type JsonObject, listAt, objectAt, stringAt } from "../json.ts";
import type { Problem } from "../problem.ts";
import { claimSpecWarnings } from "./claim-spec.ts";
import { certificatePaths } from "./trust.ts";

/** Source -> how the server spells it. */
const deprecatedSources: ReadonlyMap<string, string> = new Map([
  ["photonPersistentDisk", "photonPersistentDisk"],
  ["gitRepo", "gitRepo"],
  ["scaleIO", "scaleIO"],
  ["flocker", "flocker"],
  ["storageos", "storageOS"],
  ["quobyte", "quobyte"],
  ["glusterfs", "glusterfs"],
  ["cephfs", "cephfs"],
  ["rbd", "rbd"],
]);

export function volumeWarnings(spec: JsonObject, path: FieldPath): Problem[] {
  const found: Problem[] = [];
  for (const [index, entry] of listAt(spec, "volumes").entries()) {
    const volume = asObject(entry);
    const at = path.child("volumes").index(index);
    for (const [key, spelling] of deprecatedSources) {
      if (isObject(volume[key]))
        found.push(warning("deprecated-volume", at.silent(key).spelled(spelling), { value: key }));
    }
    const template = objectAt(objectAt(volume, "ephemeral"), "volumeClaimTemplate");
    if (template !== undefined) {
      const place = at.child("ephemeral").child("volumeClaimTemplate").child("spec");
      found.push(...claimSpecWarnings(objectAt(template, "spec") ?? emptyObject, place));
    }
    overlapWarnings(volume, at, found);
  }
  return found;
}

/** A file of a volume: its path and where it comes from. */
interface File {
  readonly path: string;
  readonly source: string;
}

/** These warnings name the volume instead of a field. */
function overlapWarnings(volume: JsonObject, path: FieldPath, found: Problem[]): void {
  const name = stringAt(volume, "name");
  const configMap = objectAt(volume, "configMap");
  if (configMap !== undefined) {
    const place = path.child("configMap").as(`volume "${name}" (ConfigMap "${stringAt(configMap, "name")}")`);
    reportOverlaps(filesOf(configMap, ""), place, found);
  }
  const secret = objectAt(volume, "secret");
  if (secret !== undefined) {
    const place = path.child("secret").as(`volume "${name}" (Secret "${stringAt(secret, "secretName")}")`);
    reportOverlaps(filesOf(secret, ""), place, found);
  }
  const downward = objectAt(volume, "downwardAPI");
  if (downward !== undefined) {
    reportOverlaps(filesOf(downward, ""), path.child("downwardAPI").as(`volume "${name}" (DownwardAPI)`), found);
  }
  const projected = objectAt(volume, "projected");
  if (projected === undefined) return;
  const files: File[] = [];
  for (const [index, entry] of listAt(projected, "sources").entries()) {
    const source = asObject(entry);
    const added = projectedFiles(source);
    if (added === undefined) {
      const place = path.child("projected").child("sources").index(index);
      const text = `volume "${name}" (Projected) has no sources provided`;
      found.push(warning("projection-without-source", place.as(text), { value: name }));
      continue;
    }
    files.push(...added);
  }
  reportOverlaps(files, path.child("projected").as(`volume "${name}" (Projected)`), found);
}

function filesOf(source: JsonObject, label: string): readonly File[] {
  return listAt(source, "items").map((item) => ({
    path: withoutSlash(stringAt(asObject(item), "path")),
    source: label,
  }));
}

function withoutSlash(path: string): string {
  return path.replace(/\/+$/, "");
}

/** The files of a projection; `undefined` when it has no source. */
function projectedFiles(source: JsonObject): readonly File[] | undefined {
  const secret = objectAt(source, "secret");
  const configMap = objectAt(source, "configMap");
  const downward = objectAt(source, "downwardAPI");
  const token = objectAt(source, "serviceAccountToken");
  const bundle = objectAt(source, "clusterTrustBundle");
  const certificate = objectAt(source, "podCertificate");
  const sources = [secret, configMap, downward, token, bundle, certificate];
  if (sources.every((one) => one === undefined)) return undefined;
  const files: File[] = [];
  if (configMap !== undefined) files.push(...filesOf(configMap, `ConfigMap "${stringAt(configMap, "name")}"`));
  if (secret !== undefined) files.push(...filesOf(secret, `Secret "${stringAt(secret, "name")}"`));
  if (downward !== undefined) files.push(...filesOf(downward, "DownwardAPI"));
  if (token !== undefined) files.push({ path: withoutSlash(stringAt(token, "path")), source: "ServiceAccountToken" });
  if (bundle !== undefined) files.push({ path: withoutSlash(stringAt(bundle, "path")), source: "ClusterTrustBundle" });
  for (const key of certificatePaths) {
    const path = withoutSlash(stringAt(certificate, key));
    if (path !== "") files.push({ path, source: "PodCertificate" });
  }
  return files;
}

/** Files at the same place, or one at the place of another's folder. */
function reportOverlaps(files: readonly File[], path: FieldPath, found: Problem[]): void {
  for (const [index, file] of files.entries()) {
    for (const other of files.slice(0, index)) {
      const overlaps =
        file.path === other.path || file.path.startsWith(`${other.path}/`) || other.path.startsWith(`${file.path}/`);
      if (overlaps) {
        const params = { value: file.path, source: file.source, other: other.path, otherSource: other.source };
        found.push(warning("volume-paths-overlap", path, params));
      }
    }
  }
}
