/** Starts Jobs on schedule and forgets old ones. Models pkg/controller/cronjob/cronjob_controllerv2.go. */
import { type ControllerContext, type ControllerFactory, keyOf, splitKey } from "../../cluster/controller.ts";
import { deleteObject } from "../../cluster/deletion.ts";
import {
  type CronJob,
  controllerOf,
  isJobFinished,
  type Job,
  jobCondition,
  wholeSeconds,
} from "../../cluster/objects.ts";
import type { Change } from "../../cluster/store.ts";
import { retryDelay } from "../retries.ts";
import { type ChildJob, type CronJobView, decideCronJob, timetableOf } from "./decide.ts";
import { jobsBeyondHistory } from "./history.ts";
import { jobFromTemplate } from "./job-template.ts";
import { nextScheduleDelta, requeueAfter } from "./missed.ts";

export const cronJobController: ControllerFactory = {
  name: "cronjob",
  create(context) {
    const { store, enqueue, now } = context;
    /** Set while the controller acts itself: it has just looked, and need not look again for that. */
    let acting = false;
    /** By UID: until when (milliseconds since the start) a look finds nothing to do unless a Job comes, goes or ends. */
    /** Looks in a row in which the server refused a Job. By CronJob. */
    const failures = new Map<string, number>();
    const quietUntil = new Map<string, number>();

    /** A Job that only made progress changes nothing for its CronJob, nor does one that had ended and goes. */
    function isIdle(change: Change, job: Job, owner: string): boolean {
      if (change.type === "added") return acting;
      if (now() >= (quietUntil.get(owner) ?? 0)) return false;
      if (change.type === "deleted") return isJobFinished(job.status);
      const { previous } = change as { readonly previous: Partial<Job> };
      if (Object.keys(previous).length > 1 || !previous.status) return false;
      return isJobFinished(previous.status) === isJobFinished(job.status);
    }

    return {
      kinds: ["CronJob", "Job"],
      observe(change) {
        const { object } = change;
        if (object.kind === "Job") {
          const owner = controllerOf(object);
          if (owner?.kind === "CronJob" && !isIdle(change, object, owner.uid)) {
            enqueue(`${object.namespace}/${owner.name}`);
          }
        } else if (object.kind === "CronJob" && change.type === "deleted") quietUntil.delete(object.uid);
        else if (object.kind === "CronJob" && change.type !== "deleted" && !acting) {
          quietUntil.delete(object.uid);
          const before = change.type === "modified" ? (change.previous as Partial<CronJob>).spec : undefined;
          const { spec } = object;
          if (before && (before.schedule !== spec.schedule || before.timeZone !== spec.timeZone)) {
            rescheduled(context, object);
          } else enqueue(keyOf(object));
        }
      },
      sync(key) {
        const cronJob = store.get("CronJob", ...splitKey(key));
        if (!cronJob) return;
        acting = true;
        const { status, quiet, started, refused } = act(context, cronJob);
        const before = failures.get(cronJob.uid) ?? 0;
        if (!refused) failures.delete(cronJob.uid);
        else {
          failures.set(cronJob.uid, before + 1);
          context.enqueueAfter(key, retryDelay(before));
        }
        if (status) store.update(cronJob, { status });
        acting = false;
        if (quiet !== null) quietUntil.set(cronJob.uid, quiet);
        else {
          quietUntil.delete(cronJob.uid);
          if (started) enqueue(key);
        }
      },
    };
  },
};

/** A changed schedule only moves the next look: what the new schedule has missed counts then. */
function rescheduled(context: ControllerContext, cronJob: CronJob): void {
  const view = viewOf(context, cronJob);
  const timetable = timetableOf(view);
  if ("reason" in timetable) {
    context.event(cronJob, timetable.level, timetable.reason, timetable.message);
    return;
  }
  const clock = { ...view, now: context.start + context.now() };
  context.enqueueAfter(keyOf(cronJob), requeueAfter(timetable, clock));
}

interface Look {
  /** The new status, if it changes. */
  readonly status: CronJob["status"] | undefined;
  /** Until when there is nothing to do; null when that cannot be said. */
  readonly quiet: number | null;
  /** A run was entered into the status. */
  readonly started: boolean;
  /** The server did not take the Job. */
  readonly refused?: true;
}

