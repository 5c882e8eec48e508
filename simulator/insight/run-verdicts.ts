/** Is it safe? Of what runs to its end: Jobs, and the runs of a CronJob. */
import type { CronRuns, Outcome } from "./cron-runs.ts";
import type { JobRun } from "./job-run.ts";
import type { Verdict } from "./verdict.ts";

/** The verdict on a Job. */
export function jobVerdict(run: JobRun): Verdict {
  const { completions, indexed, succeeded, failed } = run;
  if (run.failure)
    return {
      code: "job-failed",
      tone: "unsafe",
      reason: run.failure.reason,
      time: run.failure.time,
      failed,
      done: succeeded,
      completions,
      indexed,
    };
  if (run.takes !== null)
    return {
      code: "job-done",
      tone: "safe",
      time: run.takes,
      completions,
      indexed,
      failed,
      left: run.deadline === null ? null : run.deadline - run.takes,
    };
  if (run.unfinished?.code === "suspended") return { code: "nothing-runs", tone: "caution", cause: "suspended" };
  return {
    code: "job-runs",
    tone: "caution",
    done: succeeded,
    completions,
    indexed,
    reason: run.unfinished ?? { code: "still-running", params: {} },
  };
}

/** The verdict on a CronJob: all of its runs fail: unsafe; some are skipped, late or fail: caution. */
export function cronVerdict(runs: CronRuns): Verdict {
  if (runs.suspended) return { code: "nothing-runs", tone: "caution", cause: "suspended" };
  const count = (outcome: Outcome) => runs.runs.filter((run) => run.outcome === outcome).length;
  const failed = count("failed");
  const skipped = count("skipped");
  const late = runs.runs.filter((run) => run.late > 0).length;
  const ended = failed + count("succeeded");
  const tone =
    failed > 0 && failed === ended ? "unsafe" : failed + skipped + late > 0 || runs.next === null ? "caution" : "safe";
  return { code: "cron", tone, next: runs.next, runs: runs.runs.length, skipped, late, failed };
}
