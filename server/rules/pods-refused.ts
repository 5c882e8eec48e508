import { labelValue } from "../../simulator/api/formats.ts";
import { nameOf } from "../../simulator/api/metadata.ts";
import type { LabelMap, ManifestObject, PodTemplateSpec, StatefulSetSpec } from "../../simulator/api/objects.ts";
import { type PodOverlay, podRefusal, problemsText } from "../../simulator/api/pod-refusal.ts";
import { templatePath } from "../../simulator/api/pod-template.ts";
import type { Path } from "../../simulator/api/problem.ts";
import { hashLabel } from "../../simulator/cluster/revisions.ts";
import { generationLabel } from "../../simulator/controllers/daemonset/template.ts";
import { revisionLabel } from "../../simulator/controllers/history.ts";
import { claimsOf, identityLabels, podNameOf, startOrdinal } from "../../simulator/controllers/statefulset/identity.ts";
import { valueAt } from "../service/parse.ts";
import { deploymentText } from "./examples.ts";
import { advice, type ObjectRule } from "./rule.ts";

/** Hashes have up to ten of these, most of them all ten. */
const longestHash = "x".repeat(10);
const longestLabel = 63;

/** Labels that a controller adds to those of the template. */
const addedLabels: Readonly<Record<string, readonly string[]>> = {
  Deployment: [hashLabel],
  DaemonSet: [revisionLabel, generationLabel],
};

const web = deploymentText("");

/** A template that the API server accepts, although it refuses the pods that are made from it. */
export const podsRefused: ObjectRule = {
  looks: "object",
  codes: ["pods-refused"],
  examples: { "pods-refused": { bad: web.replace("nginx:1.29", '"nginx:1.29 "'), good: web } },
  check({ kind, object, target }) {
    const path = templatePath(kind);
    const template = path === null || path.length === 0 ? undefined : valueAt(object, path);
    if (object === null || path === null || template === undefined) return [];
    const name = nameOf(object.metadata);
    const made = overlayOf(kind, name, object, template as PodTemplateSpec);
    const problems = podRefusal(template as PodTemplateSpec, made.hostname ?? "pod", target, made) ?? [];
    const written = problems.filter(({ at }) => !isMade(at));
    const found = written.map((one) =>
      advice("pods-refused", "warning", [...path, ...one.at], { answer: problemsText([one]) }),
    );
    if (written.length === problems.length) return found;
    const params = { name, length: name.length, limit: longestLabel - longestHash.length - 1 };
    const place = object.metadata.name === undefined ? "generateName" : "name";
    return [...found, advice("pods-refused", "warning", ["metadata", place], params)];
  },
};

/** Whether the owner's name is in the value. Labels and host names of the template itself are as good as in any Pod. */
function isMade([field, key]: Path): boolean {
  return field === "metadata" ? key === "labels" : key === "hostname";
}

function overlayOf(kind: string, name: string, object: ManifestObject, template: PodTemplateSpec): PodOverlay {
  if (kind !== "StatefulSet") return { labels: { ...filledIn(template), ...added(kind) } };
  const spec = object.spec as unknown as StatefulSetSpec;
  const last = startOrdinal(spec) + Math.max(0, (spec.replicas ?? 1) - 1);
  const pod = podNameOf(name, last);
  return {
    labels: { [revisionLabel]: `${name}-${longestHash}`, ...identityLabels(pod, last) },
    hostname: pod,
    subdomain: spec.serviceName ?? "",
    claims: claimsOf({ name, spec }, last),
  };
}

function added(kind: string): LabelMap {
  return Object.fromEntries((addedLabels[kind] ?? []).map((key) => [key, longestHash]));
}

/** What is no label in an accepted template stands for what the server fills in: the name and UID of a Job. */
function filledIn({ metadata }: PodTemplateSpec): LabelMap {
  const made = Object.entries(metadata?.labels ?? {}).filter(([, value]) => labelValue(value).length > 0);
  return Object.fromEntries(made.map(([key]) => [key, longestHash]));
}
