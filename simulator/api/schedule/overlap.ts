/** Where the change of clocks touches a schedule: what a person should know before choosing a time. */
import { nextFiring } from "./next.ts";
import type { Schedule } from "./schedule.ts";
import { zoneOf } from "./zones.ts";

interface ClockChange {
  /** The instant of the change, milliseconds since 1970. */
  readonly at: number;
  /** Milliseconds by which clocks jump; negative when they go back. */
  readonly shift: number;
  /** Firings within the repeated stretch (clocks back): those of its first and of its second pass. */
  readonly repeated: readonly number[];
}

const watched = 1000;

/**
 * The clock changes of a zone after `from` and up to `to`, each with the firings that happen within the stretch of local
 * time that occurs twice. Forward jumps have none: a time inside them does not occur and is skipped that day.
 */
export function clockChanges(
  schedule: Schedule,
  zone: string | null,
  from: number,
  to: number,
): readonly ClockChange[] {
  return zoneOf(zone)
    .transitions(from, to)
    .map(({ at, before, after }) => {
      const shift = after - before;
      const repeated: number[] = [];
      if (shift < 0 && schedule.kind === "calendar") {
        let next = nextFiring(schedule, zone, at + shift - 1);
        while (next !== null && next < at - shift && repeated.length < watched) {
          repeated.push(next);
          next = nextFiring(schedule, zone, next);
        }
      }
      return { at, shift, repeated };
    });
}
