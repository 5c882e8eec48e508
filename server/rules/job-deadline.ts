import { asObject, numberAt } from "../../simulator/api/json.ts";
import type { Json } from "../../simulator/api/objects.ts";
import { defaultScenario } from "../../simulator/scenario/defaults.ts";
import { valueAt } from "../service/parse.ts";
import { jobText } from "./examples.ts";
import { advice, type RunRule } from "./rule.ts";
import { isPastDeadline, jobEnd, jobOf, momentOf, seconds } from "./run.ts";

/** A Job that is ended before its pods, one after the other, can have done their work. */
export const jobDeadline: RunRule = {
  looks: "run",
  codes: ["job-past-deadline"],
  examples: {
    "job-past-deadline": {
      bad: jobText("  completions: 10\n  parallelism: 2\n  activeDeadlineSeconds: 60\n"),
      good: jobText("  completions: 10\n  parallelism: 2\n  activeDeadlineSeconds: 600\n"),
    },
  },
  check({ kind, name, object, target }) {
    if ((kind !== "Job" && kind !== "CronJob") || object === null || name === "") return [];
    const found = jobOf(object, target);
    if (found === null) return [];
    const { activeDeadlineSeconds, ...spec } = asObject(valueAt(found.job, ["spec"]) as Json | undefined);
    if (typeof activeDeadlineSeconds !== "number") return [];
    const pods = Math.ceil((numberAt(spec, "completions") ?? 1) / Math.max(1, numberAt(spec, "parallelism") ?? 1));
    const { timings } = defaultScenario([found.job]);
    const work = Number(timings.work) / 1000;
    // Starting a pod for the first time takes under ten seconds more than its work.
    if (activeDeadlineSeconds > pods * (work + 10)) return [];
    if (jobEnd(found.job, target)?.pastDeadline !== true) return [];
    const whole = jobEnd({ ...found.job, spec } as unknown as typeof found.job, target, timings);
    if (whole === null) return [];
    const params = {
      deadline: activeDeadlineSeconds,
      needed: seconds(whole.time),
      work,
      moment: momentOf(object, target, isPastDeadline),
    };
    return [advice("job-past-deadline", "information", [...found.path, "activeDeadlineSeconds"], params)];
  },
};
