/**
 * A moment at which a cluster waits for the next run of its CronJob and for nothing else: what the run will find, in a form
 * that is the same whenever it will find the same, whatever names, UIDs and times are now.
 */
import { type CronJob, controllerOf, isPodTerminal, type Job, type Pod } from "../cluster/objects.ts";
import type { Store } from "../cluster/store.ts";
import { scheduledTimestamp } from "../controllers/cronjob/job-template.ts";
import { timeFields, tokensOf } from "./pattern.ts";

export type Member = Job | Pod;

export interface Quiet {
  readonly cronJob: CronJob;
  /** When the CronJob is looked at next. */
  readonly next: number;
  /** Its Jobs and their pods, oldest first. */
  readonly cast: readonly Member[];
  /** All that the next run can make a difference of. Equal texts: the same to come. */
  readonly text: string;
}

const specs = new WeakMap<object, number>();
let numbered = 0;

/** Specs are never changed, only replaced: it is enough to know which one it is. */
function specNumber(spec: object): number {
  let number = specs.get(spec);
  if (number === undefined) {
    number = numbered++;
    specs.set(spec, number);
  }
  return number;
}

/** How things stand for a CronJob that will be looked at at `next`. */
export function quietAt(store: Store, cronJob: CronJob, next: number): Quiet {
  const cast: Member[] = [];
  for (const job of store.owned(cronJob.uid)) {
    if (job.kind !== "Job" || controllerOf(job)?.uid !== cronJob.uid) continue;
    cast.push(job, ...store.pods(job.uid).pods);
  }
  cast.sort((a, b) => a.sequence - b.sequence);
  const tokens = tokensOf(cast);

  function plain(this: unknown, field: string, value: unknown): unknown {
    if (typeof value === "number") return timeFields.has(field) ? value - next : value;
    if (typeof value === "string") return tokens.replace(value, (index, part) => `<${part} ${index}>`);
    if (field === "spec") return specNumber(value as object);
    return value;
  }

  /** Without what makes no difference: the age of a CronJob that has run, when a Job was due, where an ended pod ran. */
  function relevant(object: CronJob | Member): object {
    const { sequence: _, key: __, version: ___, ...rest } = object;
    switch (object.kind) {
      case "CronJob":
        return { ...rest, created: null };
      case "Job":
        return { ...rest, annotations: { ...object.annotations, [scheduledTimestamp]: "" } };
      case "Pod":
        return isPodTerminal(object) ? { ...rest, node: "" } : rest;
    }
  }

  return { cronJob, next, cast, text: JSON.stringify([cronJob, ...cast].map(relevant), plain) };
}
