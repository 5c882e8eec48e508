/**
 * What the server accepts but warns about, kind by kind.
 * Models WarningsOnCreate of pkg/registry/{apps,batch,core}, pkg/api/job/warnings.go and
 * pkg/api/persistentvolumeclaim/util.go.
 */
import { FieldPath, warning } from "./field-path.ts";
import { dnsLabel } from "./formats.ts";
import { asObject, type JsonObject, listAt, numberAt, objectAt } from "./json.ts";
import { nameOf } from "./metadata.ts";
import { claimSpecWarnings } from "./pod/claim-spec.ts";
import { podTemplateWarnings, podWarnings } from "./pod/template.ts";
import type { Problem } from "./problem.ts";
import { serviceWarnings } from "./service-warnings.ts";
import { metadataOf, specOf } from "./workload-checks.ts";

const metadataPath = FieldPath.root.child("metadata");
const specPath = FieldPath.root.child("spec");

/** The warnings for a decoded and defaulted object. */
export function warningsOf(kind: string, object: JsonObject): readonly Problem[] {
  const spec = specOf(object);
  switch (kind) {
    case "Pod":
      return podWarnings(object);
    case "Service":
      return serviceWarnings(object);
    case "PersistentVolumeClaim":
      return [...storageClassWarnings(object), ...claimSpecWarnings(spec, specPath)];
    case "CronJob": {
      const job = asObject(asObject(spec["jobTemplate"])["spec"]);
      return [...nameWarnings(object), ...jobWarnings(job, specPath.child("jobTemplate").child("spec"))];
    }
    case "Job":
      return [...nameWarnings(object), ...jobWarnings(spec, specPath)];
    case "Deployment":
    case "ReplicaSet":
      return [...nameWarnings(object), ...templateWarnings(spec, specPath)];
    case "StatefulSet":
      return [...templateWarnings(spec, specPath), ...statefulSetWarnings(spec)];
    case "DaemonSet":
      return templateWarnings(spec, specPath);
    default:
      return [];
  }
}

function templateWarnings(spec: JsonObject, path: FieldPath): Problem[] {
  return podTemplateWarnings(spec["template"], path.child("template"));
}

/** Pods take their names and host names from the name of their controller. */
function nameWarnings(object: JsonObject): Problem[] {
  const name = nameOf(metadataOf(object));
  const rules = name === "" ? [] : dnsLabel(name);
  return rules.length === 0
    ? []
    : [warning("pod-names-not-labels", metadataPath.child("name"), { value: name, rules })];
}

const manyCompletions = 100_000;
const manyPods = 10_000;

function jobWarnings(job: JsonObject, path: FieldPath): Problem[] {
  const found = templateWarnings(job, path);
  const completions = numberAt(job, "completions") ?? 0;
  const parallelism = numberAt(job, "parallelism") ?? 0;
  if (job["completionMode"] === "Indexed" && completions > manyCompletions && parallelism > manyPods) {
    found.unshift(warning("too-many-indexes-to-track", path, { completions, parallelism }));
  }
  return found;
}

function statefulSetWarnings(spec: JsonObject): Problem[] {
  const found: Problem[] = [];
  for (const [index, claim] of listAt(spec, "volumeClaimTemplates").entries()) {
    // The server leaves the `spec` of a claim template out of its spelling.
    const at = specPath.child("volumeClaimTemplates").index(index).silent("spec");
    found.push(...claimSpecWarnings(asObject(asObject(claim)["spec"]), at));
  }
  const limit = numberAt(spec, "revisionHistoryLimit");
  if (limit !== undefined && limit < 0) {
    found.push(warning("negative-history-limit", specPath.child("revisionHistoryLimit"), { value: limit }));
  }
  return found;
}

const storageClass = "volume.beta.kubernetes.io/storage-class";

function storageClassWarnings(object: JsonObject): Problem[] {
  if (objectAt(metadataOf(object), "annotations")?.[storageClass] === undefined) return [];
  const at = metadataPath.child("annotations").key(storageClass);
  return [warning("annotation-replaced", at, { value: storageClass, field: "storageClassName" })];
}
