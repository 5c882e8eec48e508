/**
 * What the versions of Kubernetes know of the fields: a library describes one version only, so the table is completed from
 * the recorded differences (test/conformance/data/versions/fields.jsonl), and from the gates that are off by default.
 */
import { readFileSync } from "node:fs";
import type { FieldType } from "#field-table";
import { recordedTarget, type Target, targets } from "../../simulator/api/target.ts";

/** Groups as the recorded differences call them -> as manifests do. */
const groups: Readonly<Record<string, string>> = {
  discovery: "discovery.k8s.io",
  networking: "networking.k8s.io",
  rbac: "rbac.authorization.k8s.io",
  scheduling: "scheduling.k8s.io",
  storage: "storage.k8s.io",
};

/** Versions in which the server knows a field and drops it, with what it contains: its feature gate is off there. */
const all = targets;
const until136: readonly Target[] = ["1.34", "1.35", "1.36"];
const dropped: Readonly<Record<string, readonly Target[]>> = {
  "PodSpec.hostnameOverride": ["1.34"],
  "PodSpec.workloadRef": ["1.35"],
  "PodSpec.schedulingGroup": ["1.36", "1.37"],
  "PodSpec.evictionResponders": ["1.37"],
  "Container.restartPolicyRules": ["1.34"],
  "EphemeralContainer.restartPolicy": ["1.34"],
  "EphemeralContainer.restartPolicyRules": ["1.34"],
  "EnvVarSource.fileKeyRef": ["1.34"],
  "Lifecycle.stopSignal": all,
  "VolumeProjection.clusterTrustBundle": until136,
  "VolumeProjection.podCertificate": until136,
  "ClusterTrustBundleProjection.user": ["1.37"],
  "ConfigMapVolumeSource.defaultUser": ["1.37"],
  "DownwardAPIVolumeFile.user": ["1.37"],
  "DownwardAPIVolumeSource.defaultUser": ["1.37"],
  "EmptyDirVolumeSource.mode": ["1.37"],
  "GRPCAction.mode": ["1.37"],
  "HTTPGetAction.protocol": ["1.37"],
  "KeyToPath.user": ["1.37"],
  "PodCertificateProjection.user": ["1.37"],
  "ProjectedVolumeSource.defaultUser": ["1.37"],
  "SecretVolumeSource.defaultUser": ["1.37"],
  "ServiceAccountTokenProjection.user": ["1.37"],
  "VolumeMount.bindMountOptions": ["1.37"],
  "JobSpec.scheduling": ["1.37"],
  "RollingUpdateStatefulSetStrategy.maxUnavailable": until136,
  "HPAScalingRules.tolerance": ["1.34"],
};

/** Types as they are put together: their fields, and which of these have to be there. */
export type TypeDrafts = Record<string, { fields: Record<string, FieldType>; required: readonly string[] }>;

/** A recorded difference: a type (without a field), or a field of one, and the versions that know it. */
interface Row {
  readonly type: string;
  readonly field?: string;
  readonly versions: readonly Target[];
  readonly is?: string;
  /** What it is where that differs. */
  readonly by?: Readonly<Record<string, { readonly is: string }>>;
  readonly enum?: readonly string[];
}

/** Adds to the types what other versions have, and says of each field in which versions it is known and dropped. */
export function addVersions(types: TypeDrafts, typeNames: ReadonlyMap<string, string>): readonly string[] {
  const file = new URL("../../test/conformance/data/versions/fields.jsonl", import.meta.url);
  const rows = readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Row);
  const nameOf = (type: string): string => typeNames.get(manifestName(type)) ?? type.split(" ")[1] ?? "";
  const problems: string[] = [];
  for (const { type, field } of rows) {
    const name = nameOf(type);
    if (field === undefined && types[name] === undefined) types[name] = { fields: {}, required: [] };
  }
  for (const { type, field, versions, is, by, enum: values } of rows) {
    const shape = types[nameOf(type)];
    if (field === undefined || shape === undefined) continue;
    const known = shape.fields[field];
    if (known === undefined && versions.includes(recordedTarget)) problems.push(`${type}.${field}: only in the facts`);
    const described: FieldType = known ?? {
      ...fieldType(is ?? by?.[versions.at(-1) ?? ""]?.is ?? "", nameOf),
      ...(values ? { enum: values } : {}),
    };
    const isEverywhere = targets.every((target) => versions.includes(target));
    shape.fields[field] = isEverywhere ? described : { ...described, versions };
  }
  for (const [path, versions] of Object.entries(dropped)) {
    const [type = "", field = ""] = path.split(".");
    const fields = types[type]?.fields;
    const known = fields?.[field];
    if (fields === undefined || known === undefined) problems.push(`${path}: dropped, but in no table`);
    else fields[field] = { ...known, dropped: versions };
  }
  return problems;
}

/** `core/v1 PodSpec` -> `v1/PodSpec`. */
function manifestName(type: string): string {
  const [groupVersion = "", name = ""] = type.split(" ");
  const [group = "", version = ""] = groupVersion.split("/");
  return group === "core" ? `${version}/${name}` : `${groups[group] ?? group}/${version}/${name}`;
}

/** A type as the recorded differences spell it -> FieldType. */
function fieldType(text: string, nameOf: (type: string) => string): FieldType {
  if (text.startsWith("[]")) return { kind: "list", of: fieldType(text.slice(2), nameOf) };
  if (text.startsWith("map of ")) return { kind: "map", of: fieldType(text.slice("map of ".length), nameOf) };
  switch (text) {
    case "string":
    case "boolean":
      return { kind: text };
    case "integer int32":
      return { kind: "integer", bits: 32 };
    case "integer int64":
      return { kind: "integer", bits: 64 };
    case "api/resource Quantity":
      return { kind: "quantity" };
    case "meta/v1 Time":
      return { kind: "time" };
    case "runtime RawExtension":
      return { kind: "any" };
    default:
      return { kind: "object", type: nameOf(text) };
  }
}
