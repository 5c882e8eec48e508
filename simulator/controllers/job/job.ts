/**
 * Runs Jobs to their end. Models syncJob of pkg/controller/job/job_controller.go. A look works out what there is (look.ts) and
 * whether the Job has to end (outcome.ts), creates or deletes pods (manage.ts), and notes what has finished (track.ts).
 * Between the two writes of the status that counting takes other controllers get to see the first.
 */

import { semanticEqual } from "../../api/equality.ts";
import { since } from "../../api/target.ts";
import { type ControllerFactory, keyOf, splitKey } from "../../cluster/controller.ts";
import {
  controllerOf,
  isJobFinished,
  isPodTerminal,
  type Job,
  type JobStatus,
  jobCondition,
  type Pod,
  wholeSeconds,
} from "../../cluster/objects.ts";
import type { PodField } from "../../cluster/pod-fields.ts";
import { removeFinalizer } from "../../cluster/pods.ts";
import type { BackoffRecord } from "./backoff.ts";
import { createClaims } from "./claims.ts";
import { conditionAt, withCondition } from "./conditions.ts";
import { type Intervals, parseIndexes } from "./indexes.ts";
import { type Look, lookAt } from "./look.ts";
import { createManager, retryAfter } from "./manage.ts";
import { deadlineIn } from "./outcome.ts";
import { isTracked, trackingFinalizer } from "./pods.ts";
import { createRoster, type Roster } from "./roster.ts";
import { counted, type Tracking, track } from "./track.ts";

/** `spec.managedBy` of the Jobs that this controller runs. */
const ownName = "kubernetes.io/job-controller";
/** Changes of pods, and of the status alone, are acted upon together after this time. */
const batchPeriod = 1000;

const noFailures: BackoffRecord = { failures: 0, lastFailure: null };

