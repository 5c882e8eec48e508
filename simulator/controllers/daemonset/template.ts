/**
 * The template from which a DaemonSet's pods are made, and the number it has among the templates of the set. Models
 * CreatePodTemplate of pkg/controller/daemon/util/daemonset_util.go and pkg/registry/apps/daemonset/strategy.go.
 */

import { semanticEqual } from "../../api/equality.ts";
import type { PodTemplateSpec } from "../../api/objects.ts";
import type { DaemonSet } from "../../cluster/objects.ts";
import { revisionLabel } from "../history.ts";
import { daemonTolerations } from "./placement.ts";

/** Carries the number of the template on every pod of a DaemonSet. */
export const generationLabel = "pod-template-generation";
/** On a manifest that was read back from a cluster it carries the number over to a new set. */
const generationAnnotation = "deprecated.daemonset.template.generation";

/** What tells pods of the set's present template from older ones. */
export interface Version {
  readonly hash: string;
  /** Counts the templates of the set, from 1. */
  readonly generation: string;
}

/** The number of a new set's template. */
export function firstTemplateGeneration({ annotations }: DaemonSet): number {
  const text = annotations[generationAnnotation];
  return text !== undefined && /^[0-9]{1,15}$/.test(text) ? Math.max(1, Number(text)) : 1;
}

/** Every change of the template raises its number, the way back to an earlier one as well. */
export function nextTemplateGeneration(generation: number, before: PodTemplateSpec, now: PodTemplateSpec): number {
  return before === now || semanticEqual(before, now) ? generation : generation + 1;
}

/** The template with the automatic tolerations and the labels of its version. */
export function daemonTemplate({ spec: { template } }: DaemonSet, { hash, generation }: Version): PodTemplateSpec {
  const { metadata, spec } = template;
  const labels = { ...metadata?.labels, [generationLabel]: generation, [revisionLabel]: hash };
  return { metadata: { ...metadata, labels }, spec: { ...spec, tolerations: daemonTolerations(spec) } };
}
