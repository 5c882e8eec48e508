/**
 * Runs Jobs to their end. Models syncJob, manageJob and trackJobStatusAndRemoveFinalizers of
 * pkg/controller/job/job_controller.go. A finished pod is counted once: it is noted as uncounted in the status, then loses its
 * finalizer, then moves to the counter. Between the two writes of the status other controllers get to see the first.
 */
import type { LabelMap } from "../../api/objects.ts";
import { podRefusal, refusalText } from "../../api/pod-refusal.ts";
import { type ControllerFactory, keyOf, splitKey } from "../../cluster/controller.ts";
import { semanticEqual } from "../../cluster/equality.ts";
import { generateName } from "../../cluster/names.ts";
import {
  controllerOf,
  isPodActive,
  isPodTerminal,
  type Job,
  type JobStatus,
  type LiveCondition,
  type Pod,
  wholeSeconds,
} from "../../cluster/objects.ts";
import { deletePod, podFromTemplate, removeFinalizer } from "../../cluster/pods.ts";
import { type BackoffRecord, recordFinished, remainingBackoff } from "./backoff.ts";
import { createClaims, generatedLabels } from "./claims.ts";
import { onlyReplacesFailed, pastBackoffLimitOnFailure } from "./counting.ts";
import {
  addIndexes,
  countIndexes,
  formatIndexes,
  hasIndex,
  type Intervals,
  mergeIndexes,
  parseIndexes,
  pendingIndexes,
} from "./indexes.ts";
import {
  completionIndex,
  failsIndex,
  failureCountAnnotation,
  failureCounts,
  failuresOfIndex,
  finishedAt,
  hasFailed,
  ignoredCountAnnotation,
  indexAnnotation,
  isIndexed,
  isTerminating,
  isTracked,
  judge,
  podsToRemove,
  trackingFinalizer,
  unknownIndex,
} from "./pods.ts";
import { matchSuccessPolicy } from "./policies.ts";

/** `spec.managedBy` of the Jobs that this controller runs. */
const ownName = "kubernetes.io/job-controller";
/** Most pods created or deleted in one look, and most that wait to be counted at once. */
const burst = 500;
/** Changes of pods, and of the status alone, are acted upon together after this time. */
const batchPeriod = 1000;
/** A status or a pod that was refused is tried again after this time, then later and later. */
const firstRetry = 1000;
const longestRetry = 60_000;

type Outcome = Pick<LiveCondition, "type" | "reason" | "message">;

/** Everything that one look knows. */
interface Look {
  readonly job: Job;
  readonly pods: readonly Pod[];
  readonly active: readonly Pod[];
  readonly uncounted: { readonly succeeded: ReadonlySet<string>; readonly failed: ReadonlySet<string> };
  readonly record: BackoffRecord;
  readonly succeeded: number;
  readonly succeededIndexes: Intervals;
  /** Null without backoffLimitPerIndex. */
  readonly failedIndexes: Intervals | null;
  /** With backoffLimitPerIndex: the last failed pod of an index that has no new one yet. It is kept for its counts. */
  readonly lastFailed: ReadonlyMap<number, Pod>;
  startTime: number | null;
  conditions: readonly LiveCondition[];
  activeCount: number;
  ready: number;
  terminating: number;
  outcome: Outcome | null;
}

const relevant: readonly (keyof Pod)[] = [
  "phase",
  "ready",
  "deleted",
  "labels",
  "annotations",
  "owners",
  "finalizers",
  "containers",
];

/** A Job that names another controller is left to that one. */
function isManagedElsewhere(job: Job): boolean {
  return (job.spec.managedBy ?? ownName) !== ownName;
}