/** One look at a CronJob. */
function act(context: ControllerContext, cronJob: CronJob): Look {
  const { store, event, now, start } = context;
  const jobs: Job[] = [];
  for (const one of store.owned(cronJob.uid)) {
    if (one.kind === "Job" && controllerOf(one)?.uid === cronJob.uid) jobs.push(one);
  }
  const children = jobs.map((job) => childOf(job, start));

  function remove({ name }: { readonly name: string }): void {
    const job = store.get("Job", cronJob.namespace, name);
    if (job) deleteObject(store, job, now());
  }

  const { successfulJobsHistoryLimit, failedJobsHistoryLimit } = cronJob.spec;
  const old = jobsBeyondHistory(children, successfulJobsHistoryLimit ?? null, failedJobsHistoryLimit ?? null);
  let { active } = cronJob.status;
  for (const job of old) {
    remove(job);
    active = active.filter((one) => one.uid !== job.uid);
    event(cronJob, "Normal", "SuccessfulDelete", `Deleted job ${job.name}`);
  }

  const view = { ...viewOf(context, cronJob), active };
  const holderOf = (name: string) => {
    const job = store.get("Job", cronJob.namespace, name);
    return job && { uid: job.uid, owned: controllerOf(job)?.uid === cronJob.uid };
  };
  const decision = decideCronJob(view, children, start + now(), holderOf);
  for (const one of decision.events) event(cronJob, one.level, one.reason, one.message);
  for (const one of decision.replaced) remove(one);
  active = decision.active;
  if (decision.create) {
    const { name, timestamp } = decision.create;
    const job = context.create(jobFromTemplate(cronJob, name, timestamp));
    if (typeof job === "string") {
      event(cronJob, "Warning", "FailedCreate", `Error creating job: ${job}`);
      return { status: undefined, quiet: null, started: false, refused: true };
    }
    event(cronJob, "Normal", "SuccessfulCreate", `Created job ${name}`);
    active = [...active, { name, uid: job.uid }];
  }
  if (decision.requeueAfter !== null) context.enqueueAfter(keyOf(cronJob), decision.requeueAfter);
  const started = decision.lastScheduleTime !== view.lastScheduleTime;
  // A Job that was there before may have ended long ago, and what is due of an interval with a deadline hangs on when one looks.
  const isCalm =
    started === (decision.create !== null) &&
    !(view.startingDeadlineSeconds !== null && isInterval(view)) &&
    jobs.every((job) => job.deleted === null) &&
    decision.events.every((one) => settled.has(one.reason));
  const quiet = isCalm && decision.requeueAfter !== null ? now() + decision.requeueAfter - nextScheduleDelta : null;
  if (!decision.updateStatus && old.length === 0) return { status: undefined, quiet, started };
  const status = {
    active,
    lastScheduleTime: relative(decision.lastScheduleTime, start),
    lastSuccessfulTime: relative(decision.lastSuccessfulTime, start),
  };
  return { status, quiet, started };
}

function isInterval(view: CronJobView): boolean {
  const timetable = timetableOf(view);
  return "schedule" in timetable && timetable.schedule.kind === "interval";
}

/** Events of what is done with; any other may come again at the next look. */
const settled: ReadonlySet<string> = new Set(["SawCompletedJob", "MissingJob"]);

function relative(instant: number | null, start: number): number | null {
  return instant === null ? null : instant - start;
}
function absolute(time: number | null, start: number): number | null {
  return time === null ? null : time + start;
}

function viewOf({ start }: ControllerContext, cronJob: CronJob): CronJobView {
  const { spec, status } = cronJob;
  return {
    name: cronJob.name,
    schedule: spec.schedule,
    timeZone: spec.timeZone ?? null,
    suspend: spec.suspend ?? false,
    concurrencyPolicy: spec.concurrencyPolicy ?? "Allow",
    startingDeadlineSeconds: spec.startingDeadlineSeconds ?? null,
    created: wholeSeconds(cronJob.created, start) + start,
    deleting: cronJob.deleted !== null,
    active: status.active,
    lastScheduleTime: absolute(status.lastScheduleTime, start),
    lastSuccessfulTime: absolute(status.lastSuccessfulTime, start),
  };
}

type Child = ChildJob & { readonly startTime: number | null };

/** What was told of a Job last; it holds as long as the Job keeps that status. */
const children = new WeakMap<Job, { readonly status: Job["status"]; readonly child: Child }>();

function childOf(job: Job, start: number): Child {
  const { status } = job;
  let known = children.get(job);
  if (known?.status !== status) {
    known = { status, child: readChild(job, start) };
    children.set(job, known);
  }
  return known.child;
}

function readChild(job: Job, start: number): Child {
  const { completionTime, startTime } = job.status;
  return {
    name: job.name,
    uid: job.uid,
    state: jobCondition(job.status, "Complete") ? "complete" : jobCondition(job.status, "Failed") ? "failed" : "active",
    completionTime: absolute(completionTime, start),
    startTime: absolute(startTime, start),
  };
}
