/** What the API server says of an object that kubectl sends it. */
import type { ClusterFacts } from "../../simulator/api/admission/facts.ts";
import { admit } from "../../simulator/api/admit.ts";
import { isObject, type JsonObject, without } from "../../simulator/api/json.ts";
import { kinds } from "../../simulator/api/kinds.ts";
import type { ManifestObject } from "../../simulator/api/objects.ts";
import type { Path, Problem } from "../../simulator/api/problem.ts";
import type { Target } from "../../simulator/api/target.ts";

export interface Judgement {
  /** Decoded and defaulted; null when it cannot be decoded. */
  readonly object: ManifestObject | null;
  readonly problems: readonly Problem[];
  /** Where fields stand that the version knows but drops unseen. */
  readonly dropped: readonly Path[];
}

export interface JudgeOptions {
  readonly target: Target;
  /** The cluster that it is sent to. Default: any. */
  readonly cluster?: ClusterFacts;
  /** What becomes of unknown fields. */
  readonly fieldValidation?: "Strict" | "Warn" | "Ignore";
}

/** The judgement of an object as it is sent, warnings included. */
export function judgeSent(sent: JsonObject, { target, cluster = {}, fieldValidation }: JudgeOptions): Judgement {
  try {
    const { object, problems, warnings, dropped } = admit(inCore(sent), target, {
      cluster,
      ...(fieldValidation === undefined ? {} : { fieldValidation }),
    });
    return { object, problems: [...problems, ...warnings], dropped };
  } catch {
    // One object that cannot be judged must not take the others with it.
    return { object: null, problems: [], dropped: [] };
  }
}

/** `/v1` is another way of writing `v1`. */
function inCore(sent: JsonObject): JsonObject {
  const { apiVersion } = sent;
  return typeof apiVersion === "string" && apiVersion.startsWith("/")
    ? { ...sent, apiVersion: apiVersion.slice(1) }
    : sent;
}

/** The object of a manifest as kubectl sends it: one that belongs to the cluster is sent without a namespace. */
export function asSent(value: JsonObject): JsonObject {
  const { apiVersion, kind, metadata } = value;
  const row = kinds.serving(String(apiVersion), String(kind));
  if (row === undefined || row.namespaced || !isObject(metadata) || !Object.hasOwn(metadata, "namespace")) return value;
  return { ...value, metadata: without(metadata, ["namespace"]) };
}
