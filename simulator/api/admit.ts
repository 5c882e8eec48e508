/** What the API server would say about a manifest: decode, default, validate. Pure. */
import { admitNew, isChangedWhenNew } from "./admission/admission.ts";
import type { ClusterFacts } from "./admission/facts.ts";
import { annotationNumberProblem } from "./annotation-numbers.ts";
import { type Decoded, decode, typeOf } from "./decode.ts";
import type { Draft } from "./defaults-pod.ts";
import { dropFields } from "./drop.ts";
import { FieldPath, problem } from "./field-path.ts";
import { bytesProblem } from "./groups/config.ts";
import { isObject, type JsonObject } from "./json.ts";
import type { KindTable } from "./kind.ts";
import { servedKinds } from "./kind-rules.ts";
import type { ManifestObject } from "./objects.ts";
import type { Path, Problem } from "./problem.ts";
import type { Refused } from "./registry/answer.ts";
import { copy } from "./registry/read.ts";
import type { Target } from "./target.ts";

export interface Admission {
  readonly kind: string;
  readonly apiVersion: string;
  /** The defaulted object, also when rules are broken; `null` when the document could not be read. */
  readonly object: ManifestObject | null;
  /** Errors, in the server's order. */
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
  /** Where fields stood that the version knows but dropped unseen. */
  readonly dropped: readonly Path[];
}

export interface AdmitOptions {
  /** The spec of the object that is replaced; without it, the object is created. */
  readonly replaced?: JsonObject;
  /** The cluster that a new object is sent to: default admission is in force before its rules are looked at. */
  readonly cluster?: ClusterFacts;
  /** What becomes of unknown fields: refused (the default), passed over with a warning, or without a word. */
  readonly fieldValidation?: "Strict" | "Warn" | "Ignore";
  /** False: the object is only read and filled in; whoever asks has it judged later. Default: true. */
  readonly judged?: boolean;
  /** The object was read before and is only to be judged: it is decoded and has its defaults. It may be changed. */
  readonly isRead?: boolean;
  /** What is served. Default: every kind that there is. */
  readonly kinds?: KindTable;
}

/** A value of a kind whose fields nobody describes: all of it, as a copy that may be changed. */
function undescribed(value: JsonObject): Decoded {
  return { object: JSON.parse(JSON.stringify(value)) as JsonObject, problems: [], dropped: [] };
}

function alreadyRead(object: JsonObject): Decoded {
  return { object, problems: [], dropped: [] };
}

function withStatus({ status, problems }: Refused): readonly Problem[] {
  return problems.map((one) => ({ ...one, params: { ...one.params, status } }));
}

/** Admits a plain value as a version of Kubernetes does. Never throws. */
export function admit(value: unknown, target: Target, options: AdmitOptions = {}): Admission {
  const { replaced, kinds = servedKinds } = options;
  const given = isObject(value) ? value : {};
  const apiVersion = typeof given["apiVersion"] === "string" ? given["apiVersion"] : "";
  const kind = typeof given["kind"] === "string" ? given["kind"] : "";
  const refused = (problems: readonly Problem[]): Admission => ({
    kind,
    apiVersion,
    object: null,
    problems,
    warnings: [],
    dropped: [],
  });
  // A list of nothing but text at the root, or nothing: there is no kind to speak of.
  if (value === null || value === undefined)
    return refused([problem("unserved-kind", "Unserved", FieldPath.root.child("apiVersion"), { apiVersion, kind })]);
  if (!isObject(value)) {
    return refused([problem("wrong-type", "Malformed", FieldPath.root, { value: typeof value, expected: "object" })]);
  }
  const row = kinds.serving(apiVersion, kind);
  if (row === undefined) {
    const field = FieldPath.root.child(apiVersion === "" ? "apiVersion" : "kind");
    return refused([problem("unserved-kind", "Unserved", field, { apiVersion, kind })]);
  }
  const type = typeOf(apiVersion, kind);
  const { object, problems, dropped } = options.isRead
    ? alreadyRead(value)
    : type === undefined
      ? undescribed(value)
      : decode(value, type, target);
  const { fieldValidation = "Strict", judged = true } = options;
  const unknown = fieldValidation === "Strict" ? [] : problems.filter(({ reason }) => reason === "UnknownField");
  if (problems.length > unknown.length) return refused(problems.filter((one) => !unknown.includes(one)));
  const passed = fieldValidation === "Warn" ? unknown.map((one) => ({ ...one, severity: "warning" }) as const) : [];
  const unreadable = options.isRead ? undefined : (annotationNumberProblem(kind, object) ?? bytesProblem(kind, object));
  if (unreadable) return refused([unreadable]);
  if (!options.isRead) row.defaults?.(object as Draft, target);
  const gone = options.isRead ? [] : dropFields(object as Draft, dropped, row.template, target);
  // What is judged later is prepared then, once: after it a pod's spread constraints select what they did not before.
  const early = judged && replaced === undefined ? (row.prepare?.(object as Draft) ?? []) : [];
  const { cluster } = options;
  const isNew = cluster !== undefined && replaced === undefined;
  const admitted = (isNew && isChangedWhenNew(row) ? copy(object) : object) as Draft;
  const refusal = isNew ? admitNew(admitted, row, target, cluster) : undefined;
  const rules = () => row.validate?.(admitted, { target, replaced, given: value }) ?? [];
  return {
    kind,
    apiVersion,
    object: object as unknown as ManifestObject,
    problems: refusal ? withStatus(refusal) : judged ? rules() : [],
    warnings: [...passed, ...early, ...(judged ? (row.warnings?.(object, target) ?? []) : [])],
    dropped: gone,
  };
}
