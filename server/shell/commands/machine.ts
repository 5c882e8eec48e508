/**
 * Patterns that could take for ever when tried one way after the other are followed all ways at once: so long as the text times the
 * pattern, and no longer. Models the virtual machine of Pike that RE2 and Go's regexp follow.
 */

/** Where a pattern was found, and what its groups hold. */
export interface Found {
  readonly index: number;
  readonly end: number;
  readonly groups: readonly string[];
}

type Instruction =
  | { readonly is: "one"; readonly fits: (character: string) => boolean }
  /** Goes on at either place; the first is preferred. */
  | { readonly is: "fork"; readonly to: readonly [number, number] }
  | { readonly is: "go"; readonly to: number }
  /** Notes where a group begins or ends. */
  | { readonly is: "note"; readonly slot: number }
  | { readonly is: "place"; readonly holds: (text: string, at: number) => boolean }
  | { readonly is: "end" };

type Program = readonly Instruction[];
type Piece =
  | { readonly is: "one" | "place"; readonly source: string }
  | { readonly is: "group"; readonly slot: number | null; readonly body: Piece }
  | { readonly is: "either" | "row"; readonly of: readonly Piece[] }
  | {
      readonly is: "times";
      readonly body: Piece;
      readonly least: number;
      readonly most: number;
      readonly lazy: boolean;
    };

/** Instructions of the longest program. */
const mostInstructions = 2000;
const deepest = 50;

class NotUnderstood extends Error {}

/** What finds a pattern in a text from a place on; undefined where the source is more than is understood here. */
export function machineOf(
  source: string,
  ignoreCase: boolean,
): ((text: string, from: number) => Found | null) | undefined {
  try {
    const { piece, groups } = read(source);
    const program: Instruction[] = [];
    write(piece, program, ignoreCase);
    program.push({ is: "end" });
    return (text, from) => find(program, groups, text, from);
  } catch (error) {
    if (error instanceof NotUnderstood) return undefined;
    throw error;
  }
}

function read(source: string): { readonly piece: Piece; readonly groups: number } {
  let at = 0;
  let groups = 0;
  let depth = 0;

  function either(): Piece {
    if (++depth > deepest) throw new NotUnderstood();
    const of = [row()];
    while (source[at] === "|") {
      at++;
      of.push(row());
    }
    depth--;
    return of.length === 1 ? of[0]! : { is: "either", of };
  }
  function row(): Piece {
    const of: Piece[] = [];
    while (at < source.length && source[at] !== "|" && source[at] !== ")") of.push(times(atom()));
    return { is: "row", of };
  }
  function times(body: Piece): Piece {
    const found = /^(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})(\??)/.exec(source.slice(at, at + 32));
    if (!found) return body;
    at += found[0].length;
    const [, sign, from, comma, to] = found;
    const least = sign === "+" ? 1 : sign ? 0 : Number(from);
    const most =
      sign === "?"
        ? 1
        : sign
          ? Number.POSITIVE_INFINITY
          : comma === undefined
            ? least
            : to === ""
              ? Number.POSITIVE_INFINITY
              : Number(to);
    return times({ is: "times", body, least, most, lazy: found[5] === "?" });
  }
  function atom(): Piece {
    const look = /^\(\?<?[!=]\[?\\w\]?\)/.exec(source.slice(at, at + 12))?.[0];
    if (look) {
      at += look.length;
      return { is: "place", source: look };
    }
    if (source[at] === "(") {
      const isPlain = source.startsWith("(?:", at);
      if (!isPlain && source[at + 1] === "?") throw new NotUnderstood();
      at += isPlain ? 3 : 1;
      const slot = isPlain ? null : ++groups;
      const body = either();
      if (source[at++] !== ")") throw new NotUnderstood();
      return { is: "group", slot, body };
    }
    const found = /^(?:\[(?:\\.|[^\]\\])*\]|\\.|[\s\S])/u.exec(source.slice(at))?.[0];
    if (found === undefined || /^\\[1-9]$/.test(found)) throw new NotUnderstood();
    at += found.length;
    return { is: /^(?:\^|\$|\\[bB])$/.test(found) ? "place" : "one", source: found };
  }
  const piece = either();
  if (at < source.length) throw new NotUnderstood();
  return { piece, groups };
}

