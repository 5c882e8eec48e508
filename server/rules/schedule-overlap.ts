import { asObject, numberAt, stringAt } from "../../simulator/api/json.ts";
import type { Json } from "../../simulator/api/objects.ts";
import { parseSchedule } from "../../simulator/api/schedule/grammar.ts";
import { nextRuns } from "../../simulator/api/schedule/next.ts";
import type { Schedule } from "../../simulator/api/schedule/schedule.ts";
import { defaultStart, defaultTimings } from "../../simulator/scenario/defaults.ts";
import { valueAt } from "../service/parse.ts";
import { cronText } from "./examples.ts";
import { advice, type RunRule } from "./rule.ts";
import { jobEnd, jobOf, seconds } from "./run.ts";

const parallel = "parallelism: 1, completions: 5, ";

/** A CronJob whose every run is still going when the next one is due. */
export const scheduleOverlap: RunRule = {
  looks: "run",
  codes: ["schedule-overlap"],
  examples: {
    "schedule-overlap": {
      bad: cronText('  schedule: "* * * * *"\n  concurrencyPolicy: Replace\n', parallel),
      good: cronText('  schedule: "*/10 * * * *"\n  concurrencyPolicy: Replace\n', parallel),
    },
  },
  check({ kind, name, object, target }) {
    if (kind !== "CronJob" || object === null || name === "") return [];
    const spec = asObject(object.spec as Json | undefined);
    const parsed = parseSchedule(stringAt(spec, "schedule"));
    if (parsed.schedule === undefined || spec["suspend"] === true) return [];
    const { runs, skipsSome } = runsWithJobs(parsed.schedule, stringAt(spec, "timeZone") || null);
    const gap = runs.slice(1).reduce((most, run, index) => Math.max(most, run - (runs[index] ?? run)), 0);
    const found = jobOf(object, target);
    if (found === null || gap === 0) return [];
    const job = asObject(valueAt(found.job, ["spec"]) as Json | undefined);
    const pods = Math.ceil((numberAt(job, "completions") ?? 1) / Math.max(1, numberAt(job, "parallelism") ?? 1));
    const work = Number(defaultTimings.work);
    // Starting a pod for the first time takes under ten seconds more than its work.
    if (gap > pods * (work + 10_000)) return [];
    const end = jobEnd(found.job, target);
    if (end === null || end.time <= gap) return [];
    const policy = stringAt(spec, "concurrencyPolicy") || "Allow";
    // The second Job is due while the first one goes on.
    const moment = (runs[1] ?? defaultStart) - defaultStart;
    const params = { needed: seconds(end.time), gap: seconds(gap), work: work / 1000, policy, skipsSome, moment };
    return [advice("schedule-overlap", "information", ["spec", "schedule"], params)];
  },
};

const minute = 60_000;
const looked = 30;

/** The next runs for which there are Jobs: their names count minutes, so a second run of a minute makes none. */
function runsWithJobs(schedule: Schedule, timeZone: string | null) {
  const inMinute = schedule.kind === "interval" ? Math.max(1, Math.ceil(60 / schedule.seconds)) : 1;
  const due = nextRuns(schedule, timeZone, defaultStart, looked * inMinute);
  const nameOf = (run: number | undefined) => (run === undefined ? null : Math.floor(run / minute));
  const runs = due.filter((run, index) => nameOf(run) !== nameOf(due[index - 1]));
  return { runs, skipsSome: runs.length < due.length };
}
