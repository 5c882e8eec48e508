/** The next firings of a schedule in a zone. */
import { parseSchedule } from "../../../simulator/api/schedule/grammar.ts";
import { nextRuns } from "../../../simulator/api/schedule/next.ts";
import { formatInZone, zoneOf } from "../../../simulator/api/schedule/zones.ts";
import { tableSuite } from "../suite.ts";

interface In {
  readonly schedule: string;
  readonly timeZone: string | null;
  readonly from: string;
}

export const suite = tableSuite<In, unknown>("cron-next", ({ schedule, timeZone, from }) => {
  const parsed = parseSchedule(schedule).schedule;
  if (!parsed) return null;
  const runs = nextRuns(parsed, timeZone, Date.parse(from), 5);
  return {
    next: runs.map((run) => formatInZone(run, zoneOf(null))),
    local: runs.map((run) => formatInZone(run, zoneOf(timeZone))),
    exhausted: runs.length < 5,
  };
});
