/** Rounds of a run, what they have in common, and in what chance makes them differ. */
import type { TraceEntry } from "../trace.ts";
import { type Named, type Pattern, patternOf } from "./pattern.ts";

/** Among how many equally good nodes one was chosen, and which. */
export interface Choice {
  readonly bound: number;
  readonly result: number;
}

/** How an object that a round makes is named: a Job after its time, a pod after its Job (by its place among `made`). */
export type Made = { readonly kind: "Job" } | { readonly kind: "Pod"; readonly job: number; readonly infix: string };

/** One round as it was, from a quiet moment to the next. */
export interface Round {
  readonly entries: readonly TraceEntry[];
  /** When the CronJob was looked at. */
  readonly begin: number;
  /** Who was there and what was made, oldest first. */
  readonly cast: readonly Named[];
  readonly made: readonly Made[];
  /** Who of the cast is there in the end. */
  readonly left: readonly number[];
}

/** Rounds with the same choices. */
export interface Way {
  readonly round: Round;
  /** When its entries are written, in milliseconds after its beginning. */
  readonly times: readonly number[];
  /** Null until a second round has confirmed it. */
  readonly pattern: Pattern | null;
}
interface Fork {
  readonly bound: number;
  readonly ways: (Rounds | undefined)[];
}

/** The rounds that were seen, by what was chosen in them: first choice, second choice … */
export type Rounds = Fork | Way;

/** `rounds` with one more; `choices` are those that were made in it from number `depth` on. */
export function withRound(rounds: Rounds | undefined, round: Round, choices: readonly Choice[], depth = 0): Rounds {
  const choice = choices[depth];
  if (choice) {
    const fork =
      rounds && "ways" in rounds && rounds.bound === choice.bound ? rounds : { bound: choice.bound, ways: [] };
    fork.ways[choice.result] = withRound(fork.ways[choice.result], round, choices, depth + 1);
    return fork;
  }
  if (!rounds || "ways" in rounds) return wayWith(round, null);
  return rounds.pattern ? rounds : wayWith(round, commonPattern(rounds.round, round));
}

function wayWith(round: Round, pattern: Pattern | null): Way {
  return { round, pattern, times: round.entries.map(({ time }) => time - round.begin) };
}

/** The pattern of the first round, if the second follows it. */
function commonPattern(one: Round, other: Round): Pattern | null {
  const pattern = patternOf(one.entries, one.cast, one.begin);
  const written: TraceEntry[] = [];
  pattern.write(other.cast, other.begin, (entry) => written.push(entry));
  const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  const follows = isSame([one.made, one.left], [other.made, other.left]) && isSame(written, other.entries);
  return follows ? pattern : null;
}

/** Whether every choice that can be made has been seen and confirmed. */
export function isComplete(rounds: Rounds | undefined): boolean {
  if (!rounds) return false;
  if (!("ways" in rounds)) return rounds.pattern !== null;
  for (let i = 0; i < rounds.bound; i++) if (!isComplete(rounds.ways[i])) return false;
  return true;
}

/** The fewest entries that a round has. */
export function leastSize(rounds: Rounds): number {
  if (!("ways" in rounds)) return rounds.round.entries.length;
  return Math.min(...rounds.ways.map((way) => leastSize(way!)));
}

/** The way that is taken when `choose` chooses; of complete rounds only. */
export function wayOf(rounds: Rounds, choose: (bound: number) => number): Way {
  let way = rounds;
  while ("ways" in way) way = way.ways[choose(way.bound)]!;
  return way;
}
