/** The runs of a CronJob as a calendar shows them: when each was due, when it ran, and what became of it. Instants since 1970. */
import type { CronJobSpec } from "../api/objects.ts";
import { parseSchedule } from "../api/schedule/grammar.ts";
import { nextRuns } from "../api/schedule/next.ts";
import type { Trace } from "../trace.ts";
import type { WorkloadName } from "../view.ts";

export type Outcome =
  | "succeeded"
  | "failed"
  /** Still running where the run ends. */
  | "running"
  /** Ended by the next one (Replace). */
  | "replaced"
  /** Never began, because another one ran (Forbid) or its deadline had passed. */
  | "skipped"
  /** Not reached by the simulation. */
  | "planned";

export interface CronRun {
  readonly due: number;
  /** When its Job was created; null when it never was. */
  readonly started: number | null;
  readonly ended: number | null;
  readonly outcome: Outcome;
  /** Milliseconds after it was due; 0 when it began at once. */
  readonly late: number;
  /** Its Job; empty without one. */
  readonly job: string;
  /** `BackoffLimitExceeded` and the like; empty unless it failed. */
  readonly reason: string;
  /** The Job object was deleted at this time to keep the history short; null while it is there. */
  readonly deleted: number | null;
}

export interface CronRuns {
  /** All that are due from the beginning until `until`, in order. */
  readonly runs: readonly CronRun[];
  /** The first one due after the beginning; null when there is none. */
  readonly next: number | null;
  readonly suspended: boolean;
}

/** A run that starts within this time after it was due is on time: the controller needs a moment. */
const punctual = 5_000;

interface MutableRun {
  started: number;
  ended: number | null;
  outcome: Outcome;
  reason: string;
  deleted: number | null;
}

/** So many are told even if they are due later. */
const least = 10;

/** The runs due within `length` milliseconds from the start of the scenario, at most `most`. */
export function cronRunsOf(
  trace: Trace,
  workload: WorkloadName,
  spec: CronJobSpec,
  length: number,
  most = 5_000,
): CronRuns {
  const parsed = parseSchedule(spec.schedule);
  const { start } = trace.scenario;
  if ("error" in parsed) return { runs: [], next: null, suspended: false };
  const due = nextRuns(parsed.schedule, spec.timeZone ?? null, start, most);
  const jobs = jobsOf(trace, workload);
  const played = start + trace.scenario.horizon;
  const runs = due
    .filter((instant, index) => instant <= start + length || index < least)
    .map((instant): CronRun => {
      const name = `${workload.name}-${Math.floor(instant / 60_000)}`;
      const job = jobs.get(name);
      if (!job) {
        const outcome = instant > played ? "planned" : "skipped";
        return { due: instant, started: null, ended: null, outcome, late: 0, job: "", reason: "", deleted: null };
      }
      const started = start + job.started;
      const late = started - instant > punctual ? started - instant : 0;
      const at = (time: number | null) => (time === null ? null : start + time);
      return {
        due: instant,
        started,
        ended: at(job.ended),
        outcome: job.outcome,
        late,
        job: name,
        reason: job.reason,
        deleted: at(job.deleted),
      };
    });
  return { runs, next: due[0] ?? null, suspended: spec.suspend === true };
}

function jobsOf(trace: Trace, { name, namespace }: WorkloadName): ReadonlyMap<string, MutableRun> {
  const found = new Map<string, MutableRun>();
  for (const entry of trace.entries) {
    if (entry.type !== "object" || entry.kind !== "Job" || entry.namespace !== namespace) continue;
    let run = found.get(entry.name);
    if (entry.state === null) {
      if (!run) continue;
      run.deleted = entry.time;
      if (run.ended === null) Object.assign(run, { ended: entry.time, outcome: "replaced" });
      continue;
    }
    if (entry.state.owner !== `CronJob/${name}`) continue;
    if (!run) {
      run = { started: entry.time, ended: null, outcome: "running", reason: "", deleted: null };
      found.set(entry.name, run);
    }
    if (run.ended !== null) continue;
    const is = (type: string) => entry.state?.conditions.find(([one, status]) => one === type && status === "True");
    const failed = is("Failed");
    if (failed) Object.assign(run, { ended: entry.time, outcome: "failed", reason: failed[2] });
    else if (is("Complete")) Object.assign(run, { ended: entry.time, outcome: "succeeded" });
  }
  return found;
}
