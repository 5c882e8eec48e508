/**
 * What the server changes in a Pod between defaulting and validating its creation; templates are left as they are.
 * Models PrepareForCreate of pkg/registry/core/pod/strategy.go.
 */
import { type Draft, draftAt, draftsAt, ensure } from "../defaults-pod.ts";
import { FieldPath, warning } from "../field-path.ts";
import type { Json } from "../objects.ts";
import type { Problem } from "../problem.ts";
import { appArmorPrefix } from "./annotations.ts";
import { validateAppArmorProfile } from "./profiles.ts";

/** Changes a decoded and defaulted Pod in place; returns the warnings that the server gives on the way. */
export function preparePod(pod: Draft): Problem[] {
  const spec = draftAt(pod, "spec");
  if (spec === undefined) return [];
  mergeLabelKeys(spec, draftAt(draftAt(pod, "metadata"), "labels"));
  return appArmorFields(spec, draftAt(draftAt(pod, "metadata"), "annotations"));
}

/** Keys of labels whose values come from the Pod become expressions of the selector they refine. */
function mergeLabelKeys(spec: Draft, labels: Draft | undefined): void {
  if (labels === undefined) return;
  const affinity = draftAt(spec, "affinity");
  for (const kind of ["podAffinity", "podAntiAffinity"]) {
    const terms = draftAt(affinity, kind);
    for (const entry of draftsAt(terms, "preferredDuringSchedulingIgnoredDuringExecution")) {
      mergeInto(draftAt(entry, "podAffinityTerm"), labels);
    }
    for (const term of draftsAt(terms, "requiredDuringSchedulingIgnoredDuringExecution")) mergeInto(term, labels);
  }
  for (const constraint of draftsAt(spec, "topologySpreadConstraints")) mergeInto(constraint, labels);
}

function mergeInto(owner: Draft | undefined, labels: Draft): void {
  const selector = draftAt(owner, "labelSelector");
  if (owner === undefined || selector === undefined) return;
  for (const [list, operator] of [
    ["matchLabelKeys", "In"],
    ["mismatchLabelKeys", "NotIn"],
  ] as const) {
    const keys = owner[list];
    for (const key of Array.isArray(keys) ? keys : []) {
      const value = typeof key === "string" && Object.hasOwn(labels, key) ? labels[key] : undefined;
      if (value === undefined) continue;
      const expressions = selector["matchExpressions"];
      selector["matchExpressions"] = [
        ...(Array.isArray(expressions) ? expressions : []),
        { key: String(key), operator, values: [value] },
      ];
    }
  }
}

/** AppArmor profiles that stand in annotations become fields of their containers. */
function appArmorFields(spec: Draft, annotations: Draft | undefined): Problem[] {
  const found: Problem[] = [];
  if (annotations === undefined || draftAt(spec, "os")?.["name"] === "windows") return found;
  const podProfile = draftAt(draftAt(spec, "securityContext"), "appArmorProfile");
  for (const list of ["initContainers", "containers", "ephemeralContainers"]) {
    for (const container of draftsAt(spec, list)) {
      const key = `${appArmorPrefix}${String(container["name"] ?? "")}`;
      const text = annotations[key];
      if (typeof text !== "string" || draftAt(draftAt(container, "securityContext"), "appArmorProfile")) continue;
      const profile = profileOf(text);
      if (profile !== undefined) {
        if (isSameProfile(profile, podProfile)) continue;
        ensure(container, "securityContext")["appArmorProfile"] = profile;
      }
      const at = FieldPath.root.child("metadata").child("annotations").key(key);
      found.push(warning("annotation-replaced", at, { value: key, field: "appArmorProfile" }));
    }
  }
  return found;
}

const localhostPrefix = "localhost/";

/** The profile that an annotation asks for; `undefined` when there is none such. */
function profileOf(text: string): { [key: string]: Json } | undefined {
  if (text === "unconfined") return { type: "Unconfined" };
  if (text === "runtime/default") return { type: "RuntimeDefault" };
  if (!text.startsWith(localhostPrefix)) return undefined;
  const profile = { type: "Localhost", localhostProfile: text.slice(localhostPrefix.length) };
  const found: Problem[] = [];
  validateAppArmorProfile({ appArmorProfile: profile }, FieldPath.root, found);
  return found.length === 0 ? profile : undefined;
}

function isSameProfile(one: Draft, other: Draft | undefined): boolean {
  return other !== undefined && one["type"] === other["type"] && one["localhostProfile"] === other["localhostProfile"];
}
