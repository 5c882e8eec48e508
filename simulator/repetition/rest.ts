/** What is left of a run that only repeats itself: counted as it goes on, written down when it is read. */
import { generateName } from "../cluster/names.ts";
import { newUid } from "../cluster/store.ts";
import { jobNameFor, nextScheduleDelta } from "../controllers/cronjob/missed.ts";
import type { Random } from "../engine/random.ts";
import type { Ending, TraceEntry } from "../trace.ts";
import type { Named } from "./pattern.ts";
import type { Quiet } from "./quiet.ts";
import { type Made, type Rounds, type Way, wayOf } from "./rounds.ts";

export interface Rest {
  /** Goes on by one round; gives why there is no more. */
  next(): Ending | null;
  /** How many entries it has so far. */
  size(): number;
  /** When the last of them was written; undefined as long as there is none. */
  end(): number | undefined;
  entries(): TraceEntry[];
}

interface RestOptions {
  /** How things stand. */
  readonly quiet: Quiet;
  /** From one round to the next. */
  readonly gap: number;
  /** All rounds that there can be. */
  readonly rounds: Rounds;
  /** Wall-clock instant of time 0. */
  readonly start: number;
  /** The sequence number of the object that was made last. */
  readonly last: number;
  readonly horizon: number;
  /** How many entries may be written. */
  readonly room: number;
  readonly stream: (name: string) => Random;
}

export function createRest({ quiet, gap, rounds, start, last, horizon, room, stream }: RestOptions): Rest {
  const ties = stream("scheduler");
  const names = stream("job");
  const uids = stream("uid");
  const ways: Way[] = [];
  /** What each round makes; names are drawn when they are read. */
  const made: Named[][] = [];
  let sequence = last;
  let size = 0;
  let end: number | undefined;

  const beginOf = (number: number) => quiet.next + number * gap;

  function make(kinds: readonly Made[], begin: number): Named[] {
    const objects: Named[] = [];
    for (const kind of kinds) {
      let name = jobNameFor(quiet.cronJob.name, start + begin - nextScheduleDelta);
      if (kind.kind === "Pod") {
        const base = objects[kind.job]!.name + kind.infix;
        do name = generateName(base, names);
        while (objects.some((one) => one.name === name));
      }
      objects.push({ name, uid: newUid(uids, ++sequence) });
    }
    return objects;
  }

  return {
    next() {
      const way = wayOf(rounds, ties.below);
      const begin = beginOf(ways.length);
      ways.push(way);
      for (const offset of way.times) {
        const time = begin + offset;
        if (time > horizon) return "horizon";
        if (size >= room && time !== end) return "budget";
        end = time;
        size++;
      }
      return null;
    },
    size: () => size,
    end: () => end,
    entries() {
      const entries: TraceEntry[] = [];
      let alive: readonly Named[] = quiet.cast;
      for (const [number, { round, pattern }] of ways.entries()) {
        const begin = beginOf(number);
        made[number] ??= make(round.made, begin);
        const cast = [...alive, ...made[number]];
        pattern!.write(cast, begin, (entry) => entries.push(entry));
        alive = round.left.map((index) => cast[index]!);
      }
      // The last round may have been cut short.
      entries.length = size;
      return entries;
    },
  };
}
