/**
 * Runs of a CronJob that are all alike are worked out a few times and from then on only written down. Between two runs
 * there are moments at which the cluster waits for the next one and for nothing else. If a run leaves everything as it found
 * it but for names, UIDs and times, the next one can differ in one thing alone: in which nodes, among equally good ones,
 * chance chooses for its pods. When everything that chance can choose has been seen, the rest of the scenario is known.
 * Chance is asked as ever, so the trace is the same, to the byte, as without this.
 */
import { nextFiring } from "../api/schedule/next.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { splitKey } from "../cluster/controller.ts";
import { endLength } from "../cluster/names.ts";
import { type CronJob, controllerOf } from "../cluster/objects.ts";
import type { Change } from "../cluster/store.ts";
import { timetableOf } from "../controllers/cronjob/decide.ts";
import { jobNameFor, nextScheduleDelta } from "../controllers/cronjob/missed.ts";
import { createRandom, type Random } from "../engine/random.ts";
import { enoughNodes } from "../nodes/scheduler/placement.ts";
import type { Scenario } from "../scenario/scenario.ts";
import type { TraceEntry } from "../trace.ts";
import type { Named } from "./pattern.ts";
import { type Member, type Quiet, quietAt } from "./quiet.ts";
import { createRest, type Rest } from "./rest.ts";
import { type Choice, isComplete, leastSize, type Made, type Round, type Rounds, withRound } from "./rounds.ts";

interface Repetition {
  /** The stream of chance that is called so. */
  random(name: string): Random;
  onChange(change: Change): void;
  /**
   * To be asked between two instants when no step is left. Gives the rest of the run once it is known; null before. `room` is
   * how many entries may still be written.
   */
  look(cluster: Cluster, entries: Written, room: number): Rest | null;
  /** Something was done that was not to come: what was seen so far, and the rest that was given, say nothing any more. */
  disturb(): void;
}

/** What has been written of the run so far. */
export interface Written {
  readonly length: number;
  slice(from: number): readonly TraceEntry[];
}

/** A round that is going on. */
interface Watch {
  readonly before: Quiet;
  readonly firstEntry: number;
  /** How much each stream had been asked before. */
  readonly drawn: ReadonlyMap<string, number>;
  readonly choices: Choice[];
  readonly made: Member[];
  /** Something changed that is none of the CronJob's business, or too much did. */
  strange: boolean;
}

/** Quiet moments after which no more repetition is to be expected. */
const patience = 3000;
/** More objects than this are not followed. */
const mostObjects = 300;
/** Jobs are named after the minute. */
const minute = 60_000;

