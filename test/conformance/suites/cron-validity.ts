/** Which schedules and time zones the API server accepts, and why not. */
import { validateSchedule, validateTimeZone } from "../../../simulator/api/schedule/validate.ts";
import { tableSuite } from "../suite.ts";

interface In {
  readonly schedule: string;
  readonly timeZone: string | null;
}

// The table names the server's cause by its text; quoted values are Go's `%q`, which is JSON for these texts.
function cause(field: string, value: string, problem: { readonly code: string; readonly text: string }): unknown {
  if (problem.code === "required") {
    return { field, reason: "FieldValueRequired", message: "Required value", class: "required" };
  }
  const message = `Invalid value: ${JSON.stringify(value)}: ${problem.text}`;
  return { field, reason: "FieldValueInvalid", message, class: problem.code };
}

export const suite = tableSuite<In, unknown>("cron-validity", ({ schedule, timeZone }) => {
  const errors = [
    ...validateSchedule(schedule).map((problem) => cause("spec.schedule", schedule, problem)),
    ...(timeZone === null ? [] : validateTimeZone(timeZone)).map((problem) =>
      cause("spec.timeZone", timeZone ?? "", problem),
    ),
  ];
  return { accepted: errors.length === 0, errors };
});
