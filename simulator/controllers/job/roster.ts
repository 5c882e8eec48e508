/**
 * The pods of one Job that still matter: all but those that have ended and been counted. They are sorted out as they change, so
 * that a look goes only through those that are ending, however many run.
 */
import { isPodActive, type Pod } from "../../cluster/objects.ts";
import { countedRestarts } from "./counting.ts";
import { createIndexBag, type IndexBag } from "./index-bag.ts";
import { completionIndex, isTerminating, unknownIndex } from "./pods.ts";

export interface Roster {
  add(pod: Pod): void;
  /** Takes note of what has become of a pod; does nothing for one that is not on the roster. */
  change(pod: Pod): void;
  remove(pod: Pod): void;
  has(pod: Pod): boolean;
  /** All pods: of an indexed Job by index and then by age, else in the order in which they were added. */
  all(indexed: boolean): readonly Pod[];
  /** Those that are neither ended nor being deleted, in the same order. */
  active(indexed: boolean): readonly Pod[];
  /** The others: ended, or being deleted. */
  leaving(indexed: boolean): readonly Pod[];
  readonly counts: Counts;
  /** The indexes of the active pods. */
  readonly busy: IndexBag;
}

export interface Counts {
  readonly active: number;
  /** Active and ready. */
  readonly ready: number;
  /** Being deleted and not ended. */
  readonly terminating: number;
  /** Active pods without an index that can be read. */
  readonly unindexed: number;
  /** Of the containers of pods that have not ended. */
  readonly restarts: number;
}

interface Member {
  readonly pod: Pod;
  /** Goes up from one that was added to the next. */
  readonly turn: number;
  standing: Standing;
}

/** What a pod counts as. */
interface Standing {
  readonly active: boolean;
  readonly ready: boolean;
  readonly terminating: boolean;
  readonly index: number;
  readonly restarts: number;
}

function standingOf(pod: Pod): Standing {
  const active = isPodActive(pod);
  let restarts = 0;
  for (const one of pod.containers) restarts += one.restartCount;
  return {
    active,
    ready: active && pod.ready,
    terminating: isTerminating(pod),
    index: completionIndex(pod),
    restarts: countedRestarts({ phase: pod.phase, restarts }),
  };
}

/** An empty roster. */
export function createRoster(): Roster {
  const members = new Map<Pod, Member>();
  const leaving = new Set<Member>();
  const busy = createIndexBag();
  const counts = { active: 0, ready: 0, terminating: 0, unindexed: 0, restarts: 0 };
  let turns = 0;

  function count({ active, ready, terminating, restarts }: Standing, by: 1 | -1): void {
    if (active) counts.active += by;
    if (ready) counts.ready += by;
    if (terminating) counts.terminating += by;
    counts.restarts += by * restarts;
  }

  function enter(member: Member): void {
    const { active, index } = member.standing;
    if (!active) leaving.add(member);
    else if (index === unknownIndex) counts.unindexed++;
    else busy.add(index);
  }

  function leave(member: Member): void {
    const { active, index } = member.standing;
    if (!active) leaving.delete(member);
    else if (index === unknownIndex) counts.unindexed--;
    else busy.remove(index);
  }

  return {
    counts,
    busy,
    add(pod) {
      const member = { pod, turn: ++turns, standing: standingOf(pod) };
      members.set(pod, member);
      count(member.standing, 1);
      enter(member);
    },
    change(pod) {
      const member = members.get(pod);
      if (!member) return;
      const { standing: before } = member;
      const after = standingOf(pod);
      const moves = before.active !== after.active || before.index !== after.index;
      if (moves) leave(member);
      count(before, -1);
      count(after, 1);
      member.standing = after;
      if (moves) enter(member);
    },
    remove(pod) {
      const member = members.get(pod);
      if (!member) return;
      leave(member);
      count(member.standing, -1);
      members.delete(pod);
    },
    has: (pod) => members.has(pod),
    all: (indexed) => inOrder([...members.values()], indexed),
    active: (indexed) =>
      inOrder(
        [...members.values()].filter(({ standing }) => standing.active),
        indexed,
      ),
    leaving: (indexed) => inOrder([...leaving], indexed),
  };
}

function inOrder(members: Member[], indexed: boolean): readonly Pod[] {
  const order = indexed
    ? (a: Member, b: Member) => a.standing.index - b.standing.index || a.pod.sequence - b.pod.sequence
    : (a: Member, b: Member) => a.turn - b.turn;
  return members.sort(order).map(({ pod }) => pod);
}
