/** Offsets of time zones from UTC, on top of `Intl`, with the changes of a zone found once and remembered. */
import { pinned } from "./pinned-zones.ts";

const second = 1000;
const day = 86_400_000;
/** Zone changes are looked for in pieces of this length. */
const pieceLength = 128 * day;
/** No zone has had two changes closer together than this since 1970, so a piece is probed this often. */
const probeEvery = 4 * day;

interface Transition {
  /** The first instant of the new offset, milliseconds since 1970. */
  readonly at: number;
  /** Milliseconds that local time is ahead of UTC before and after. */
  readonly before: number;
  readonly after: number;
}

export interface Zone {
  readonly name: string;
  /** Milliseconds that local time is ahead of UTC at an instant (milliseconds since 1970). */
  offsetAt(instant: number): number;
  /** The changes of the offset after `from` and up to `to`, in order. */
  transitions(from: number, to: number): readonly Transition[];
}

const utc: Zone = { name: "UTC", offsetAt: () => 0, transitions: () => [] };
const zones = new Map<string, Zone>([
  ["", utc],
  ["UTC", utc],
]);

/**
 * The zone of an IANA name; null is the controller's own zone, taken to be UTC. A name that `Intl` does not know
 * behaves as UTC: whether a name may be used at all is for validation to say.
 */
export function zoneOf(name: string | null): Zone {
  const key = name ?? "UTC";
  let zone = zones.get(key);
  if (!zone) {
    zone = createZone(key);
    zones.set(key, zone);
  }
  return zone;
}

interface Piece {
  readonly startOffset: number;
  readonly transitions: readonly Transition[];
}

function createZone(name: string): Zone {
  const read = pinned(name, platformReader);
  if (!read) return { ...utc, name };
  const pieces = new Map<number, Piece>();
  // The stretch of constant offset that was asked for last; most questions fall into it again.
  let from = 0;
  let to = 0;
  let offset = 0;

  function pieceAt(index: number): Piece {
    let piece = pieces.get(index);
    if (!piece) {
      piece = findTransitions(read as Reader, index * pieceLength);
      pieces.set(index, piece);
    }
    return piece;
  }

  return {
    name,
    offsetAt(instant) {
      if (instant >= from && instant < to) return offset;
      const index = Math.floor(instant / pieceLength);
      const piece = pieceAt(index);
      from = index * pieceLength;
      to = from + pieceLength;
      offset = piece.startOffset;
      for (const transition of piece.transitions) {
        if (instant < transition.at) {
          to = transition.at;
          break;
        }
        from = transition.at;
        offset = transition.after;
      }
      return offset;
    },
    transitions(after, until) {
      const found: Transition[] = [];
      for (let index = Math.floor(after / pieceLength); index * pieceLength <= until; index++) {
        for (const one of pieceAt(index).transitions) if (one.at > after && one.at <= until) found.push(one);
      }
      return found;
    },
  };
}

type Reader = (instant: number) => number;

/** Reads offsets from the platform's zone data; undefined when it has no such zone. */
function platformReader(name: string): Reader | undefined {
  const format = formatterOf(name);
  if (!format) return undefined;
  return (instant) => {
    const digits = format.format(instant).match(/\d+/g) ?? [];
    const [month = 0, date = 0, year = 0, hour = 0, minute = 0, seconds = 0] = digits.map(Number);
    return Date.UTC(year, month - 1, date, hour, minute, seconds) - Math.floor(instant / second) * second;
  };
}

function formatterOf(name: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone: name,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  } catch {
    return undefined;
  }
}

// A piece takes the change at its own first instant too: `startOffset` is the offset just at its start.
function findTransitions(read: Reader, start: number): Piece {
  const transitions: Transition[] = [];
  const startOffset = read(start - second);
  let known = start - second;
  let before = startOffset;
  for (let next = start; known < start + pieceLength - second; next = known + probeEvery) {
    next = Math.min(next, start + pieceLength - second);
    const after = read(next);
    if (after !== before) {
      const at = firstWith(read, known, next, after);
      transitions.push({ at, before, after });
      before = after;
    }
    known = next;
  }
  return { startOffset, transitions };
}

/** The first whole second after `low` (not yet the new offset) up to `high` (already) that has the offset `after`. */
function firstWith(read: Reader, low: number, high: number, after: number): number {
  let old = low / second;
  let fresh = high / second;
  while (fresh - old > 1) {
    const middle = Math.floor((old + fresh) / 2);
    if (read(middle * second) === after) fresh = middle;
    else old = middle;
  }
  return fresh * second;
}

/** An instant as RFC 3339 text with the zone's offset, in whole seconds: `2026-08-17T15:00:00+09:00`. */
export function formatInZone(instant: number, zone: Zone): string {
  const offset = zone.offsetAt(instant);
  const text = new Date(Math.floor(instant / second) * second + offset).toISOString().slice(0, 19);
  // Go prints whole minutes of the offset only, cut towards zero.
  const minutes = Math.trunc(offset / 60_000);
  if (minutes === 0) return `${text}Z`;
  const size = Math.abs(minutes);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${text}${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
