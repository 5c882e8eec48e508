/** Entry points of validation of pods: pod templates, the kind Pod, and the server's warnings. */
import type { FieldPath } from "../field-path.ts";
import type { Problem } from "../problem.ts";

export interface PodTemplateOptions {
  /** The kind that carries the template. */
  readonly kind: string;
}

/** The problems of a pod template, decoded and defaulted; `path` is its field, e.g. `spec.template`. */
export function validatePodTemplate(_template: unknown, _path: FieldPath, _options: PodTemplateOptions): Problem[] {
  return [];
}

/** The problems of an object of kind Pod, metadata included. */
export function validatePod(_pod: unknown): Problem[] {
  return [];
}

/** What the server accepts in a pod template (or a Pod) but warns about. */
export function podTemplateWarnings(_template: unknown, _path: FieldPath): Problem[] {
  return [];
}
