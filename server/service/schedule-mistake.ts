/** A problem of a schedule, with the words of the schedule that are wrong instead of what Go says of them. */
import type { Problem } from "../../simulator/api/problem.ts";
import { parseSchedule } from "../../simulator/api/schedule/grammar.ts";
import type { ScheduleError } from "../../simulator/api/schedule/schedule.ts";

/** Adds the part of the schedule that is wrong and the bound that it breaks. */
export function withMistake(problem: Problem): Problem {
  const { error } = parseSchedule(String(problem.params["value"]));
  if (error === undefined || problem.code !== `schedule-${error.code}`) return problem;
  return { ...problem, params: { ...problem.params, ...mistake(error) } };
}

function mistake(error: ScheduleError): Problem["params"] {
  switch (error.code) {
    case "bad-number":
      return { part: error.text, tooLarge: error.outOfRange };
    case "negative":
      return { part: error.text };
    case "below-minimum":
    case "above-maximum":
      return { part: error.value, bound: error.bound };
    case "range-reversed":
    case "step-zero":
    case "too-many-hyphens":
    case "too-many-slashes":
      return { part: error.item };
    default:
      return {};
  }
}
