/** What the API server would say about a manifest: decode, default, validate. Pure. */
import { annotationNumberProblem } from "./annotation-numbers.ts";
import { decode, typeOf } from "./decode.ts";
import { applyDefaults } from "./defaults.ts";
import type { Draft } from "./defaults-pod.ts";
import { FieldPath, problem } from "./field-path.ts";
import { isObject, type JsonObject } from "./json.ts";
import type { ManifestObject } from "./objects.ts";
import { preparePod } from "./pod/prepare.ts";
import { validatePod } from "./pod/template.ts";
import type { Problem } from "./problem.ts";
import { validateReplacedService } from "./update-service.ts";
import { validateDaemonSet, validateDeployment, validateReplicaSet, validateStatefulSet } from "./validate-apps.ts";
import { validateCronJob, validateJob } from "./validate-jobs.ts";
import { validateClaim, validateService } from "./validate-service-and-claim.ts";
import { warningsOf } from "./warnings.ts";

export interface Admission {
  readonly kind: string;
  readonly apiVersion: string;
  /** The defaulted object, also when rules are broken; `null` when the document could not be read. */
  readonly object: ManifestObject | null;
  /** Errors, in the server's order. */
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** Admits a plain value as a create, or in the place of an object with the spec `replaced`. Never throws. */
export function admit(value: unknown, replaced?: JsonObject): Admission {
  const given = isObject(value) ? value : {};
  const apiVersion = typeof given["apiVersion"] === "string" ? given["apiVersion"] : "";
  const kind = typeof given["kind"] === "string" ? given["kind"] : "";
  const refused = (problems: readonly Problem[]): Admission => ({
    kind,
    apiVersion,
    object: null,
    problems,
    warnings: [],
  });
  // A list of nothing but text at the root, or nothing: there is no kind to speak of.
  if (value === null || value === undefined)
    return refused([problem("unserved-kind", "Unserved", FieldPath.root.child("apiVersion"), { apiVersion, kind })]);
  if (!isObject(value)) {
    return refused([problem("wrong-type", "Malformed", FieldPath.root, { value: typeof value, expected: "object" })]);
  }
  const type = typeOf(apiVersion, kind);
  if (type === undefined) {
    const field = FieldPath.root.child(apiVersion === "" ? "apiVersion" : "kind");
    return refused([problem("unserved-kind", "Unserved", field, { apiVersion, kind })]);
  }
  const { object, problems } = decode(value, type);
  if (problems.length > 0) return refused(problems);
  const unreadable = annotationNumberProblem(kind, object);
  if (unreadable) return refused([unreadable]);
  applyDefaults(kind, object as Draft);
  const early = kind === "Pod" && replaced === undefined ? preparePod(object as Draft) : [];
  const found = validate(kind, object, replaced);
  return {
    kind,
    apiVersion,
    object: object as unknown as ManifestObject,
    problems: found,
    warnings: [...early, ...warningsOf(kind, object)],
  };
}

/** The problems of a decoded and defaulted object, which may be there in the place of another one. */
function validate(kind: string, object: JsonObject, replaced: JsonObject | undefined): Problem[] {
  switch (kind) {
    case "Pod":
      return validatePod(object, replaced !== undefined);
    case "Job":
      return validateJob(object, replaced !== undefined);
    case "CronJob":
      return validateCronJob(object, replaced);
    case "Service":
      return replaced ? validateReplacedService(object, replaced) : validateService(object);
    case "PersistentVolumeClaim":
      return validateClaim(object);
    case "ReplicaSet":
      return validateReplicaSet(object);
    case "Deployment":
      return validateDeployment(object);
    case "StatefulSet":
      return validateStatefulSet(object);
    case "DaemonSet":
      return validateDaemonSet(object);
    default:
      return [];
  }
}
