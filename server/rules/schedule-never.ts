import { asObject, stringAt } from "../../simulator/api/json.ts";
import type { Json } from "../../simulator/api/objects.ts";
import { parseSchedule } from "../../simulator/api/schedule/grammar.ts";
import { nextFiring } from "../../simulator/api/schedule/next.ts";
import { cronText } from "./examples.ts";
import { advice, type ObjectRule } from "./rule.ts";

/** The server accepts `0 0 30 2 *`; the controller finds no such day and never runs anything. */
export const scheduleNever: ObjectRule = {
  looks: "object",
  codes: ["schedule-never"],
  examples: {
    "schedule-never": {
      bad: cronText('  schedule: "0 0 30 2 *"\n'),
      good: cronText('  schedule: "0 0 28 2 *"\n'),
    },
  },
  check({ kind, object }, { now }) {
    if (kind !== "CronJob" || object === null) return [];
    const spec = asObject(object.spec as Json | undefined);
    const parsed = parseSchedule(stringAt(spec, "schedule"));
    if (parsed.schedule === undefined) return [];
    const next = nextFiring(parsed.schedule, stringAt(spec, "timeZone") || null, now);
    return next === null ? [advice("schedule-never", "warning", ["spec", "schedule"])] : [];
  },
};
