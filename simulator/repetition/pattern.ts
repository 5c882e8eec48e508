/**
 * What a round of a repeating run writes, with room for what differs from round to round: the names and UIDs of the Jobs and
 * pods that it speaks of, and times.
 */
import type { CronJobState, JobState, ObjectEntry, PodState, States, TraceEntry } from "../trace.ts";

export interface Named {
  readonly name: string;
  readonly uid: string;
}

/** Finds the names and UIDs of `cast` in texts. */
interface Tokens {
  /** The text with each of them replaced by what `mark` makes of the place of its object in the cast. */
  replace(text: string, mark: (index: number, field: keyof Named) => string): string;
  /** The text in pieces: what stands as it is, and the names and UIDs in it. */
  split(text: string): readonly (string | Token)[];
}
interface Token {
  readonly index: number;
  readonly field: keyof Named;
}

/** Fields of objects that hold times of the run. */
export const timeFields: ReadonlySet<string> = new Set([
  "created",
  "deleted",
  "startTime",
  "completionTime",
  "lastScheduleTime",
  "lastSuccessfulTime",
  "lastUpdateTime",
  "lastTransitionTime",
  "readyTime",
  "startedAt",
  "finishedAt",
]);

/** The longest that fits is taken: the name of a Job is also the beginning of those of its pods. */
export function tokensOf(cast: readonly Named[]): Tokens {
  const tokens = new Map<string, Token>();
  for (const [index, { name, uid }] of cast.entries()) {
    tokens.set(name, { index, field: "name" });
    tokens.set(uid, { index, field: "uid" });
  }
  const longestFirst = [...tokens.keys()].sort((a, b) => b.length - a.length);
  // Names and UIDs consist of letters, digits, dots and dashes.
  const any = new RegExp(`(${longestFirst.map((one) => one.replaceAll(".", "\\.")).join("|") || "(?!)"})`, "g");
  return {
    replace: (text, mark) =>
      text.replace(any, (found) => {
        const { index, field } = tokens.get(found)!;
        return mark(index, field);
      }),
    split: (text) => text.split(any).flatMap((piece) => (piece === "" ? [] : (tokens.get(piece) ?? piece))),
  };
}

export interface Pattern {
  /** Adds the entries of the round that begins at `begin` and has this cast. */
  write(cast: readonly Named[], begin: number, add: (entry: TraceEntry) => void): void;
}

/** A text or a list of names, for a cast. */
type Filling = (cast: readonly Named[]) => unknown;
/** An entry or a state, given what was filled in and how many milliseconds later it is. */
type Line<T> = (filled: readonly unknown[], later: number) => T;
type State = States[keyof States] | null;

/**
 * The pattern of a round that wrote `entries`, had this cast and began at `begin`. Entries are made by literals, field by
 * field: there are very many, and copies of objects would cost several times as much.
 */
export function patternOf(entries: readonly TraceEntry[], cast: readonly Named[], begin: number): Pattern {
  const tokens = tokensOf(cast);
  const fillings: Filling[] = [];
  const slots = new Map<string, number>();

  function textFilling(text: string): Filling {
    const pieces = tokens.split(text);
    const [only] = pieces;
    if (pieces.length === 1 && typeof only === "object") return (cast) => cast[only.index]![only.field];
    return (cast) => {
      let filled = "";
      for (const piece of pieces) filled += typeof piece === "string" ? piece : cast[piece.index]![piece.field];
      return filled;
    };
  }

  /** Where it is among what is filled in. What occurs several times in a round is put together once. */
  function slotOf(value: string | readonly string[]): number {
    const key = JSON.stringify(value);
    let slot = slots.get(key);
    if (slot === undefined) {
      const parts = typeof value === "string" ? [] : value.map(textFilling);
      slot = fillings.length;
      fillings.push(typeof value === "string" ? textFilling(value) : (cast) => parts.map((part) => part(cast)));
      slots.set(key, slot);
    }
    return slot;
  }

  function stateLine(entry: ObjectEntry): Line<State> {
    const { state } = entry;
    if (state === null) return () => null;
    switch (entry.kind) {
      case "Pod":
        return podLine(entry.state!);
      case "Job":
        return jobLine(entry.state!);
      case "CronJob":
        return cronJobLine(entry.state!);
      default:
        return () => state;
    }
  }

  function podLine(state: PodState): Line<State> {
    const owner = slotOf(state.owner);
    if (state.index !== undefined || state.message !== undefined)
      return (filled) => ({ ...state, owner: filled[owner] as string });
    return (filled) => ({
      phase: state.phase,
      status: state.status,
      ready: state.ready,
      readyContainers: state.readyContainers,
      containers: state.containers,
      terminating: state.terminating,
      restarts: state.restarts,
      node: state.node,
      owner: filled[owner] as string,
      revision: state.revision,
      cpu: state.cpu,
      memory: state.memory,
    });
  }

  function jobLine(state: JobState): Line<State> {
    return (_, later) => ({
      owner: state.owner,
      parallelism: state.parallelism,
      completions: state.completions,
      suspended: state.suspended,
      active: state.active,
      ready: state.ready,
      succeeded: state.succeeded,
      failed: state.failed,
      completedIndexes: state.completedIndexes,
      failedIndexes: state.failedIndexes,
      startTime: moved(state.startTime, later),
      completionTime: moved(state.completionTime, later),
      conditions: state.conditions,
    });
  }

  function cronJobLine(state: CronJobState): Line<State> {
    const active = slotOf(state.active);
    return (filled, later) => ({
      suspended: state.suspended,
      schedule: state.schedule,
      timeZone: state.timeZone,
      active: filled[active] as string[],
      lastScheduleTime: moved(state.lastScheduleTime, later),
      lastSuccessfulTime: moved(state.lastSuccessfulTime, later),
    });
  }

  function lineOf(entry: TraceEntry): Line<unknown> {
    const { type, time } = entry;
    if (type === "step" || type === "output") return () => entry;
    if (type === "event") {
      const { level, reason } = entry;
      const [object, message] = [slotOf(entry.object), slotOf(entry.message)];
      return (filled, later) => ({
        type,
        time: time + later,
        object: filled[object],
        level,
        reason,
        message: filled[message],
      });
    }
    const { kind, namespace } = entry;
    const [name, uid] = [slotOf(entry.name), slotOf(entry.uid)];
    const state = stateLine(entry);
    return (filled, later) => ({
      type,
      time: time + later,
      kind,
      namespace,
      name: filled[name],
      uid: filled[uid],
      state: state(filled, later),
    });
  }

  const lines = entries.map((entry) => lineOf(entry) as Line<TraceEntry>);
  return {
    write(cast, at, add) {
      const filled = fillings.map((filling) => filling(cast));
      for (const line of lines) add(line(filled, at - begin));
    },
  };
}

function moved(time: number | null, later: number): number | null {
  return time === null ? null : time + later;
}
