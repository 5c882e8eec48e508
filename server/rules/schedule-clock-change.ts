import { asObject, stringAt } from "../../simulator/api/json.ts";
import type { Json } from "../../simulator/api/objects.ts";
import { parseSchedule } from "../../simulator/api/schedule/grammar.ts";
import { nextFiring } from "../../simulator/api/schedule/next.ts";
import { clockChanges } from "../../simulator/api/schedule/overlap.ts";
import { zoneOf } from "../../simulator/api/schedule/zones.ts";
import { cronText } from "./examples.ts";
import { advice, type RunRule } from "./rule.ts";

const year = 366 * 86_400_000;
const at = ["spec", "schedule"];

/** A daily time that a change of clocks lets happen twice, or not at all. Schedules of every hour are left alone. */
export const scheduleClockChange: RunRule = {
  looks: "run",
  codes: ["schedule-twice", "schedule-skipped"],
  examples: {
    "schedule-twice": {
      bad: cronText('  schedule: "30 1 * * *"\n  timeZone: America/New_York\n'),
      good: cronText('  schedule: "30 4 * * *"\n  timeZone: America/New_York\n'),
    },
    "schedule-skipped": {
      bad: cronText('  schedule: "30 2 * * *"\n  timeZone: America/New_York\n'),
      good: cronText('  schedule: "30 4 * * *"\n  timeZone: America/New_York\n'),
    },
  },
  check({ kind, object }, { now }) {
    if (kind !== "CronJob" || object === null) return [];
    const spec = asObject(object.spec as Json | undefined);
    const timeZone = stringAt(spec, "timeZone");
    const { schedule } = parseSchedule(stringAt(spec, "schedule"));
    if (timeZone === "" || schedule?.kind !== "calendar" || schedule.hour.values.length === 24) return [];
    const zone = zoneOf(timeZone);
    const wall = (instant: number) => new Date(instant + zone.offsetAt(instant)).toISOString();
    for (const { at: change, shift, repeated } of clockChanges(schedule, timeZone, now, now + year)) {
      const times = repeated.map(wall);
      const twice = times.find((time, index) => times.indexOf(time) < index);
      if (twice !== undefined) {
        const params = { date: twice.slice(0, 10), time: twice.slice(11, 16), timeZone };
        return [advice("schedule-twice", "information", at, params)];
      }
      if (shift <= 0) continue;
      // The local times that the clocks jump over, read as if there were no jump.
      const from = change + zone.offsetAt(change) - shift;
      const lost = nextFiring(schedule, "UTC", from - 1);
      // A run right at the end of the jump may stand for the one that is lost.
      if (lost === null || lost >= from + shift || nextFiring(schedule, timeZone, change - 1) === change) continue;
      const local = new Date(lost).toISOString();
      const params = { date: local.slice(0, 10), time: local.slice(11, 16), timeZone };
      return [advice("schedule-skipped", "information", at, params)];
    }
    return [];
  },
};
