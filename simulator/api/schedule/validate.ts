/** What the API server says about `spec.schedule` and `spec.timeZone`. Models pkg/apis/batch/validation/validation.go. */
import { scheduleErrorText } from "./error-text.ts";
import { parseSchedule } from "./grammar.ts";
import type { Place, ScheduleError } from "./schedule.ts";
import { isZoneName } from "./zone-names.ts";

/** One finding about a schedule; `code` names the rule, `text` is the server's detail (empty for `required`). */
interface ScheduleProblem {
  readonly code: "required" | "tz-in-schedule" | "tz-twice" | ScheduleError["code"];
  readonly text: string;
  readonly error?: ScheduleError;
  /** The field of the schedule that is wrong, where one can be named. */
  readonly where?: Place;
}

/**
 * The findings about a schedule, in the server's order; none when it is accepted. An old object may keep the `TZ` in its
 * schedule (`allowZone`), but then not have a `timeZone` too.
 */
export function validateSchedule(
  schedule: string,
  { allowZone = false, hasTimeZone = false }: { readonly allowZone?: boolean; readonly hasTimeZone?: boolean } = {},
): readonly ScheduleProblem[] {
  if (schedule === "") return [{ code: "required", text: "" }];
  const problems: ScheduleProblem[] = [];
  const { error } = parseSchedule(schedule);
  if (error) {
    const base = { code: error.code, text: scheduleErrorText(error), error };
    problems.push("where" in error ? { ...base, where: error.where } : base);
  }
  // The server looks for the two letters anywhere in the text.
  if (schedule.includes("TZ")) {
    if (!allowZone) {
      const text = "cannot use TZ or CRON_TZ in schedule, use timeZone field instead";
      problems.push({ code: "tz-in-schedule", text });
    } else if (hasTimeZone) {
      problems.push({ code: "tz-twice", text: "cannot use both timeZone field and TZ or CRON_TZ in schedule" });
    }
  }
  return problems;
}

interface TimeZoneProblem {
  readonly code: "timezone-empty" | "timezone-local" | "timezone-unknown";
  readonly text: string;
}

/** The findings about a `timeZone` that is given, in the server's order; none when it is accepted. */
export function validateTimeZone(name: string): readonly TimeZoneProblem[] {
  if (name === "") return [{ code: "timezone-empty", text: "timeZone must be nil or non-empty string" }];
  const problems: TimeZoneProblem[] = [];
  if (name.toLowerCase() === "local") {
    const text = "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones";
    problems.push({ code: "timezone-local", text });
  }
  // Go itself knows "Local" (whatever case check came before), so only its exact spelling is a known zone.
  if (name !== "Local" && !isZoneName(name))
    problems.push({ code: "timezone-unknown", text: `unknown time zone ${name}` });
  return problems;
}
