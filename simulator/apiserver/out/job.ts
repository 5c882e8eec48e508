/** What the server writes into every Job: a selector by its uid and the labels that fit. Models pkg/registry/batch/job/strategy.go. */
import type { JsonObject } from "../../api/json.ts";
import type { LabelMap } from "../../api/objects.ts";
import type { Kinds } from "../../cluster/objects.ts";
import { uuidOf } from "../uid.ts";
import { labelsOut } from "./metadata.ts";

type Job = Kinds["Job"];

const uidLabel = "batch.kubernetes.io/controller-uid";

/** The labels of the template with those that the server generates, where the Job does not have them yet. */
function templateLabels({ spec, name, uid }: Job): LabelMap {
  const own = spec.template.metadata?.labels ?? {};
  if (spec.manualSelector === true || spec.selector) return labelsOut(own, uid);
  const text = uuidOf(uid);
  return {
    ...own,
    [uidLabel]: text,
    "batch.kubernetes.io/job-name": name,
    "controller-uid": text,
    "job-name": name,
  };
}

/** A Job without labels of its own has those of its template. */
export function jobLabels(job: Job): LabelMap {
  const isEmpty = Object.keys(job.labels).length === 0;
  return isEmpty && !job.spec.selector ? templateLabels(job) : job.labels;
}

/** The spec of a live Job. */
export function jobSpecOut(job: Job): JsonObject {
  const { spec, uid } = job;
  const labels = templateLabels(job);
  const { template, selector, manualSelector } = spec;
  const matchLabels = selector
    ? selector.matchLabels
    : manualSelector === true
      ? undefined
      : { [uidLabel]: uuidOf(uid) };
  return {
    ...spec,
    ...(matchLabels ? { selector: { ...selector, matchLabels: labelsOut(matchLabels, uid) } } : {}),
    ...(Object.keys(labels).length > 0
      ? { template: { ...template, metadata: { ...template.metadata, labels } } }
      : {}),
  } as unknown as JsonObject;
}
