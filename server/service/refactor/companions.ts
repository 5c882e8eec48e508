/** What a workload mostly has beside it, as a new document behind it: a Service, a budget, an autoscaler. */
import { isObject, type JsonObject, listAt, objectAt, stringAt } from "../../../simulator/api/json.ts";
import { podTemplateOf } from "../../../simulator/api/pod-template.ts";
import { checkSlice } from "../check.ts";
import { type Manifest, sliceAt } from "../manifest.ts";
import type { Subject } from "../subject.ts";
import type { Range, TextEdit } from "../text.ts";
import { behind, isYaml, metadataBeside } from "./behind.ts";

/** An object that can be added. */
export interface Companion {
  readonly kind: string;
  readonly workload: string;
  readonly name: string;
  readonly edit: TextEdit;
}

const makers: readonly { readonly kind: string; readonly make: (subject: Subject) => JsonObject | null }[] = [
  { kind: "Service", make: serviceFor },
  { kind: "PodDisruptionBudget", make: budgetFor },
  { kind: "HorizontalPodAutoscaler", make: autoscalerFor },
];

/** Kinds that keep a number of pods available, and those whose number can be changed by measure. */
const lasting: ReadonlySet<string> = new Set(["Deployment", "StatefulSet", "ReplicaSet"]);

/** What can be added for the workload that a range is in; nothing that the file has already. */
export function companionsAt(manifest: Manifest, { start }: Range): readonly Companion[] {
  const { slice, firstLine } = sliceAt(manifest, start);
  const { subjects } = checkSlice(slice);
  const [subject] = subjects;
  if (subject === undefined || subjects.length > 1 || subject.root.length > 0 || !isYaml(slice)) return [];
  if (subject.decision.standing !== "applied" && subject.decision.standing !== "base") return [];
  if (!subject.sound || subject.name === "") return [];
  return makers.flatMap(({ kind, make }) => {
    const object = make(subject);
    if (object === null || isThere(manifest, kind, subject, object)) return [];
    const edit = behind(slice, firstLine, object);
    return [{ kind, workload: subject.kind, name: subject.name, edit }];
  });
}

/** Whether an object of the kind has been written for the workload, or has the name that this one would have. */
function isThere(manifest: Manifest, kind: string, { name, namespace }: Subject, object: JsonObject): boolean {
  const spec = objectAt(object, "spec");
  const meant = JSON.stringify(spec?.["selector"] ?? objectAt(spec, "scaleTargetRef")?.["name"]);
  return manifest.slices
    .filter((slice) => slice.text.includes(kind))
    .flatMap((slice) => checkSlice(slice).subjects)
    .filter((one) => one.kind === kind && one.namespace === namespace)
    .some((one) => {
      const other = isObject(one.value) ? objectAt(one.value, "spec") : undefined;
      const means = JSON.stringify(other?.["selector"] ?? objectAt(other, "scaleTargetRef")?.["name"]);
      return one.name === name || means === meant;
    });
}

/** The labels by which a workload finds its pods. */
function selectorOf({ value }: Subject): JsonObject | null {
  const labels = isObject(value) ? objectAt(objectAt(objectAt(value, "spec"), "selector"), "matchLabels") : undefined;
  return labels !== undefined && Object.keys(labels).length > 0 ? labels : null;
}

function serviceFor(subject: Subject): JsonObject | null {
  const selector = selectorOf(subject);
  const template = isObject(subject.value) ? podTemplateOf(subject.kind, subject.value as never) : undefined;
  const containers = listAt(objectAt(template, "spec"), "containers").filter(isObject);
  const declared = containers.flatMap((one) => listAt(one, "ports").filter(isObject));
  if (selector === null || declared.length === 0) return null;
  const ports = declared.map((port, index): JsonObject => {
    const [name, number, protocol] = [stringAt(port, "name"), port["containerPort"], stringAt(port, "protocol")];
    const own = name || (declared.length > 1 ? `port-${index + 1}` : "");
    return {
      ...(own === "" ? {} : { name: own }),
      port: number ?? 80,
      ...(name === "" ? {} : { targetPort: name }),
      ...(protocol === "" || protocol === "TCP" ? {} : { protocol }),
    };
  });
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: metadataBeside(subject, subject.name),
    spec: { selector, ports },
  };
}

function budgetFor(subject: Subject): JsonObject | null {
  const matchLabels = selectorOf(subject);
  if (matchLabels === null || !lasting.has(subject.kind)) return null;
  const spec = { maxUnavailable: 1, selector: { matchLabels } };
  return {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: metadataBeside(subject, subject.name),
    spec,
  };
}

function autoscalerFor(subject: Subject): JsonObject | null {
  if (!lasting.has(subject.kind)) return null;
  const value = isObject(subject.value) ? objectAt(subject.value, "spec") : undefined;
  const replicas = value?.["replicas"];
  const least = typeof replicas === "number" && replicas > 1 ? replicas : 2;
  const target = { type: "Utilization", averageUtilization: 80 };
  const spec = {
    scaleTargetRef: { apiVersion: subject.apiVersion, kind: subject.kind, name: subject.name },
    minReplicas: least,
    maxReplicas: least * 3,
    metrics: [{ type: "Resource", resource: { name: "cpu", target } }],
  };
  return {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata: metadataBeside(subject, subject.name),
    spec,
  };
}