/** An observer of a run of the scenario; null where it can be told beforehand that nothing repeats. */
export function createRepetition({ seed, start, horizon, timings, behaviours = [] }: Scenario): Repetition | null {
  // What the first pulls of an image do need not be what later ones do.
  if (behaviours.some(({ does }) => does.image?.attempts)) return null;
  if (Object.values(timings).some((one) => typeof one !== "number")) return null;

  const streams = new Map<string, Random>();
  let watch: Watch | null = null;
  /** What the rounds that were seen found and left. */
  let text = "";
  let rounds: Rounds | undefined;
  let moments = 0;
  let hopeless = false;

  /** The instant for which the Job of the next look is. */
  const scheduledFor = ({ next }: Quiet) => start + next - nextScheduleDelta;

  function isFamily({ type, object }: Change, { before, made }: Watch): boolean {
    if (object.kind === "CronJob") return type === "modified" && object === before.cronJob;
    const owner = controllerOf(object)?.uid;
    if (object.kind === "Job") return owner === before.cronJob.uid;
    const isOwner = (one: Named) => one.uid === owner;
    return object.kind === "Pod" && (before.cast.some(isOwner) || made.some(isOwner));
  }

  /** Whether chance was asked for the UIDs and names of what was made, for nodes, and for nothing else. */
  function isExplained({ made, choices, drawn }: Watch): boolean {
    const pods = made.filter((one) => one.kind === "Pod").length;
    const used = new Map([
      ["uid", made.length],
      ["job", endLength * pods],
      ["scheduler", choices.length],
    ]);
    return [...streams].every(([name, one]) => one.drawn() - drawn.get(name)! === (used.get(name) ?? 0));
  }

  /** The round that ends, if it left everything as it was found and ran one Job. */
  function endedRound(watch: Watch, after: Quiet, entries: Written): Round | null {
    const { before, strange, made } = watch;
    if (strange || before.text !== after.text || (after.next - before.next) % minute !== 0) return null;
    const namings = made.map((one) => namingOf(one, made));
    const jobs = made.filter((one) => one.kind === "Job");
    const expected = jobNameFor(before.cronJob.name, scheduledFor(before));
    if (jobs.length !== 1 || jobs[0]!.name !== expected) return null;
    if (namings.includes(null) || !isExplained(watch)) return null;
    const cast = [...before.cast, ...made];
    return {
      entries: entries.slice(watch.firstEntry),
      begin: before.next,
      cast: cast.map(({ name, uid }) => ({ name, uid })),
      made: namings as Made[],
      left: after.cast.map((one) => cast.indexOf(one)),
    };
  }

  /** How things stand if the cluster waits for its CronJob alone. */
  function quietMoment(cluster: Cluster): Quiet | null {
    const lone = cluster.loneLook();
    if (lone?.controller !== "cronjob") return null;
    const cronJob = cluster.store.get("CronJob", ...splitKey(lone.key));
    return cronJob ? quietAt(cluster.store, cronJob, lone.time) : null;
  }

  function learn(round: Round, found: string, choices: readonly Choice[]): Rounds {
    if (text !== found) rounds = undefined;
    text = found;
    rounds = withRound(rounds, round, choices);
    return rounds;
  }

  /** The rest of the run if all rounds that can come are known. */
  function restAfter(cluster: Cluster, ended: Watch, quiet: Quiet, known: Rounds, room: number): Rest | null {
    const nodes = cluster.store.count("Node");
    // Where the scheduler looks at some of the nodes only, it begins where it ended the last time.
    if (enoughNodes(nodes) < nodes || !isComplete(known)) return null;
    const gap = quiet.next - ended.before.next;
    const most = Math.ceil(room / leastSize(known));
    if (!isEven(quiet.cronJob, scheduledFor(quiet), gap, start + horizon, most)) {
      hopeless = true;
      return null;
    }
    const last = ended.made.at(-1)!.sequence;
    // The rest draws on its own: should it not come to be, the run goes on from here.
    const stream = (name: string) => streams.get(name)!.fork();
    return createRest({ quiet, gap, rounds: known, start, last, horizon, room, stream });
  }

  return {
    random(name) {
      let stream = streams.get(name);
      if (!stream) {
        stream = createRandom(seed, name);
        if (name === "scheduler")
          stream = noting(stream, (choice) => watch?.strange === false && watch.choices.push(choice));
        streams.set(name, stream);
      }
      return stream;
    },
    onChange(change) {
      if (!watch || watch.strange) return;
      if (!isFamily(change, watch) || watch.made.length > mostObjects) watch.strange = true;
      else if (change.type === "added") watch.made.push(change.object as Member);
    },
    look(cluster, entries, room) {
      const quiet = hopeless || cluster.store.count("CronJob") === 0 ? null : quietMoment(cluster);
      if (!quiet) return null;
      const ended = watch;
      const round = ended && endedRound(ended, quiet, entries);
      const rest = round && restAfter(cluster, ended, quiet, learn(round, quiet.text, ended.choices), room);
      if (rest) return rest;
      hopeless ||= ++moments > patience || quiet.cast.length > mostObjects;
      const drawn = new Map([...streams].map(([name, stream]) => [name, stream.drawn()]));
      watch = hopeless
        ? null
        : { before: quiet, firstEntry: entries.length, drawn, choices: [], made: [], strange: false };
      return null;
    },
    disturb() {
      watch = null;
      rounds = undefined;
      moments = 0;
      hopeless = false;
    },
  };
}

function noting(random: Random, note: (choice: Choice) => void): Random {
  return {
    ...random,
    below(bound) {
      const result = random.below(bound);
      note({ bound, result });
      return result;
    },
  };
}

function namingOf(object: Member, made: readonly Member[]): Made | null {
  if (object.kind === "Job") return { kind: "Job" };
  const owner = controllerOf(object)?.uid;
  const job = made.findIndex((one) => one.uid === owner);
  const base = object.name.slice(0, -endLength);
  const parent = made[job]?.name;
  return parent !== undefined && base.startsWith(parent)
    ? { kind: "Pod", job, infix: base.slice(parent.length) }
    : null;
}

/**
 * Whether the CronJob is due at `first` and every `gap` ms from then on, until `end` is passed or `most` times. Instants in
 * milliseconds since 1970.
 */
function isEven({ name, spec }: CronJob, first: number, gap: number, end: number, most: number): boolean {
  const timetable = timetableOf({ schedule: spec.schedule, timeZone: spec.timeZone ?? null });
  if ("reason" in timetable) return false;
  const last = first + Math.min(most, Math.ceil((end - first) / gap)) * gap;
  for (let at = first; at <= last; at += gap) {
    if (nextFiring(timetable.schedule, timetable.zone, at - gap) !== at) return false;
  }
  // Longer names could be too long.
  return jobNameFor(name, first).length === jobNameFor(name, last).length;
}
