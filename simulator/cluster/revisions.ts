/** Revision numbers and template identity of ReplicaSets. Models pkg/controller/deployment/util/deployment_util.go. */

import { semanticEqual } from "../api/equality.ts";
import type { LabelMap, PodTemplateSpec } from "../api/objects.ts";

export const hashLabel = "pod-template-hash";
export const revisionAnnotation = "deployment.kubernetes.io/revision";
export const revisionHistoryAnnotation = "deployment.kubernetes.io/revision-history";
export const desiredReplicasAnnotation = "deployment.kubernetes.io/desired-replicas";
export const maxReplicasAnnotation = "deployment.kubernetes.io/max-replicas";

/** Annotations that are not carried between a Deployment and its ReplicaSets. */
const notCopied: ReadonlySet<string> = new Set([
  "kubectl.kubernetes.io/last-applied-configuration",
  revisionAnnotation,
  revisionHistoryAnnotation,
  desiredReplicasAnnotation,
  maxReplicasAnnotation,
  "deprecated.deployment.rollback.to",
]);

function pick(annotations: LabelMap, wanted: (key: string) => boolean): LabelMap {
  return Object.fromEntries(Object.entries(annotations).filter(([key]) => wanted(key)));
}

/** The annotations that travel between a Deployment and its ReplicaSets. */
export function copiedAnnotations(annotations: LabelMap): LabelMap {
  return pick(annotations, (key) => !notCopied.has(key));
}

/** The annotations that each of them keeps for itself. */
export function ownAnnotations(annotations: LabelMap): LabelMap {
  return pick(annotations, (key) => notCopied.has(key));
}

const withoutHash = new WeakMap<PodTemplateSpec, PodTemplateSpec>();

/** The template without the label that tells the ReplicaSets of a Deployment apart. */
export function withoutHashLabel(template: PodTemplateSpec): PodTemplateSpec {
  const labels = template.metadata?.labels;
  if (!labels || !(hashLabel in labels)) return template;
  let bare = withoutHash.get(template);
  if (!bare) {
    const { [hashLabel]: _, ...rest } = labels;
    bare = { ...template, metadata: { ...template.metadata, labels: rest } };
    withoutHash.set(template, bare);
  }
  return bare;
}

const compared = new WeakMap<PodTemplateSpec, WeakMap<PodTemplateSpec, boolean>>();

/** Whether two templates are the same but for the hash label. Each pair of template objects is compared only once. */
export function equalIgnoringHash(a: PodTemplateSpec, b: PodTemplateSpec): boolean {
  if (a === b) return true;
  let known = compared.get(a);
  if (!known) {
    known = new WeakMap();
    compared.set(a, known);
  }
  let equal = known.get(b);
  if (equal === undefined) {
    equal = semanticEqual(withoutHashLabel(a), withoutHashLabel(b));
    known.set(b, equal);
  }
  return equal;
}

/** A revision annotation as a number; 0 when missing, null when it is no 64-bit number. */
export function parseRevisionNumber(text: string | null | undefined): bigint | null {
  if (text === null || text === undefined) return 0n;
  let known = parsedRevisions.get(text);
  if (known === undefined) {
    known = parseInt64(text);
    // Revisions are few and short; anything else is not worth keeping.
    if (text.length < 8) parsedRevisions.set(text, known);
  }
  return known;
}

const parsedRevisions = new Map<string, bigint | null>();

function parseInt64(text: string): bigint | null {
  if (!/^[+-]?[0-9]+$/.test(text)) return null;
  const value = BigInt(text);
  return value < 2n ** 63n && value >= -(2n ** 63n) ? value : null;
}
