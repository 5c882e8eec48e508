/**
 * Entry points of validation of pods: pod templates, the kind Pod, and the server's warnings.
 * Models ValidatePodTemplateSpec and ValidatePodCreate of pkg/apis/core/validation.
 */
import { FieldPath, forbidden } from "../field-path.ts";
import { asObject, emptyObject, isObject, type JsonObject, listAt, objectAt, stringAt } from "../json.ts";
import { validateAnnotations, validateLabels, validateObjectMeta } from "../metadata.ts";
import type { Json } from "../objects.ts";
import type { Problem } from "../problem.ts";
import type { Target } from "../target.ts";
import { validatePodAnnotations, validateProfileAgreement } from "./annotations.ts";
import { validateImagePadding } from "./containers.ts";
import type { PodContext } from "./context.ts";
import { validatePodSpec } from "./spec.ts";

export { podTemplateWarnings, podWarnings } from "./warnings.ts";

export interface PodTemplateOptions {
  /** The kind that carries the template. A StatefulSet names its pods itself: `hostname` and `subdomain` are not checked. */
  readonly kind: string;
  readonly target: Target;
}

/** The problems of a pod template, decoded and defaulted; `path` is its field, e.g. `spec.template`. */
export function validatePodTemplate(template: unknown, path: FieldPath, options: PodTemplateOptions): Problem[] {
  const object = isObject(template) ? template : emptyObject;
  const metadata = objectAt(object, "metadata");
  const annotations = objectAt(metadata, "annotations");
  let spec = objectAt(object, "spec") ?? emptyObject;
  if (options.kind === "StatefulSet") spec = withoutNames(spec);
  const found: Problem[] = [];
  // The server leaves `metadata` out of its spelling.
  const metadataPath = path.silent("metadata");
  found.push(...validateLabels(metadata?.["labels"], metadataPath.child("labels")));
  found.push(...validateAnnotations(annotations, metadataPath.child("annotations")));
  validatePodAnnotations(annotations, spec, metadataPath.child("annotations"), found);
  const specPath = path.child("spec");
  const context = validatePodSpec(spec, "", false, specPath, found, options.target);
  validateProfileAgreement(annotations, spec, specPath, context);
  if (listAt(spec, "ephemeralContainers").length > 0) {
    found.push(forbidden("ephemeral-in-template", specPath.child("ephemeralContainers")));
  }
  return found;
}

function withoutNames(spec: JsonObject): JsonObject {
  if (spec["hostname"] === undefined && spec["subdomain"] === undefined) return spec;
  const { hostname: _hostname, subdomain: _subdomain, ...rest } = spec as Record<string, Json>;
  return rest;
}

/** The problems of an object of kind Pod, metadata included. Some rules are for new Pods only, not for what `replaces` one. */
export function validatePod(pod: unknown, target: Target, replaces = false): Problem[] {
  const object = isObject(pod) ? pod : emptyObject;
  const metadata = objectAt(object, "metadata");
  const annotations = objectAt(metadata, "annotations");
  const spec = objectAt(object, "spec") ?? emptyObject;
  const path = FieldPath.root.child("metadata");
  const specPath = FieldPath.root.child("spec");
  const found = validateObjectMeta(metadata, path, { target, namespaced: true, nameCheck: "dns-subdomain" });
  validatePodAnnotations(annotations, spec, path.child("annotations"), found);
  const context = validatePodSpec(spec, stringAt(metadata, "name"), true, specPath, found, target);
  validateOnlyForPods(spec, specPath, context);
  if (replaces) return found;
  validateOnlyForNewPods(spec, specPath, found);
  validateProfileAgreement(annotations, spec, specPath, context);
  return found;
}

/** Rules for Pods that templates were never held to. */
function validateOnlyForPods(spec: JsonObject, path: FieldPath, context: PodContext): void {
  const found = context.found;
  if (stringAt(spec, "serviceAccountName") === "") {
    for (const [index, entry] of listAt(spec, "volumes").entries()) {
      const sources = listAt(objectAt(asObject(entry), "projected"), "sources");
      for (const [place, source] of sources.entries()) {
        if (objectAt(asObject(source), "serviceAccountToken") === undefined) continue;
        const at = path.child("volumes").index(index).child("projected").child("sources").index(place);
        found.push(forbidden("token-without-account", at.child("serviceAccountToken")));
      }
    }
  }
  for (const list of ["containers", "initContainers"]) {
    for (const [index, entry] of listAt(spec, list).entries()) {
      validateImagePadding(asObject(entry), path.child(list).index(index), context);
    }
  }
}

function validateOnlyForNewPods(spec: JsonObject, path: FieldPath, found: Problem[]): void {
  if (listAt(spec, "ephemeralContainers").length > 0) {
    found.push(forbidden("ephemeral-on-create", path.child("ephemeralContainers")));
  }
  if (stringAt(spec, "nodeName") !== "" && listAt(spec, "schedulingGates").length > 0) {
    found.push(forbidden("node-name-with-gates", path.child("nodeName")));
  }
}