function write(piece: Piece, program: Instruction[], ignoreCase: boolean): void {
  if (program.length > mostInstructions) throw new NotUnderstood();
  const inner = (one: Piece) => write(one, program, ignoreCase);
  const forkTo = (one: number, other: number, lazy: boolean): Instruction => ({
    is: "fork",
    to: lazy ? [other, one] : [one, other],
  });
  switch (piece.is) {
    case "one": {
      // Of a single character no expression takes long.
      const expression = new RegExp(`^${piece.source}$`, ignoreCase ? "i" : "");
      program.push({ is: "one", fits: (character) => expression.test(character) });
      return;
    }
    case "place": {
      const expression = new RegExp(piece.source, "y");
      const holds = (text: string, at: number) => {
        expression.lastIndex = at;
        return expression.test(text);
      };
      program.push({ is: "place", holds });
      return;
    }
    case "group":
      if (piece.slot !== null) program.push({ is: "note", slot: piece.slot * 2 });
      inner(piece.body);
      if (piece.slot !== null) program.push({ is: "note", slot: piece.slot * 2 + 1 });
      return;
    case "row":
      piece.of.forEach(inner);
      return;
    case "either": {
      const [first, ...rest] = piece.of;
      if (!first) return;
      if (rest.length === 0) {
        inner(first);
        return;
      }
      const fork = program.push({ is: "end" }) - 1;
      inner(first);
      const go = program.push({ is: "end" }) - 1;
      program[fork] = forkTo(fork + 1, program.length, false);
      inner({ is: "either", of: rest });
      program[go] = { is: "go", to: program.length };
      return;
    }
    case "times": {
      const { body, least, most, lazy } = piece;
      if (least > 1000 || (Number.isFinite(most) && most > 1000)) throw new NotUnderstood();
      for (let count = 0; count < least; count++) inner(body);
      if (most === Number.POSITIVE_INFINITY) {
        const fork = program.push({ is: "end" }) - 1;
        inner(body);
        program.push({ is: "go", to: fork });
        program[fork] = forkTo(fork + 1, program.length, lazy);
        return;
      }
      const forks: number[] = [];
      for (let count = least; count < most; count++) {
        forks.push(program.push({ is: "end" }) - 1);
        inner(body);
      }
      for (const fork of forks) program[fork] = forkTo(fork + 1, program.length, lazy);
    }
  }
}

interface Thread {
  readonly at: number;
  readonly notes: readonly (number | undefined)[];
}

function find(program: Program, groups: number, text: string, from: number): Found | null {
  let threads: Thread[] = [];
  let best: Thread["notes"] | null = null;
  for (let place = from; place <= text.length; place++) {
    const seen = new Set<number>();
    const now: Thread[] = [];
    for (const thread of threads) follow(program, thread, text, place, seen, now);
    // A find further left is preferred to all that begin later.
    if (best === null) follow(program, { at: 0, notes: [place] }, text, place, seen, now);
    const next: Thread[] = [];
    for (const { at, notes } of now) {
      const instruction = program[at]!;
      if (instruction.is === "end") {
        best = [notes[0], place, ...notes.slice(2)];
        // What is less preferred is given up.
        break;
      }
      if (instruction.is === "one" && place < text.length && instruction.fits(text.charAt(place))) {
        next.push({ at: at + 1, notes });
      }
    }
    threads = next;
    if (threads.length === 0 && best !== null) break;
  }
  if (best === null) return null;
  const notes = best;
  const groupTexts = Array.from({ length: groups }, (_, index) => {
    const [begin, end] = [notes[index * 2 + 2], notes[index * 2 + 3]];
    return begin === undefined || end === undefined ? "" : text.slice(begin, end);
  });
  return { index: notes[0] ?? 0, end: notes[1] ?? 0, groups: groupTexts };
}

/** Adds the places at which a character is due that a thread comes to without one, the most preferred first. */
function follow(
  program: Program,
  thread: Thread,
  text: string,
  place: number,
  seen: Set<number>,
  found: Thread[],
): void {
  const open: Thread[] = [thread];
  while (open.length > 0) {
    const one = open.pop()!;
    if (seen.has(one.at)) continue;
    seen.add(one.at);
    const instruction = program[one.at]!;
    if (instruction.is === "go") open.push({ ...one, at: instruction.to });
    else if (instruction.is === "fork") {
      open.push({ ...one, at: instruction.to[1] }, { ...one, at: instruction.to[0] });
    } else if (instruction.is === "note") {
      const notes = [...one.notes];
      notes[instruction.slot] = place;
      open.push({ at: one.at + 1, notes });
    } else if (instruction.is === "place") {
      if (instruction.holds(text, place)) open.push({ ...one, at: one.at + 1 });
    } else found.push(one);
  }
}
