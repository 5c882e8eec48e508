/** Brings the number of a Job's active pods to what is wanted. Models manageJob of pkg/controller/job/job_controller.go. */
import type { LabelMap } from "../../api/objects.ts";
import { podRefusal, refusalText } from "../../api/pod-refusal.ts";
import { since } from "../../api/target.ts";
import { type ControllerContext, keyOf } from "../../cluster/controller.ts";
import type { Pod } from "../../cluster/objects.ts";
import { deletePod, type PodExtras, podFromTemplate, removeFinalizer } from "../../cluster/pods.ts";
import { retryDelay } from "../retries.ts";
import { remainingBackoff } from "./backoff.ts";
import { generatedLabels } from "./claims.ts";
import { onlyReplacesFailed } from "./counting.ts";
import { addIndexes, mergeIndexes, pendingIndexes } from "./indexes.ts";
import type { Look } from "./look.ts";
import {
  completionIndex,
  failureCountAnnotation,
  failureCounts,
  failuresOfIndex,
  finishedAt,
  ignoredCountAnnotation,
  indexAnnotation,
  isIndexed,
  isTerminating,
  judge,
  trackingFinalizer,
  unknownIndex,
} from "./pods.ts";
import { podsToRemove } from "./removal.ts";

/** Most pods created or deleted in one look. */
const burst = 500;
/** A replacement waits at least this long, in milliseconds. */
const leastWait = 1000;
/** What the server has refused is tried again after this time, then later and later. */
const firstRetry = 1000;
const longestRetry = 60_000;

export interface Manager {
  /** Creates or deletes pods until as many are active as are wanted, and notes it in the look. */
  manage(look: Look): void;
  /** Deletes all active pods of a Job that ends; they count as failed if it failed. */
  stop(look: Look): void;
  /** The Job is gone. */
  forget(uid: string): void;
}

/** How long to wait before something is tried again that the server has refused `times` times in a row before. */
export function retryAfter(times: number): number {
  return retryDelay(times, firstRetry, longestRetry);
}

/** Remembers between looks how often pods of each Job were refused. */
export function createManager(context: ControllerContext): Manager {
  const { store, now, start, random, enqueueAfter, event, target } = context;
  /** How often in a row the server has refused a pod. By Job. */
  const refused = new Map<string, number>();

  function remove(look: Look, pods: readonly Pod[], tracked: boolean): void {
    for (const pod of pods) {
      if (pod.ready) look.ready--;
      // Without the finalizer the pod's end is not counted as a failure.
      if (!tracked) removeFinalizer(store, pod, trackingFinalizer);
      deletePod(store, pod, now());
      event(look.job, "Normal", "SuccessfulDelete", `Deleted pod: ${pod.name}`);
    }
    look.activeCount -= pods.length;
    look.terminating += pods.length;
  }

  /** Up to 1.36 what is reported as active during the wait is nothing, whatever runs: the controller's own shortcut. */
  function wait(look: Look, time: number): void {
    if (!since(target, "1.37")) look.activeCount = 0;
    enqueueAfter(keyOf(look.job), Math.max(time, leastWait));
  }

  function create(look: Look, count: number): void {
    const { job, record } = look;
    if (job.spec.backoffLimitPerIndex === undefined) {
      const time = remainingBackoff(record.failures, record.lastFailure === null ? 0 : now() - record.lastFailure);
      if (time > 0) {
        wait(look, time);
        return;
      }
    }
    if (!isIndexed(job)) {
      for (let i = 0; i < count && createPod(look, null); i++) look.activeCount++;
      return;
    }
    const found = indexesToStart(look, count, now(), start);
    if (found.wait > 0) {
      wait(look, found.wait);
      return;
    }
    for (const index of found.indexes) {
      if (!createPod(look, index)) return;
      look.activeCount++;
    }
  }

  /** False when the API server refuses the pod: the slow start ends, and is tried again later. */
  function createPod(look: Look, index: number | null): boolean {
    const { job } = look;
    const base = index === null ? `${job.name}-` : `${job.name}-${index}-`;
    const name = store.freePodName(job.namespace, base, random);
    const extras = extrasOf(look, index);
    const problems = podRefusal(job.spec.template, name, target, extras);
    const made = problems
      ? refusalText(name, problems)
      : context.create<"Pod">(podFromTemplate(job.namespace, name, job.spec.template, job, extras));
    if (typeof made === "string") {
      event(job, "Warning", "FailedCreate", `Error creating: ${made}`);
      const before = refused.get(job.uid) ?? 0;
      refused.set(job.uid, before + 1);
      enqueueAfter(keyOf(job), retryAfter(before));
      return false;
    }
    refused.delete(job.uid);
    event(job, "Normal", "SuccessfulCreate", `Created pod: ${name}`);
    return true;
  }

  return {
    stop: (look) => remove(look, look.roster.active(isIndexed(look.job)), true),
    forget: (uid) => void refused.delete(uid),
    manage(look) {
      const { job, roster, leaving, activeCount } = look;
      if (job.spec.suspend) {
        remove(look, podsToRemove(job, roster, activeCount, start), false);
        return;
      }
      const wanted = wantedPods(look);
      const surplus = podsToRemove(job, roster, Math.max(0, activeCount - wanted), start).slice(0, burst);
      if (surplus.length > 0) {
        remove(look, surplus, false);
        return;
      }
      const terminating = onlyReplacesFailed(job.spec) ? leaving.filter(isTerminating).length : 0;
      const missing = wanted - terminating - activeCount;
      if (missing > 0) create(look, Math.min(missing, burst));
    },
  };
}

