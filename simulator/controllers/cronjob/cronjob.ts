/** Starts Jobs on schedule and forgets old ones. Models pkg/controller/cronjob/cronjob_controllerv2.go. */
import { type ControllerContext, type ControllerFactory, keyOf, splitKey } from "../../cluster/controller.ts";
import { deleteObject } from "../../cluster/deletion.ts";
import { type CronJob, controllerOf, type Job, wholeSeconds } from "../../cluster/objects.ts";
import { type ChildJob, type CronJobView, decideCronJob, timetableOf } from "./decide.ts";
import { jobsBeyondHistory } from "./history.ts";
import { jobFromTemplate } from "./job-template.ts";
import { requeueAfter } from "./missed.ts";

export const cronJobController: ControllerFactory = {
  name: "cronjob",
  create(context) {
    const { store, enqueue } = context;
    /** Set while the controller writes a status itself: it has just looked, and need not look again for that. */
    let writing = false;

    return {
      kinds: ["CronJob", "Job"],
      observe(change) {
        const { object } = change;
        if (object.kind === "Job") {
          const owner = controllerOf(object);
          if (owner?.kind === "CronJob") enqueue(`${object.namespace}/${owner.name}`);
        } else if (object.kind === "CronJob" && change.type !== "deleted" && !writing) {
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
        const status = act(context, cronJob);
        writing = true;
        if (status) store.update(cronJob, { status });
        writing = false;
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

/** One look at a CronJob. Returns the new status, if it changes. */
function act(context: ControllerContext, cronJob: CronJob): CronJob["status"] | undefined {
  const { store, event, now, start } = context;
  const jobs: Job[] = [];
  for (const one of store.owned(cronJob.uid)) {
    if (one.kind === "Job" && controllerOf(one)?.uid === cronJob.uid) jobs.push(one);
  }
  const children = jobs.map((job) => childOf(job, start));

  function remove(one: { readonly uid: string }): void {
    const job = jobs.find((candidate) => candidate.uid === one.uid);
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
  const isTaken = (name: string) => {
    const job = store.get("Job", cronJob.namespace, name);
    return job !== undefined && controllerOf(job)?.uid !== cronJob.uid;
  };
  const decision = decideCronJob(view, children, start + now(), isTaken);
  for (const one of decision.events) event(cronJob, one.level, one.reason, one.message);
  for (const one of decision.replaced) remove(one);
  active = decision.active;
  if (decision.create) {
    const { name, timestamp } = decision.create;
    const job = store.create(jobFromTemplate(cronJob, name, timestamp));
    event(cronJob, "Normal", "SuccessfulCreate", `Created job ${name}`);
    active = [...active, { name, uid: job.uid }];
  }
  if (decision.requeueAfter !== null) context.enqueueAfter(keyOf(cronJob), decision.requeueAfter);
  if (!decision.updateStatus && old.length === 0) return undefined;
  return {
    active,
    lastScheduleTime: relative(decision.lastScheduleTime, start),
    lastSuccessfulTime: relative(decision.lastSuccessfulTime, start),
  };
}

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
  const { conditions, completionTime, startTime } = job.status;
  const has = (type: string) => conditions.some((one) => one.type === type && one.status === "True");
  return {
    name: job.name,
    uid: job.uid,
    state: has("Complete") ? "complete" : has("Failed") ? "failed" : "active",
    completionTime: absolute(completionTime, start),
    startTime: absolute(startTime, start),
  };
}
