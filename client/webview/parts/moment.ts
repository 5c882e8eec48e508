/** Times of the run in words: for a CronJob those of its clock, for all else how long it takes until then. */
import { zoneOf } from "../../../simulator/api/schedule/zones.ts";
import { clock, clockMark, duration } from "../messages/words.ts";
import { clockZone, trace } from "../state/model.ts";
import { timeTicks } from "../time-axis.ts";

const start = (): number => trace.value?.scenario.start ?? 0;

/** `Wed, Jan 7, 02:00 UTC` or `3 min 20 s` for milliseconds since the start. */
export function moment(time: number): string {
  const zone = clockZone.value;
  return zone === null ? duration(time) : clock(start() + time, zone);
}

/** The marks of the time axis from 0 to `end`, at most `most`, with their words. */
export function marks(end: number, most: number): readonly { readonly time: number; readonly text: string }[] {
  const zone = clockZone.value;
  if (zone === null) return timeTicks(end, most).times.map((time) => ({ time, text: duration(time) }));
  const { step, times } = timeTicks(end, most, start() + zoneOf(zone).offsetAt(start()));
  return times.map((time) => ({ time, text: clockMark(start() + time, zone, step) }));
}
