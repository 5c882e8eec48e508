/** When a CronJob runs. */

import { isTrue, stringAt } from "../../../simulator/api/json.ts";
import type { Json } from "../../../simulator/api/objects.ts";
import { parseSchedule } from "../../../simulator/api/schedule/grammar.ts";
import { nextRuns } from "../../../simulator/api/schedule/next.ts";
import type { Subject } from "../subject.ts";

/** The next runs, in milliseconds since 1970, and the zone in which its times are meant; null where it has no schedule. */
export function runsOf(
  { kind, object }: Subject,
  now: number,
  count: number,
): { readonly zone: string; readonly runs: readonly number[]; readonly suspended: boolean } | null {
  if (kind !== "CronJob") return null;
  const spec = object?.spec as Readonly<Record<string, Json>> | undefined;
  const parsed = parseSchedule(stringAt(spec, "schedule"));
  if (parsed.schedule === undefined) return null;
  const zone = stringAt(spec, "timeZone") || "UTC";
  return { zone, runs: nextRuns(parsed.schedule, zone, now, count), suspended: isTrue(spec, "suspend") };
}
