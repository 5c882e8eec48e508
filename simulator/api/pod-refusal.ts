/**
 * Why the API server would refuse the pods that a controller makes from an accepted template. A Pod is held to more than a
 * template: images without blanks around them, labels and a host name that are made from the owner's name, label keys that
 * do not clash with those of a selector.
 */
import { admit } from "./admit.ts";
import { dnsLabel, labelValue } from "./formats.ts";
import type { LabelMap, PodTemplateSpec } from "./objects.ts";
import type { CauseReason, Path, Problem } from "./problem.ts";
import type { Target } from "./target.ts";

/** What an owner lays over its template in one pod. */
export interface PodOverlay {
  readonly labels?: LabelMap;
  readonly annotations?: LabelMap;
  readonly hostname?: string;
  readonly subdomain?: string;
  /** Claims that stand in the place of the template's volumes of the same name. */
  readonly claims?: readonly { readonly volume: string; readonly claimName: string }[];
}

interface Answer {
  readonly overlay: PodOverlay;
  readonly problems: readonly Problem[] | null;
}

const nothing: PodOverlay = {};
const noLabels: LabelMap = {};
const answers = new Map<Target, WeakMap<PodTemplateSpec, Answer>>();

function answersOf(target: Target): WeakMap<PodTemplateSpec, Answer> {
  let known = answers.get(target);
  if (!known) {
    known = new WeakMap();
    answers.set(target, known);
  }
  return known;
}

/**
 * The problems for which the pod `name` would be refused, null when it would be taken. Their `path` is the Pod's field, as
 * in the server's answer; `at` leads to the place in the template. Judged once for all pods of a template that differ in
 * nothing but good names.
 */
export function podRefusal(
  template: PodTemplateSpec,
  name: string,
  target: Target,
  overlay: PodOverlay = nothing,
): readonly Problem[] | null {
  const known = answersOf(target);
  let answer = known.get(template);
  if (!hasGoodNames(overlay, answer?.overlay.labels) || dependsOnName(template, name, overlay)) {
    return judge(template, name, target, overlay);
  }
  if (!answer || !isAlike(answer.overlay, overlay)) {
    answer = { overlay, problems: judge(template, name, target, overlay) };
    known.set(template, answer);
  }
  return answer.problems;
}

/** `known` are labels that were found good before: most are the same for all pods of a template. */
function hasGoodNames({ labels, hostname }: PodOverlay, known: LabelMap = noLabels): boolean {
  for (const key in labels) {
    const value = labels[key]!;
    if (value !== known[key] && labelValue(value).length > 0) return false;
  }
  return hostname === undefined || dnsLabel(hostname).length === 0;
}

/** An ephemeral volume's claim is named after the pod; where the name is known beforehand another volume can ask for it. */
function dependsOnName({ spec: { volumes } }: PodTemplateSpec, name: string, { hostname }: PodOverlay): boolean {
  if (hostname !== name || volumes === undefined) return false;
  const given = (source: string) => volumes.some((one) => (one as Readonly<Record<string, unknown>>)[source]);
  return given("ephemeral") && given("persistentVolumeClaim");
}

/** Whether the two differ in no more than names. */
function isAlike(one: PodOverlay, other: PodOverlay): boolean {
  if (one === other) return true;
  if ((one.hostname === undefined) !== (other.hostname === undefined)) return false;
  const { claims: before = [] } = one;
  const { claims: now = [] } = other;
  return before.length === now.length && before.every(({ volume }, index) => volume === now[index]?.volume);
}

function judge(
  template: PodTemplateSpec,
  name: string,
  target: Target,
  overlay: PodOverlay,
): readonly Problem[] | null {
  const { metadata, spec } = template;
  // Of claims for the same volume the last one counts.
  const claimed = new Map(overlay.claims?.map(({ volume, claimName }) => [volume, claimName]));
  const volumes = [
    ...[...claimed].map(([name, claimName]) => ({ name, persistentVolumeClaim: { claimName } })),
    ...(spec.volumes ?? []).filter((one) => !claimed.has(one.name)),
  ];
  const pod = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name,
      labels: { ...metadata?.labels, ...overlay.labels },
      annotations: { ...metadata?.annotations, ...overlay.annotations },
    },
    spec: {
      ...spec,
      // Filled in by the admission of service accounts before anything is validated.
      serviceAccountName: (spec as { readonly serviceAccountName?: string }).serviceAccountName || "default",
      ...(overlay.hostname === undefined ? {} : { hostname: overlay.hostname }),
      ...(overlay.subdomain === undefined ? {} : { subdomain: overlay.subdomain }),
      ...(volumes.length === 0 ? {} : { volumes }),
    },
  };
  const { problems } = admit(pod, target);
  const origin = (at: Path): Path => {
    const [field, list, index, ...rest] = at;
    if (field !== "spec" || list !== "volumes" || typeof index !== "number") return at;
    const written = spec.volumes?.findIndex(({ name }) => name === volumes[index]?.name) ?? -1;
    return written < 0 ? at : [field, list, written, ...rest];
  };
  return problems.length === 0 ? null : problems.map((one) => ({ ...one, at: origin(one.at) }));
}

/** How the server's answer names the sorts of findings. */
const sorts: Readonly<Record<CauseReason, string>> = {
  FieldValueRequired: "Required value",
  FieldValueInvalid: "Invalid value",
  FieldValueNotSupported: "Unsupported value",
  FieldValueForbidden: "Forbidden",
  FieldValueDuplicate: "Duplicate value",
  FieldValueNotFound: "Not found",
  FieldValueTooLong: "Too long",
  FieldValueTooMany: "Too many",
};

/** What the server's answer adds, for what only Pods are held to. */
const details: Readonly<Record<string, string>> = {
  "image-padded": "must not have leading or trailing whitespace",
  "node-name-with-gates": "cannot be set until all schedulingGates have been cleared",
  "label-key-in-selector": "exists in both matchLabelKeys and labelSelector",
  "claim-of-ephemeral-volume": "must not reference a PVC that gets created for an ephemeral volume",
  "invalid-label-value/max-63-characters": "must be no more than 63 bytes",
  "invalid-dns-label/max-63-characters": "must be no more than 63 characters",
};

/** The answer of the API server that refuses the pod `name`. */
export function refusalText(name: string, problems: readonly Problem[]): string {
  return `Pod ${JSON.stringify(name)} is invalid: ${problemsText(problems)}`;
}

/** The findings in the words of the server's answer. */
export function problemsText(problems: readonly Problem[]): string {
  const texts = [...new Set(problems.map(problemText))];
  return texts.length === 1 ? texts[0]! : `[${texts.join(", ")}]`;
}

function problemText({ code, reason, path, params }: Problem): string {
  const { value, rules } = params;
  const parts = [path, sorts[reason as CauseReason] ?? reason];
  if (value !== undefined && reason !== "FieldValueForbidden" && reason !== "FieldValueRequired") {
    parts.push(JSON.stringify(value));
  }
  const broken = Array.isArray(rules) ? rules.map((rule) => `${code}/${rule}`) : [code];
  const detail = broken.flatMap((one) => details[one] ?? []).join("; ");
  return [...parts, ...(detail === "" ? [] : [detail])].join(": ");
}
