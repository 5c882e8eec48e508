/**
 * Slots by class, a small number that says how good a slot is. Slots next to each other make blocks that count theirs, so
 * that going through hundreds of slots for every pod is going through the few classes of some blocks.
 */

const block = 32;

export interface SlotClasses {
  /** The class of each slot, -1 for none. */
  readonly of: Int32Array;
  /** Per block the classes in it, from its first slot on and as many as `different` says, and the slots of each. */
  readonly kinds: Int32Array;
  readonly counts: Int32Array;
  readonly different: Int32Array;
}

/** How many slots of each class a look met, and which classes those are. */
export interface ClassTally {
  /** By class; longer as soon as a class is met that it has no room for. */
  members: Int32Array;
  readonly met: Int32Array;
  kinds: number;
  /** Slots with a class, and slots at all. */
  found: number;
  looked: number;
}

/** No slot has a class yet. */
export function createSlotClasses(size: number): SlotClasses {
  const blocks = Math.ceil(size / block);
  return {
    of: new Int32Array(size).fill(-1),
    kinds: new Int32Array(blocks * block),
    counts: new Int32Array(blocks * block),
    different: new Int32Array(blocks),
  };
}

/** Room for looks at so many slots, at first with classes below `classes`. */
export function createClassTally(size: number, classes: number): ClassTally {
  return { members: new Int32Array(classes), met: new Int32Array(size), kinds: 0, found: 0, looked: 0 };
}

/** Gives a slot another class. */
export function setClass({ of, kinds, counts, different }: SlotClasses, slot: number, kind: number): void {
  const before = of[slot]!;
  if (before === kind) return;
  of[slot] = kind;
  const number = Math.trunc(slot / block);
  const begin = number * block;
  let end = begin + different[number]!;
  if (before >= 0) {
    let at = begin;
    while (kinds[at] !== before) at++;
    counts[at]!--;
    if (counts[at] === 0) {
      end--;
      kinds[at] = kinds[end]!;
      counts[at] = counts[end]!;
    }
  }
  if (kind >= 0) {
    let at = begin;
    while (at < end && kinds[at] !== kind) at++;
    if (at === end) {
      kinds[end] = kind;
      counts[end++] = 0;
    }
    counts[at]!++;
  }
  different[number] = end - begin;
}

function makeRoom(tally: ClassTally, kind: number): void {
  const longer = new Int32Array(2 * (kind + 1));
  longer.set(tally.members);
  tally.members = longer;
}

function meet(tally: ClassTally, kind: number, count: number): void {
  if (kind >= tally.members.length) makeRoom(tally, kind);
  if (tally.members[kind] === 0) tally.met[tally.kinds++] = kind;
  tally.members[kind]! += count;
  tally.found += count;
}

/** Counts the first `enough` slots that have a class, going round from `first` on. */
export function tallyClasses(classes: SlotClasses, first: number, enough: number, tally: ClassTally): void {
  const { of, kinds, counts, different } = classes;
  const size = of.length;
  for (let i = 0; i < tally.kinds; i++) tally.members[tally.met[i]!] = 0;
  tally.kinds = 0;
  tally.found = 0;
  tally.looked = 0;
  let slot = first;
  while (tally.looked < size && tally.found < enough) {
    let length = Math.min(block, size - slot);
    if (slot % block === 0 && length <= size - tally.looked && length <= enough - tally.found) {
      const end = slot + different[slot / block]!;
      for (let at = slot; at < end; at++) meet(tally, kinds[at]!, counts[at]!);
    } else {
      length = 1;
      if (of[slot]! >= 0) meet(tally, of[slot]!, 1);
    }
    tally.looked += length;
    slot += length;
    if (slot === size) slot = 0;
  }
}

function counted({ members }: ClassTally, kind: number): boolean {
  return kind >= 0 && kind < members.length && members[kind]! > 0;
}

function countedInBlock({ kinds, counts, different }: SlotClasses, tally: ClassTally, begin: number): number {
  let sum = 0;
  const end = begin + different[begin / block]!;
  for (let at = begin; at < end; at++) if (counted(tally, kinds[at]!)) sum += counts[at]!;
  return sum;
}

/** The slot that `before` slots are met before, going round from `first` on; only classes count that have members in the tally. */
export function nthSlot(classes: SlotClasses, tally: ClassTally, first: number, before: number): number {
  const { of } = classes;
  const size = of.length;
  let left = before;
  let slot = first;
  for (;;) {
    const whole = slot % block === 0 ? countedInBlock(classes, tally, slot) : Number.POSITIVE_INFINITY;
    if (whole <= left) {
      left -= whole;
      slot += Math.min(block, size - slot);
    } else {
      if (counted(tally, of[slot]!) && left-- === 0) return slot;
      slot++;
    }
    if (slot === size) slot = 0;
  }
}
