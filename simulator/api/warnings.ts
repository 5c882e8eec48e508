/**
 * What the server accepts but warns about, kind by kind.
 * Models WarningsOnCreate of pkg/registry/{apps,batch,core}, pkg/api/job/warnings.go and
 * pkg/api/persistentvolumeclaim/util.go.
 */
import { FieldPath, warning } from "./field-path.ts";
import { dnsLabel } from "./formats.ts";
import { asObject, type JsonObject, listAt, numberAt, objectAt, stringAt } from "./json.ts";
import { nameOf } from "./metadata.ts";
import { claimSpecWarnings } from "./pod/claim-spec.ts";
import { podTemplateWarnings } from "./pod/template.ts";
import type { Problem } from "./problem.ts";
import { metadataOf, specOf } from "./workload-checks.ts";

const zonePage = "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/";
const metadataPath = FieldPath.root.child("metadata");
const specPath = FieldPath.root.child("spec");

export function claimWarnings(object: JsonObject): readonly Problem[] {
  return [...storageClassWarnings(object), ...claimSpecWarnings(specOf(object), specPath)];
}

export function cronJobWarnings(object: JsonObject): readonly Problem[] {
  const job = asObject(asObject(specOf(object)["jobTemplate"])["spec"]);
  return [...nameWarnings(object), ...jobSpecWarnings(job, specPath.child("jobTemplate").child("spec"))];
}

/** Only an older server let a zone into the schedule; of a new object it is an error. */
export function zoneWarnings(object: JsonObject): readonly Problem[] {
  if (!stringAt(specOf(object), "schedule").includes("TZ")) return [];
  // The server repeats a word of the path.
  const text = `cannot use TZ or CRON_TZ in spec.spec.schedule, use timeZone instead, see ${zonePage} for more details`;
  return [warning("zone-in-schedule", specPath.child("schedule").as(text))];
}

export function jobWarnings(object: JsonObject): readonly Problem[] {
  return [...nameWarnings(object), ...jobSpecWarnings(specOf(object), specPath)];
}

/** The warnings for kinds whose pods take their names from them. */
export function namedWorkloadWarnings(object: JsonObject): readonly Problem[] {
  return [...nameWarnings(object), ...templateWarnings(specOf(object), specPath)];
}

export function statefulSetWarnings(object: JsonObject): readonly Problem[] {
  return [...templateWarnings(specOf(object), specPath), ...claimTemplateWarnings(specOf(object))];
}

export function daemonSetWarnings(object: JsonObject): readonly Problem[] {
  return templateWarnings(specOf(object), specPath);
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

function jobSpecWarnings(job: JsonObject, path: FieldPath): Problem[] {
  const found = templateWarnings(job, path);
  const completions = numberAt(job, "completions") ?? 0;
  const parallelism = numberAt(job, "parallelism") ?? 0;
  if (job["completionMode"] === "Indexed" && completions > manyCompletions && parallelism > manyPods) {
    found.unshift(warning("too-many-indexes-to-track", path, { completions, parallelism }));
  }
  return found;
}

function claimTemplateWarnings(spec: JsonObject): Problem[] {
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
