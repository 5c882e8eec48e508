/** What the server accepts but warns about, beside pods. Models the WarningsOnCreate of the registry strategies. */
import { FieldPath, warning } from "./field-path.ts";
import { dnsLabel } from "./formats.ts";
import { asObject, type JsonObject, listAt, numberAt, objectAt, stringAt } from "./json.ts";
import { claimSpecWarnings } from "./pod/claim-spec.ts";
import { podTemplateWarnings, podWarnings } from "./pod/template.ts";
import type { Problem } from "./problem.ts";

const spec = FieldPath.root.child("spec");

/** The warnings for a decoded and defaulted object. */
export function warningsOf(kind: string, object: JsonObject): readonly Problem[] {
  const body = asObject(object["spec"]);
  switch (kind) {
    case "Pod":
      return [...nameWarnings(object), ...podWarnings(object)];
    case "Service":
      return serviceWarnings(object, body);
    case "PersistentVolumeClaim":
      return claimSpecWarnings(body, spec);
    case "CronJob": {
      const at = spec.child("jobTemplate").child("spec");
      return [...nameWarnings(object), ...jobWarnings(asObject(asObject(body["jobTemplate"])["spec"]), at)];
    }
    case "Job":
      return [...nameWarnings(object), ...jobWarnings(body, spec)];
    case "Deployment":
    case "ReplicaSet":
      return [...nameWarnings(object), ...podTemplateWarnings(body["template"], spec.child("template"))];
    case "StatefulSet":
      return [...podTemplateWarnings(body["template"], spec.child("template")), ...statefulSetWarnings(body)];
    case "DaemonSet":
      return podTemplateWarnings(body["template"], spec.child("template"));
    default:
      return [];
  }
}

function nameWarnings(object: JsonObject): Problem[] {
  const name = stringAt(objectAt(object, "metadata"), "name");
  if (name === "" || dnsLabel(name).length === 0) return [];
  return [warning("name-not-a-label", FieldPath.root.child("metadata").child("name"), { value: name })];
}

function jobWarnings(body: JsonObject, path: FieldPath): Problem[] {
  const found = [...podTemplateWarnings(body["template"], path.child("template"))];
  const completions = numberAt(body, "completions") ?? 0;
  const parallelism = numberAt(body, "parallelism") ?? 0;
  if (stringAt(body, "completionMode") === "Indexed" && completions > 100_000 && parallelism > 10_000) {
    found.unshift(warning("too-many-indexes", path, { completions, parallelism }));
  }
  return found;
}

function statefulSetWarnings(body: JsonObject): Problem[] {
  const found: Problem[] = [];
  for (const [index, claim] of listAt(body, "volumeClaimTemplates").entries()) {
    // The server leaves `spec` out of its spelling.
    const at = spec.child("volumeClaimTemplates").index(index).silent("spec");
    found.push(...claimSpecWarnings(asObject(asObject(claim)["spec"]), at));
  }
  const limit = numberAt(body, "revisionHistoryLimit");
  if (limit !== undefined && limit < 0) {
    found.push(warning("negative-history", spec.child("revisionHistoryLimit"), { value: limit }));
  }
  return found;
}

function serviceWarnings(object: JsonObject, body: JsonObject): Problem[] {
  const found: Problem[] = [];
  const annotations = FieldPath.root.child("metadata").child("annotations");
  const hints = "service.kubernetes.io/topology-aware-hints";
  if (objectAt(objectAt(object, "metadata"), "annotations")?.[hints] !== undefined) {
    const text = `annotation ${hints} is deprecated, please use service.kubernetes.io/topology-mode instead`;
    found.push(warning("deprecated-annotation", annotations.key(hints).as(text), { value: hints }));
  }
  const type = stringAt(body, "type");
  const headless = stringAt(body, "clusterIP") === "None";
  const say = (code: string, field: string, text: string) =>
    found.push(warning(code, spec.child(field).as(text), { value: stringAt(body, field) }));
  if (headless && type === "ClusterIP" && stringAt(body, "loadBalancerIP") !== "") {
    say("ignored-when-headless", "loadBalancerIP", "spec.loadBalancerIP is ignored for headless services");
  }
  if (headless && listAt(body, "externalIPs").length > 0) {
    say("ignored-when-headless", "externalIPs", "spec.externalIPs is ignored for headless services");
  }
  if (headless && stringAt(body, "sessionAffinity") !== "None") {
    say("ignored-when-headless", "sessionAffinity", "spec.SessionAffinity is ignored for headless services");
  }
  if (type !== "ExternalName" && stringAt(body, "externalName") !== "") {
    const text = 'spec.externalName is ignored when spec.type is not "ExternalName"';
    say("external-name-ignored", "externalName", text);
  }
  if (!headless && listAt(body, "externalIPs").length > 0) {
    const text = "spec.externalIPs is deprecated and may no longer be implemented in some clusters";
    say("external-ips-deprecated", "externalIPs", text);
  }
  if (stringAt(body, "trafficDistribution") === "PreferClose") {
    found.push(warning("prefer-close-deprecated", spec.child("trafficDistribution"), { value: "PreferClose" }));
  }
  return found;
}