/** Changes of a pod that can change what its Job does or says. */
const relevant: readonly PodField[] = [
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
  create(context) {
    const { store, now, start, target, enqueue, enqueueAfter, event } = context;
    /** By Job. */
    const rosters = new Map<string, Roster>();
    const backoffs = new Map<string, BackoffRecord>();
    const completed = new Map<string, { readonly text: string; readonly of: number; readonly intervals: Intervals }>();
    /** Second halves of looks that stopped after writing the status. */
    const unfinished = new Map<string, () => void>();
    /** How often in a row the server has refused the status. By Job. */
    const refusals = new Map<string, number>();
    const claims = createClaims(store, (job) => enqueueAfter(keyOf(job), batchPeriod));
    const manager = createManager(context);

    function rosterOf(uid: string): Roster {
      let roster = rosters.get(uid);
      if (!roster) {
        roster = createRoster();
        rosters.set(uid, roster);
      }
      return roster;
    }

    function podOf(uid: string): Pod | undefined {
      const found = store.byUid(uid);
      return found?.kind === "Pod" ? found : undefined;
    }

    const stamp = () => wholeSeconds(now(), start);

    /** The completed indexes of the status; with fewer completions those beyond them do not count any more. */
    function completedIndexes({ uid, spec, status }: Job): Intervals {
      const text = status.completedIndexes;
      const of = spec.completions ?? 0;
      const known = completed.get(uid);
      return known?.text === text && known.of === of ? known.intervals : parseIndexes(text, of);
    }

    function look(job: Job): Look {
      return lookAt({
        job,
        roster: rosterOf(job.uid),
        record: backoffs.get(job.uid) ?? noFailures,
        completedIndexes: completedIndexes(job),
        now: now(),
        start,
      });
    }

    /** Notes that the Job is suspended, or was resumed. */
    function noteSuspension(look: Look): void {
      const { job } = look;
      const current = look.conditions.find((one) => one.type === "Suspended");
      if (job.spec.suspend) {
        // Up to 1.35 a Job keeps its start time until it is resumed.
        if (since(target, "1.36")) look.startTime = null;
        if (current?.status === "True") return;
        setCondition(look, "Suspended", "True", "JobSuspended", "Job suspended");
        event(job, "Normal", "Suspended", "Job suspended");
      } else if (current?.status === "True") {
        setCondition(look, "Suspended", "False", "JobResumed", "Job resumed");
        look.startTime = stamp();
        event(job, "Normal", "Resumed", "Job resumed");
        const deadline = job.spec.activeDeadlineSeconds;
        if (deadline !== undefined) enqueueAfter(keyOf(job), deadline * 1000);
      }
    }

    function setCondition(look: Look, type: string, status: "True" | "False", reason: string, message: string): void {
      look.conditions = withCondition(look.conditions, conditionAt(stamp(), type, status, reason, message));
    }

    /** The API server takes no status with more ready than active pods, nor an end of what has never started. */
    function write(job: Job, status: JobStatus): boolean {
      if (status.ready > status.active) {
        const before = refusals.get(job.uid) ?? 0;
        refusals.set(job.uid, before + 1);
        enqueueAfter(keyOf(job), retryAfter(before));
        return false;
      }
      refusals.delete(job.uid);
      const ends = status.conditions.some(({ type }) => type === "Complete" || type === "Failed");
      if (ends && status.startTime === null) return false;
      if (!semanticEqual(status, job.status)) store.update(job, { status });
      return true;
    }

    /** After the status is written: pods lose their finalizers, the uncounted are counted, and the Job may end. */
    function settle({ job, outcome, terminating }: Look, { release, more }: Tracking): void {
      for (const pod of release) removeFinalizer(store, pod, trackingFinalizer);
      let status = counted(job.status, release);
      const waiting = status.uncountedSucceeded.length + status.uncountedFailed.length;
      const ends = outcome !== null && !more && waiting === 0 && terminating === 0;
      if (ends) {
        const type = outcome.type === "SuccessCriteriaMet" ? "Complete" : "Failed";
        const last = conditionAt(stamp(), type, "True", outcome.reason, outcome.message);
        status = {
          ...status,
          conditions: withCondition(status.conditions, last),
          ...(type === "Complete" ? { completionTime: stamp() } : {}),
        };
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

    /** Lets the Job go on, or notes that nothing is left to do. */
    function proceed(found: Look): void {
      const { job } = found;
      if (job.deleted === null) manager.manage(found);
      const { completions } = job.spec;
      const enough = completions === undefined ? found.succeeded > 0 : found.succeeded >= completions;
      if (enough && found.activeCount === 0) {
        const message = "Reached expected number of succeeded pods";
        found.outcome = { type: "SuccessCriteriaMet", reason: "CompletionsReached", message };
      } else if (job.deleted === null) noteSuspension(found);
    }

    function syncJob(job: Job): void {
      if (isJobFinished(job.status)) {
        backoffs.delete(job.uid);
        return;
      }
      claims.claim(job);
      const found = look(job);
      const deadline = deadlineIn(job, now(), start);
      if (!found.outcome && deadline !== Number.POSITIVE_INFINITY) enqueueAfter(keyOf(job), deadline);
      if (found.outcome) manager.stop(found);
      else proceed(found);
      const { outcome } = found;
      if (outcome && outcome.type !== "Failed" && !jobCondition(job.status, outcome.type)) {
        setCondition(found, outcome.type, "True", outcome.reason, outcome.message);
      }
      const tracking = track(found, podOf);
      const text = tracking.status.completedIndexes;
      if (text !== "") {
        const of = job.spec.completions ?? 0;
        completed.set(job.uid, { text, of, intervals: tracking.completedIndexes });
      }
      const before = job.status;
      if (!write(job, tracking.status)) return;
      if (job.status !== before) backoffs.set(job.uid, found.record);
      if (tracking.release.length === 0 && !outcome) return;
      unfinished.set(keyOf(job), () => settle(found, tracking));
      enqueue(keyOf(job));
    }

    function forget(pod: Pod): void {
      for (const owner of pod.owners) rosters.get(owner.uid)?.remove(pod);
    }

    /** Whether somebody will still take the finalizer of the pod away: a Job that runs, or another controller's Job. */
    function isCaredFor(pod: Pod): boolean {
      const owner = controllerOf(pod);
      const job = owner && store.byUid(owner.uid);
      if (owner?.kind !== "Job" || job?.kind !== "Job") return owner !== undefined && owner.kind !== "Job";
      return isManagedElsewhere(job) || !isJobFinished(job.status);
    }

    return {
      kinds: ["Job", "Pod"],
      podOwner: "Job",
      podFields: relevant,
      observe(change) {
        const { object } = change;
        if (object.kind === "Job") {
          if (change.type === "deleted") {
            for (const pod of rosters.get(object.uid)?.all(false) ?? [])
              if (isTracked(pod)) enqueue(`orphan/${pod.uid}`);
            rosters.delete(object.uid);
            backoffs.delete(object.uid);
            refusals.delete(object.uid);
            manager.forget(object.uid);
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
        for (const one of before ?? []) rosters.get(one.uid)?.remove(object);
        const owner = controllerOf(object);
        if (!owner && isTracked(object) && change.type !== "deleted") enqueue(`orphan/${object.uid}`);
        if (owner?.kind !== "Job") return;
        if (change.type === "deleted") forget(object);
        else if (change.type === "added" || before) rosterOf(owner.uid).add(object);
        else if (isPodTerminal(object) && !isTracked(object)) forget(object);
        else rosters.get(owner.uid)?.change(object);
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
          const pod = podOf(key.slice("orphan/".length));
          if (pod && !isCaredFor(pod)) removeFinalizer(store, pod, trackingFinalizer);
          return;
        }
        const job = store.get("Job", ...splitKey(key));
        if (job && !isManagedElsewhere(job)) syncJob(job);
      },
    };
  },
};
