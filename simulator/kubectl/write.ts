/** Writing of a changed object. Models the `PrepareForUpdate` of pkg/registry/{apps,batch}: when the generation moves on. */

import { semanticEqual } from "../api/equality.ts";
import type { LabelMap, PodTemplateSpec } from "../api/objects.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { LiveObject } from "../cluster/objects.ts";
import { templateOf, type Workload } from "./resources.ts";

export interface ObjectChange {
  readonly labels?: LabelMap;
  readonly annotations?: LabelMap;
  readonly spec?: Readonly<Record<string, unknown>>;
}

/**
 * Stores what really differs. The generation grows when the spec changed (a Deployment's also when its annotations did).
 * An equal template stays the very same value, so that caches by identity hold. Returns whether anything changed.
 */
export function writeWorkload(cluster: Cluster, object: Workload, change: ObjectChange): boolean {
  const labels = change.labels && !semanticEqual(change.labels, object.labels) ? change.labels : object.labels;
  const annotations =
    change.annotations && !semanticEqual(change.annotations, object.annotations)
      ? change.annotations
      : object.annotations;
  const spec =
    change.spec && !semanticEqual(change.spec, object.spec) ? keepTemplate(object, change.spec) : object.spec;
  const grows = spec !== object.spec || (object.kind === "Deployment" && annotations !== object.annotations);
  return cluster.store.update(
    object as never,
    {
      labels,
      annotations,
      spec,
      generation: object.generation + (grows ? 1 : 0),
    } as never,
  );
}

/** The new spec with the old template object where both templates say the same. */
function keepTemplate(object: Workload, spec: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (object.kind === "CronJob") {
    const job = spec["jobTemplate"] as { spec: { template: PodTemplateSpec } };
    if (!semanticEqual(job.spec.template, templateOf(object))) return spec;
    return { ...spec, jobTemplate: { ...job, spec: { ...job.spec, template: templateOf(object) } } };
  }
  return semanticEqual(spec["template"], object.spec.template) ? { ...spec, template: object.spec.template } : spec;
}

/** The workload with another pod template. */
export function writeTemplate(
  cluster: Cluster,
  object: Workload,
  template: PodTemplateSpec,
  annotations?: LabelMap,
): boolean {
  const spec =
    object.kind === "CronJob"
      ? {
          ...object.spec,
          jobTemplate: { ...object.spec.jobTemplate, spec: { ...object.spec.jobTemplate.spec, template } },
        }
      : { ...object.spec, template };
  return writeWorkload(cluster, object, { spec: spec as never, ...(annotations ? { annotations } : {}) });
}

/** Labels and annotations of any other object; the store tells nobody when they are the same. */
export function writeMetadata(cluster: Cluster, object: LiveObject, change: ObjectChange): boolean {
  return cluster.store.update(
    object as never,
    {
      labels: change.labels && !semanticEqual(change.labels, object.labels) ? change.labels : object.labels,
      annotations:
        change.annotations && !semanticEqual(change.annotations, object.annotations)
          ? change.annotations
          : object.annotations,
    } as never,
  );
}