/** How many pods should be active. */
function wantedPods({ job, activeCount, succeeded }: Look): number {
  const { completions } = job.spec;
  const parallelism = job.spec.parallelism ?? 1;
  if (completions === undefined) return succeeded > 0 ? activeCount : parallelism;
  return Math.max(0, Math.min(completions - succeeded, parallelism));
}

/** The lowest indexes that may start now, or how long until the first of those that have to wait may. */
function indexesToStart(
  look: Look,
  count: number,
  now: number,
  start: number,
): { readonly indexes: readonly number[]; readonly wait: number } {
  const { job, roster, leaving, succeededIndexes, failedIndexes, lastFailed } = look;
  const terminating = onlyReplacesFailed(job.spec) ? leaving.filter(isTerminating) : [];
  const stopping = terminating.map(completionIndex).filter((index) => index !== unknownIndex);
  const taken = addIndexes(mergeIndexes(succeededIndexes, roster.busy.intervals), stopping);
  const all = failedIndexes ? mergeIndexes(taken, failedIndexes) : taken;
  const pending = pendingIndexes(all, job.spec.completions ?? 0, count);
  if (!failedIndexes) return { indexes: pending, wait: 0 };
  const waits = new Map(
    pending.map((index) => {
      const last = lastFailed.get(index);
      return [index, last ? remainingBackoff(failuresOfIndex(last), now - finishedAt(last, start)) : 0];
    }),
  );
  const indexes = pending.filter((index) => waits.get(index) === 0);
  return { indexes, wait: indexes.length > 0 || pending.length === 0 ? 0 : Math.min(...waits.values()) };
}

const finalizers = [trackingFinalizer];

/** What a pod of the Job has beside its template. */
function extrasOf(look: Look, index: number | null): PodExtras {
  const labels = generatedLabels(look.job);
  if (index === null) return { labels, finalizers };
  return {
    labels: { ...labels, [indexAnnotation]: String(index) },
    annotations: indexAnnotations(look, index),
    hostname: `${look.job.name}-${index}`,
    finalizers,
  };
}

function indexAnnotations({ job, failedIndexes, lastFailed }: Look, index: number): LabelMap {
  const annotations: Record<string, string> = { [indexAnnotation]: String(index) };
  if (!failedIndexes) return annotations;
  const last = lastFailed.get(index);
  const { counted, ignored } = last ? failureCounts(last) : { counted: 0, ignored: 0 };
  const isIgnored = last !== undefined && judge(job, last)?.action === "Ignore";
  annotations[failureCountAnnotation] = String((counted + (last && !isIgnored ? 1 : 0)) | 0);
  if (ignored + (isIgnored ? 1 : 0) > 0) annotations[ignoredCountAnnotation] = String(ignored + (isIgnored ? 1 : 0));
  return annotations;
}