export const jobController: ControllerFactory = {
  name: "job",
  create({ store, now, start, random, enqueue, enqueueAfter, event }) {
    /** Pods that still matter: all but those that have ended and been counted. By Job. */
    const livePods = new Map<string, Set<Pod>>();
    const backoffs = new Map<string, BackoffRecord>();
    const completed = new Map<string, { readonly text: string; readonly of: number; readonly intervals: Intervals }>();
    /** Second halves of looks that stopped after writing the status. */
    const unfinished = new Map<string, () => void>();
    /** How often in a row the server has refused the status. By Job. */
    const refusals = new Map<string, number>();
    /** How often in a row the server has refused a pod. By Job. */
    const refusedPods = new Map<string, number>();
    const claims = createClaims(store, (job) => enqueueAfter(keyOf(job), batchPeriod));

    const stamp = () => wholeSeconds(now(), start);

    function condition(type: string, status: LiveCondition["status"], reason: string, message: string): LiveCondition {
      return { type, status, reason, message, lastUpdateTime: stamp(), lastTransitionTime: stamp() };
    }

    function isTrue(job: Job, type: string): LiveCondition | undefined {
      return job.status.conditions.find((one) => one.type === type && one.status === "True");
    }

    function isFinished(job: Job): boolean {
      return isTrue(job, "Complete") !== undefined || isTrue(job, "Failed") !== undefined;
    }

    function completedIndexes(job: Job): Intervals {
      const text = job.status.completedIndexes;
      const known = completed.get(job.uid);
      // With fewer completions the indexes beyond them do not count any more.
      const of = job.spec.completions ?? 0;
      if (known?.text === text && known.of === of) return known.intervals;
      const intervals = parseIndexes(text, of);
      completed.set(job.uid, { text, of, intervals });
      return intervals;
    }

    function inRange(job: Job, index: number): boolean {
      return index !== unknownIndex && index < (job.spec.completions ?? 0);
    }

    /** Whether the pod's end is still to be counted; of an indexed Job only if its index is one of the Job. */
    function isCountable(job: Job, pod: Pod): boolean {
      return isTracked(pod) && (!isIndexed(job) || inRange(job, completionIndex(pod)));
    }

    function look(job: Job): Look {
      const pods = [...(livePods.get(job.uid) ?? [])];
      if (isIndexed(job)) pods.sort((a, b) => completionIndex(a) - completionIndex(b) || a.sequence - b.sequence);
      const active = pods.filter(isPodActive);
      const { status } = job;
      const uncounted = { succeeded: new Set(status.uncountedSucceeded), failed: new Set(status.uncountedFailed) };
      const fresh = pods.filter(
        (pod) => isCountable(job, pod) && !uncounted.succeeded.has(pod.uid) && !uncounted.failed.has(pod.uid),
      );
      const newSucceeded = fresh.filter((pod) => pod.phase === "Succeeded");
      const newFailed = fresh.filter((pod) => pod.phase !== "Succeeded" && hasFailed(job, pod));
      const previous = backoffs.get(job.uid) ?? { failures: 0, lastFailure: null };
      const at = (pod: Pod) => finishedAt(pod, start);
      const byTime = (list: readonly Pod[]) => list.map(at).sort((a, b) => a - b);
      const indexes = indexState(job, pods, active);
      return {
        job,
        pods,
        active,
        uncounted,
        record: recordFinished(previous, byTime(newSucceeded), byTime(newFailed)),
        succeeded: isIndexed(job)
          ? countIndexes(indexes.succeededIndexes)
          : status.succeeded + newSucceeded.length + uncounted.succeeded.size,
        ...indexes,
        startTime: status.startTime ?? (job.spec.suspend ? null : stamp()),
        conditions: status.conditions,
        activeCount: active.length,
        ready: active.filter((pod) => pod.ready).length,
        terminating: pods.filter(isTerminating).length,
        outcome: decideOutcome(job, pods, newFailed, uncounted.failed.size, indexes),
      };
    }

    type IndexState = Pick<Look, "succeededIndexes" | "failedIndexes" | "lastFailed">;

    function indexState(job: Job, pods: readonly Pod[], active: readonly Pod[]): IndexState {
      const lastFailed = new Map<number, Pod>();
      if (!isIndexed(job)) return { succeededIndexes: [], failedIndexes: null, lastFailed };
      const indexesOf = (list: readonly Pod[]) => list.map(completionIndex).filter((index) => inRange(job, index));
      const done = pods.filter((pod) => pod.phase === "Succeeded" && isTracked(pod));
      const before = completedIndexes(job);
      const succeededIndexes = done.length === 0 ? before : addIndexes(before, indexesOf(done));
      if (job.spec.backoffLimitPerIndex === undefined) return { succeededIndexes, failedIndexes: null, lastFailed };
      const newlyFailed = pods.filter((pod) => isTracked(pod) && failsIndex(job, pod));
      const failedBefore = parseIndexes(job.status.failedIndexes ?? "", job.spec.completions ?? 0);
      const failedIndexes = addIndexes(failedBefore, indexesOf(newlyFailed));
      const running = new Set(indexesOf(active));
      for (const pod of pods) {
        const index = completionIndex(pod);
        if (!isCountable(job, pod) || !hasFailed(job, pod) || running.has(index)) continue;
        if (hasIndex(succeededIndexes, index) || hasIndex(failedIndexes, index)) continue;
        const other = lastFailed.get(index);
        if (!other || isLater(pod, other)) lastFailed.set(index, pod);
      }
      return { succeededIndexes, failedIndexes, lastFailed };
    }

    function isLater(pod: Pod, other: Pod): boolean {
      return failuresOfIndex(other) <= failuresOfIndex(pod) && finishedAt(other, start) <= finishedAt(pod, start);
    }

    /** Whether the Job has to end, in the order in which the reasons are looked for. */
    function decideOutcome(
      job: Job,
      pods: readonly Pod[],
      newFailed: readonly Pod[],
      uncountedFailed: number,
      { succeededIndexes, failedIndexes }: IndexState,
    ): Outcome | null {
      const met = isTrue(job, "SuccessCriteriaMet");
      if (met) return met;
      const doomed = isTrue(job, "FailureTarget");
      if (doomed) return { ...doomed, type: "Failed" };
      const failure = (reason: string, message: string): Outcome => ({ type: "FailureTarget", reason, message });
      for (const pod of pods) {
        const message = hasFailed(job, pod) ? judge(job, pod)?.message : undefined;
        if (message) return failure("PodFailurePolicy", message);
      }
      const { spec, status } = job;
      const counted = newFailed.filter((pod) => judge(job, pod)?.counted ?? true).length;
      const limit = spec.backoffLimit ?? 6;
      const restarts = pods.map((pod) => ({
        phase: pod.phase,
        restarts: pod.containers.reduce((sum, one) => sum + one.restartCount, 0),
      }));
      if (
        status.failed + counted + uncountedFailed > limit ||
        pastBackoffLimitOnFailure(spec.template.spec.restartPolicy ?? "", limit, restarts)
      ) {
        return failure("BackoffLimitExceeded", "Job has reached the specified backoff limit");
      }
      if (deadlineIn(job) <= 0) return failure("DeadlineExceeded", "Job was active longer than specified deadline");
      if (failedIndexes) {
        const failed = countIndexes(failedIndexes);
        if (spec.maxFailedIndexes !== undefined && failed > spec.maxFailedIndexes) {
          const message = "Job has exceeded the specified maximal number of failed indexes";
          return failure("MaxFailedIndexesExceeded", message);
        }
        if (failed > 0 && failed + countIndexes(succeededIndexes) >= (spec.completions ?? 0)) {
          return failure("FailedIndexes", "Job has failed indexes");
        }
      }
      if (!isIndexed(job) || !spec.successPolicy) return null;
      const message = matchSuccessPolicy(spec.successPolicy.rules, spec.completions ?? 0, succeededIndexes);
      return message === null ? null : { type: "SuccessCriteriaMet", reason: "SuccessPolicy", message };
    }

    /** Milliseconds until activeDeadlineSeconds are over; infinite when they do not run. */
    function deadlineIn({ spec, status }: Job): number {
      if (spec.activeDeadlineSeconds === undefined || spec.suspend) return Number.POSITIVE_INFINITY;
      return (status.startTime ?? stamp()) + spec.activeDeadlineSeconds * 1000 - now();
    }

    function remove(job: Job, pods: readonly Pod[], tracked: boolean): { removed: number; ready: number } {
      let ready = 0;
      for (const pod of pods) {
        if (pod.ready) ready++;
        // Without the finalizer the pod's end is not counted as a failure.
        if (!tracked) removeFinalizer(store, pod, trackingFinalizer);
        deletePod(store, pod, now());
        event(job, "Normal", "SuccessfulDelete", `Deleted pod: ${pod.name}`);
      }
      return { removed: pods.length, ready };
    }

    function note(state: Look, { removed, ready }: { removed: number; ready: number }): void {
      state.activeCount -= removed;
      state.terminating += removed;
      state.ready -= ready;
    }

    /** Brings the number of active pods to what is wanted; models manageJob. */
    function manage(state: Look): void {
      const { job, active } = state;
      if (job.spec.suspend) {
        note(state, remove(job, podsToRemove(job, active, active.length, start), false));
        return;
      }
      const { completions } = job.spec;
      const parallelism = job.spec.parallelism ?? 1;
      const wanted =
        completions === undefined
          ? state.succeeded > 0
            ? active.length
            : parallelism
          : Math.max(0, Math.min(completions - state.succeeded, parallelism));
      const surplus = podsToRemove(job, active, Math.max(0, active.length - wanted), start).slice(0, burst);
      if (surplus.length > 0) {
        note(state, remove(job, surplus, false));
        return;
      }
      const terminating = onlyReplacesFailed(job.spec) ? state.pods.filter(isTerminating).length : 0;
      const missing = wanted - terminating - active.length;
      if (missing > 0) create(state, Math.min(missing, burst));
    }

    function create(state: Look, count: number): void {
      const { job, record } = state;
      if (job.spec.backoffLimitPerIndex === undefined) {
        const wait = remainingBackoff(record.failures, record.lastFailure === null ? 0 : now() - record.lastFailure);
        if (wait > 0) {
          // What is reported as active during the wait is nothing, whatever runs: the controller's own shortcut.
          state.activeCount = 0;
          enqueueAfter(keyOf(job), Math.max(wait, batchPeriod));
          return;
        }
      }
      if (!isIndexed(job)) {
        for (let i = 0; i < count && createPod(state, null); i++) state.activeCount++;
        return;
      }
      const { indexes, wait } = indexesToStart(state, count);
      if (wait > 0) {
        state.activeCount = 0;
        enqueueAfter(keyOf(job), Math.max(wait, batchPeriod));
        return;
      }
      for (const index of indexes) {
        if (!createPod(state, index)) return;
        state.activeCount++;
      }
    }

    /** The lowest indexes that may start now, or how long until the first of those that have to wait may. */
    function indexesToStart(
      state: Look,
      count: number,
    ): { readonly indexes: readonly number[]; readonly wait: number } {
      const { job, active, pods, succeededIndexes, failedIndexes, lastFailed } = state;
      const busy = onlyReplacesFailed(job.spec) ? [...active, ...pods.filter(isTerminating)] : active;
      const taken = addIndexes(
        succeededIndexes,
        busy.map(completionIndex).filter((index) => index !== unknownIndex),
      );
      const all = failedIndexes ? mergeIndexes(taken, failedIndexes) : taken;
      const pending = pendingIndexes(all, job.spec.completions ?? 0, count);
      if (!failedIndexes) return { indexes: pending, wait: 0 };
      const waits = new Map(
        pending.map((index) => {
          const last = lastFailed.get(index);
          return [index, last ? remainingBackoff(failuresOfIndex(last), now() - finishedAt(last, start)) : 0];
        }),
      );
      const indexes = pending.filter((index) => waits.get(index) === 0);
      return { indexes, wait: indexes.length > 0 || pending.length === 0 ? 0 : Math.min(...waits.values()) };
    }

    /** False when the API server refuses the pod: the slow start ends, and is tried again later. */
    function createPod(state: Look, index: number | null): boolean {
      const { job } = state;
      const base = index === null ? `${job.name}-` : `${job.name}-${index}-`;
      let name = generateName(base, random);
      while (store.get("Pod", job.namespace, name)) name = generateName(base, random);
      const labels: LabelMap = generatedLabels(job);
      const finalizers = [trackingFinalizer];
      const indexed =
        index === null
          ? { labels }
          : {
              labels: { ...labels, [indexAnnotation]: String(index) },
              annotations: indexAnnotations(state, index),
              hostname: `${job.name}-${index}`,
            };
      const problems = podRefusal(job.spec.template, name, indexed);
      if (problems) {
        event(job, "Warning", "FailedCreate", `Error creating: ${refusalText(name, problems)}`);
        const before = refusedPods.get(job.uid) ?? 0;
        refusedPods.set(job.uid, before + 1);
        enqueueAfter(keyOf(job), Math.min(firstRetry * 2 ** before, longestRetry));
        return false;
      }
      refusedPods.delete(job.uid);
      store.create<"Pod">(podFromTemplate(job.namespace, name, job.spec.template, job, { ...indexed, finalizers }));
      event(job, "Normal", "SuccessfulCreate", `Created pod: ${name}`);
      return true;
    }

    function indexAnnotations({ job, failedIndexes, lastFailed }: Look, index: number): LabelMap {
      const annotations: Record<string, string> = { [indexAnnotation]: String(index) };
      if (!failedIndexes) return annotations;
      const last = lastFailed.get(index);
      const { counted, ignored } = last ? failureCounts(last) : { counted: 0, ignored: 0 };
      const isIgnored = last !== undefined && judge(job, last)?.action === "Ignore";
      annotations[failureCountAnnotation] = String((counted + (last && !isIgnored ? 1 : 0)) | 0);
      if (ignored + (isIgnored ? 1 : 0) > 0)
        annotations[ignoredCountAnnotation] = String(ignored + (isIgnored ? 1 : 0));
      return annotations;
    }

    /** Notes that the Job is suspended, or was resumed. */
    function noteSuspension(state: Look): void {
      const { job } = state;
      const current = state.conditions.find((one) => one.type === "Suspended");
      if (job.spec.suspend) {
        state.startTime = null;
        if (current?.status === "True") return;
        setCondition(state, condition("Suspended", "True", "JobSuspended", "Job suspended"));
        event(job, "Normal", "Suspended", "Job suspended");
      } else if (current?.status === "True") {
        setCondition(state, condition("Suspended", "False", "JobResumed", "Job resumed"));
        state.startTime = stamp();
        event(job, "Normal", "Resumed", "Job resumed");
        const deadline = job.spec.activeDeadlineSeconds;
        if (deadline !== undefined) enqueueAfter(keyOf(job), deadline * 1000);
      }
    }

    function setCondition(state: Look, one: LiveCondition): void {
      state.conditions = [...state.conditions.filter(({ type }) => type !== one.type), one];
    }

    /** The API server takes no status with more ready than active pods, nor an end of what has never started. */
    function write(job: Job, status: JobStatus): boolean {
      if (status.ready > status.active) {
        const before = refusals.get(job.uid) ?? 0;
        refusals.set(job.uid, before + 1);
        enqueueAfter(keyOf(job), Math.min(firstRetry * 2 ** before, longestRetry));
        return false;
      }
      refusals.delete(job.uid);
      const ends = status.conditions.some(({ type }) => type === "Complete" || type === "Failed");
      if (ends && status.startTime === null) return false;
      if (!semanticEqual(status, job.status)) store.update(job, { status });
      return true;
    }

    interface Tracking {
      readonly release: readonly Pod[];
      readonly status: JobStatus;
      /** More pods have finished than are counted at once. */
      readonly more: boolean;
    }

    /** The status with what is newly finished noted in it, and the pods that are then let go. */
    function track(state: Look, failedBefore: ReadonlySet<Pod>): Tracking {
      const { job, uncounted } = state;
      const tracked = new Set(state.pods.filter(isTracked).map((pod) => pod.uid));
      const kept = (uids: readonly string[]) => uids.filter((uid) => tracked.has(uid));
      const succeeded = kept(job.status.uncountedSucceeded);
      const failed = kept(job.status.uncountedFailed);
      const counters = {
        succeeded: job.status.succeeded + job.status.uncountedSucceeded.length - succeeded.length,
        failed: job.status.failed + job.status.uncountedFailed.length - failed.length,
      };
      const before = completedIndexes(job);
      const newIndexes: number[] = [];
      const release: Pod[] = [];
      let more = false;
      for (const pod of state.pods) {
        if (!isTracked(pod) || !canRelease(state, pod, failedBefore.has(pod))) continue;
        release.push(pod);
        const index = completionIndex(pod);
        if (pod.phase === "Succeeded" && !uncounted.failed.has(pod.uid)) {
          if (isIndexed(job)) {
            if (inRange(job, index) && !hasIndex(before, index)) newIndexes.push(index);
          } else if (!uncounted.succeeded.has(pod.uid)) succeeded.push(pod.uid);
        } else if (failedBefore.has(pod) || (state.outcome && state.outcome.type !== "SuccessCriteriaMet")) {
          const countable = !uncounted.failed.has(pod.uid) && (!isIndexed(job) || inRange(job, index));
          if (countable && (judge(job, pod)?.counted ?? true)) failed.push(pod.uid);
        }
        if (newIndexes.length + succeeded.length + failed.length >= burst) {
          more = true;
          break;
        }
      }
      const status: JobStatus = {
        ...job.status,
        ...counters,
        ...(isIndexed(job) ? indexStatus(state, before, newIndexes) : {}),
        active: state.activeCount,
        ready: state.ready,
        terminating: state.terminating,
        uncountedSucceeded: succeeded,
        uncountedFailed: failed,
        startTime: state.startTime,
        conditions: state.conditions,
      };
      return { release, status, more };
    }

    function indexStatus(
      { job, failedIndexes, succeededIndexes }: Look,
      before: Intervals,
      added: readonly number[],
    ): Partial<JobStatus> {
      // All that have succeeded are listed at once, also those that are let go later because there are so many.
      const intervals = added.length === 0 ? before : succeededIndexes;
      const same = added.length === 0 && countIndexes(intervals) === job.status.succeeded;
      const text = same ? job.status.completedIndexes : formatIndexes(intervals);
      completed.set(job.uid, { text, of: job.spec.completions ?? 0, intervals });
      const failed = failedIndexes === null ? null : formatIndexes(failedIndexes);
      return { succeeded: countIndexes(intervals), completedIndexes: text, failedIndexes: failed };
    }

    /** May the pod lose its finalizer? Not while it is running, nor while its failure count is still needed. */
    function canRelease({ job, outcome, lastFailed }: Look, pod: Pod, failed: boolean): boolean {
      if (job.deleted !== null || outcome || pod.phase === "Succeeded") return true;
      return failed && lastFailed.get(completionIndex(pod)) !== pod;
    }

    /** After the status is written: pods lose their finalizers, the uncounted are counted, and the Job may end. */
    function settle(state: Look, { release, more }: Tracking): void {
      const { job } = state;
      for (const pod of release) removeFinalizer(store, pod, trackingFinalizer);
      const gone = new Set(release.map((pod) => pod.uid));
      const stays = (uid: string) => !gone.has(uid);
      const { uncountedSucceeded, uncountedFailed } = job.status;
      const succeeded = uncountedSucceeded.filter(stays);
      const failed = uncountedFailed.filter(stays);
      let status: JobStatus = {
        ...job.status,
        succeeded: job.status.succeeded + uncountedSucceeded.length - succeeded.length,
        failed: job.status.failed + uncountedFailed.length - failed.length,
        uncountedSucceeded: succeeded,
        uncountedFailed: failed,
      };
      const { outcome } = state;
      const ends = outcome !== null && !more && succeeded.length + failed.length === 0 && state.terminating === 0;
      if (ends) {
        const type = outcome.type === "SuccessCriteriaMet" ? "Complete" : "Failed";
        const last = condition(type, "True", outcome.reason, outcome.message);
        const conditions = [...status.conditions.filter((one) => one.type !== type), last];
        status = { ...status, conditions, ...(type === "Complete" ? { completionTime: stamp() } : {}) };
      }
      if (!write(job, status) || !ends) return;
      if (outcome.type !== "SuccessCriteriaMet") {
        event(job, "Warning", outcome.reason, outcome.message);
        return;
      }
      if (status.succeeded > (job.spec.completions ?? Number.POSITIVE_INFINITY)) {
        const message = "Too many succeeded pods running after completion count reached";
        event(job, "Warning", "TooManySucceededPods", message);
      }
      event(job, "Normal", "Completed", "Job completed");
    }

    function syncJob(job: Job): void {
      if (isFinished(job)) {
        backoffs.delete(job.uid);
        return;
      }
      claims.claim(job);
      const state = look(job);
      // Deleting pods below must not make them count as failed in this look.
      const failedBefore = new Set(state.pods.filter((pod) => hasFailed(job, pod)));
      const deadline = deadlineIn(job);
      if (!state.outcome && deadline !== Number.POSITIVE_INFINITY) enqueueAfter(keyOf(job), deadline);
      if (state.outcome) note(state, remove(job, state.active, true));
      else {
        if (job.deleted === null) manage(state);
        const { completions } = job.spec;
        const enough = completions === undefined ? state.succeeded > 0 : state.succeeded >= completions;
        if (enough && state.activeCount === 0) {
          const message = "Reached expected number of succeeded pods";
          state.outcome = { type: "SuccessCriteriaMet", reason: "CompletionsReached", message };
        } else if (job.deleted === null) noteSuspension(state);
      }
      const { outcome } = state;
      if (outcome && outcome.type !== "Failed" && !isTrue(job, outcome.type)) {
        setCondition(state, condition(outcome.type, "True", outcome.reason, outcome.message));
      }
      const tracking = track(state, failedBefore);
      const before = job.status;
      if (!write(job, tracking.status)) return;
      if (job.status !== before) backoffs.set(job.uid, state.record);
      if (tracking.release.length === 0 && !outcome) return;
      unfinished.set(keyOf(job), () => settle(state, tracking));
      enqueue(keyOf(job));
    }

    function forget(pod: Pod): void {
      for (const owner of pod.owners) livePods.get(owner.uid)?.delete(pod);
    }

    /** Whether somebody will still take the finalizer of the pod away: a Job that runs, or another controller's Job. */
    function isCaredFor(pod: Pod): boolean {
      const owner = controllerOf(pod);
      const job = owner && store.byUid(owner.uid);
      if (owner?.kind !== "Job" || job?.kind !== "Job") return owner !== undefined && owner.kind !== "Job";
      return isManagedElsewhere(job) || !isFinished(job);
    }

    return {
      kinds: ["Job", "Pod"],
      observe(change) {
        const { object } = change;
        if (object.kind === "Job") {
          if (change.type === "deleted") {
            for (const pod of livePods.get(object.uid) ?? []) if (isTracked(pod)) enqueue(`orphan/${pod.uid}`);
            livePods.delete(object.uid);
            backoffs.delete(object.uid);
            refusals.delete(object.uid);
            refusedPods.delete(object.uid);
            completed.delete(object.uid);
            return;
          }
          const statusOnly = change.type === "modified" && !("generation" in change.previous);
          if (statusOnly && object.deleted === null) enqueueAfter(keyOf(object), batchPeriod);
          else enqueue(keyOf(object));
          return;
        }
        if (object.kind !== "Pod") return;
        claims.observe(change, object);
        const before = change.type === "modified" ? (change.previous as Partial<Pod>).owners : undefined;
        for (const one of before ?? []) livePods.get(one.uid)?.delete(object);
        const owner = controllerOf(object);
        if (!owner && isTracked(object) && change.type !== "deleted") enqueue(`orphan/${object.uid}`);
        if (owner?.kind !== "Job") return;
        if (change.type === "deleted") forget(object);
        else if (change.type === "added" || before) {
          const pods = livePods.get(owner.uid);
          if (pods) pods.add(object);
          else livePods.set(owner.uid, new Set([object]));
        } else {
          if (!relevant.some((field) => field in change.previous)) return;
          if (isPodTerminal(object) && !isTracked(object)) forget(object);
        }
        const job = store.byUid(owner.uid);
        if (job) enqueueAfter(keyOf(job), batchPeriod);
        else if (isTracked(object) && change.type !== "deleted") enqueue(`orphan/${object.uid}`);
      },

      sync(key) {
        const rest = unfinished.get(key);
        if (rest) {
          unfinished.delete(key);
          rest();
          return;
        }
        if (key.startsWith("orphan/")) {
          const pod = store.byUid(key.slice("orphan/".length));
          if (pod?.kind === "Pod" && !isCaredFor(pod)) removeFinalizer(store, pod, trackingFinalizer);
          return;
        }
        const job = store.get("Job", ...splitKey(key));
        if (job && !isManagedElsewhere(job)) syncJob(job);
      },
    };
  },
};
