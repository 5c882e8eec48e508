/**
 * The comparison rule of the recorded pod lives: which rows have to be there, when, and which events. A recorded row or time is a
 * band, as every case was recorded several times.
 */
export type Band = readonly [from: number, to: number];

export interface Row {
  readonly t: number;
  readonly status: string;
  readonly ready: string;
  readonly restarts: number;
  readonly phase: string;
  readonly reason?: string;
  readonly deleting?: number;
  readonly conditions?: Readonly<Record<string, string>>;
  readonly containers?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
export interface RecordedRow extends Omit<Row, "t"> {
  readonly t: Band;
  readonly after?: Band;
  readonly brief?: boolean;
  readonly jitter?: boolean;
  readonly look?: boolean;
  readonly race?: boolean;
}
interface EventName {
  readonly object: string;
  readonly container?: string;
  readonly type: string;
  readonly reason: string;
}
export interface PlayedEvent extends EventName {
  readonly t: number;
}
export interface RecordedEvent extends EventName {
  readonly t: Band;
  readonly count: number | Band;
}
export interface PlayedPod {
  readonly created: number;
  readonly rows: readonly Row[];
  readonly gone?: number;
}
export interface RecordedPod {
  readonly created: Band;
  readonly open?: boolean;
  readonly rows: readonly RecordedRow[];
  readonly gone?: Band;
  readonly afterLast?: Band;
}
export interface Played {
  readonly pods: Readonly<Record<string, PlayedPod>>;
  readonly events: readonly PlayedEvent[];
}
export interface Timeline {
  readonly pods: Readonly<Record<string, RecordedPod>>;
  readonly events: readonly RecordedEvent[];
}

/** Seconds by which times may differ, and how long a row of one's own may last that was not recorded. */
const tolerance = 2;
const shortRow = 2.5;

/** What differs; nothing when the played case passes. What lies beyond `until` seconds does not count. */
export function differences(recorded: Timeline, played: Played, until: number): readonly string[] {
  const found: string[] = [];
  const got = withTwins(played);
  for (const [name, pod] of Object.entries(recorded.pods)) {
    const mine = got.pods[name];
    if (mine) found.push(...podDifferences(pod, watched(mine, until), until).map((one) => `${name}: ${one}`));
    else found.push(`${name}: no such pod`);
  }
  const seen = got.events.filter((one) => one.t <= until);
  return [...found, ...eventDifferences(recorded.events, seen)];
}

function watched({ created, rows, gone }: PlayedPod, until: number): PlayedPod {
  const inTime = rows.filter((row) => row.t <= until);
  return gone === undefined || gone > until ? { created, rows: inTime } : { created, rows: inTime, gone };
}

const within = (time: number, [from, to]: Band, by = tolerance): boolean => time >= from - by && time <= to + by;

/** Everything of a row that is compared, as text. */
function textOf(row: Row | RecordedRow): string {
  const containers = Object.entries(row.containers ?? {}).map(([name, { message: _, ...fields }]) => [
    name,
    sorted(fields),
  ]);
  const { status, ready, restarts, phase, reason, deleting } = row;
  const conditions = sorted(row.conditions ?? {});
  return JSON.stringify([status, ready, restarts, phase, reason, deleting, conditions, containers]);
}

function sorted(fields: Readonly<Record<string, unknown>>): unknown {
  const entries = Object.entries(fields).map(([key, value]) => [
    key,
    isFields(value) ? sorted(withoutMessage(value)) : value,
  ]);
  return entries.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}
const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
function withoutMessage({ message: _, ...rest }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return rest;
}

/** When a row may come after the one before it; the work queue lengthens its waits by up to a half. */
function bandOf({ after = [0, 0], jitter }: RecordedRow): Band {
  const [from, to] = after;
  return jitter ? [Math.min(from, to / 1.5), Math.max(to, from * 1.5)] : after;
}

function podDifferences(recorded: RecordedPod, played: PlayedPod, until: number): readonly string[] {
  const found: string[] = [];
  const { rows } = played;
  const end = played.gone ?? until;
  const lasts = (index: number) => (rows[index + 1]?.t ?? end) - rows[index]!.t;
  if (!within(played.created, recorded.created, recorded.created[0] > 5 ? 4 : tolerance))
    found.push(`created at ${played.created}, expected ${recorded.created}`);
  const [first] = recorded.rows;
  if (!first) return found;
  let next = 0;
  let before = played.created;
  let gap: Band = [first.t[0] - recorded.created[1], first.t[1] - recorded.created[0]];
  for (const [index, row] of recorded.rows.entries()) {
    const band = bandOf(row);
    if (index > 0) gap = [gap[0] + band[0], gap[1] + band[1]];
    const text = textOf(row);
    let at = next;
    while (at < rows.length && textOf(rows[at]!) !== text && lasts(at) < shortRow) at++;
    const isBlocked = at < rows.length && textOf(rows[at]!) !== text;
    if (isBlocked || at === rows.length) {
      if (row.brief) continue;
      if (recorded.open && row.t[0] > 0.6 * until && !isBlocked) return found;
      const mine = rows[next];
      const shown = mine ? `${mine.status} ${mine.ready} ${mine.restarts} ${mine.phase} at ${mine.t}` : "nothing";
      return [
        ...found,
        `row ${index + 1} (t ${row.t}) ${row.status} ${row.ready} ${row.restarts}: got ${shown}\n    want ${text}\n    got  ${rows
          .slice(next, next + 3)
          .map(textOf)
          .join("\n         ")}`,
      ];
    }
    const { t } = rows[at]!;
    const isTimed = !row.brief && !row.look && !row.race;
    if (isTimed && !within(t, row.t) && !within(t - before, gap))
      found.push(`row ${index + 1} ${row.status} at ${t} (${t - before} after), expected ${row.t} (${gap} after)`);
    const following = recorded.rows[index + 1];
    if (row.brief && !row.race && following && lasts(at) > bandOf(following)[1] + shortRow)
      found.push(`row ${index + 1} ${row.status} lasts ${lasts(at)}, at most ${following.after?.[1]} expected`);
    before = t;
    gap = [0, 0];
    next = at + 1;
  }
  return recorded.open ? found : [...found, ...endDifferences(recorded, played, next, lasts)];
}

function endDifferences(
  { gone, afterLast = [0, 0] }: RecordedPod,
  played: PlayedPod,
  next: number,
  lasts: (index: number) => number,
): readonly string[] {
  const found: string[] = [];
  const extra = played.rows.findIndex((_, index) => index >= next && lasts(index) >= shortRow);
  if (extra >= 0)
    found.push(
      `row too many ${played.rows[extra]!.status} at ${played.rows[extra]!.t}\n    ${textOf(played.rows[extra]!)}`,
    );
  if ((gone !== undefined) !== (played.gone !== undefined))
    return [...found, gone ? "should be gone" : "should not be gone"];
  if (!gone || played.gone === undefined || within(played.gone, gone)) return found;
  const last = played.rows.at(-1)?.t ?? played.created;
  return within(played.gone - last, afterLast) ? found : [...found, `gone at ${played.gone}, expected ${gone}`];
}

const nameOf = ({ object, container, type, reason }: EventName): string =>
  JSON.stringify([object, container ?? null, type, reason]);

/** Every kind of event of a pod has to occur, about as often, and those that are clearly apart in the recorded order. */
function eventDifferences(recorded: readonly RecordedEvent[], played: readonly PlayedEvent[]): readonly string[] {
  const found: string[] = [];
  const mine = new Map<string, { first: number; count: number }>();
  for (const one of played) {
    const known = mine.get(nameOf(one)) ?? { first: one.t, count: 0 };
    mine.set(nameOf(one), { first: Math.min(known.first, one.t), count: known.count + 1 });
  }
  const groups = new Map<string, { readonly object: string; t: Band; count: Band }>();
  for (const one of recorded) {
    if (!one.object.startsWith("Pod/")) continue;
    const [low, high] = typeof one.count === "number" ? [one.count, one.count] : one.count;
    const known = groups.get(nameOf(one)) ?? { object: one.object, t: one.t, count: [0, 0] as Band };
    const t: Band = [Math.min(known.t[0], one.t[0]), Math.min(known.t[1], one.t[1])];
    groups.set(nameOf(one), { object: one.object, t, count: [known.count[0] + low, known.count[1] + high] });
  }
  for (const [name, { count }] of groups) {
    const known = mine.get(name);
    if (!known) found.push(`event missing: ${name}`);
    else if (!within(known.count, count, Math.max(2, 0.5 * count[1])))
      found.push(`event ${name}: ${known.count} times, expected ${count}`);
  }
  for (const [a, one] of groups) {
    for (const [b, other] of groups) {
      if (one.object !== other.object || one.t[1] + tolerance >= other.t[0]) continue;
      const [first, second] = [mine.get(a), mine.get(b)];
      if (first && second && first.first > second.first) found.push(`event order: ${a} after ${b}`);
    }
  }
  return found;
}

/**
 * Pods of one ReplicaSet that were made within a second are equals, and which of them goes first is chance: they are numbered in
 * the order in which they are deleted.
 */
function withTwins(played: Played): Played {
  const groups = new Map<string, string[]>();
  for (const name of Object.keys(played.pods)) {
    const group = /^(.+#\d+)-\d+$/.exec(name)?.[1];
    if (group !== undefined) groups.set(group, [...(groups.get(group) ?? []), name]);
  }
  const renamed = new Map<string, string>();
  const deletion = (name: string) =>
    played.pods[name]!.rows.find((row) => row.deleting !== undefined)?.t ?? Number.POSITIVE_INFINITY;
  for (const names of groups.values()) {
    for (let from = 0; from < names.length; ) {
      let to = from + 1;
      while (to < names.length && played.pods[names[to]!]!.created - played.pods[names[from]!]!.created < 1) to++;
      const equals = names.slice(from, to);
      const order = equals.toSorted(
        (a, b) => deletion(a) - deletion(b) || played.pods[a]!.created - played.pods[b]!.created,
      );
      for (const [place, name] of order.entries()) renamed.set(name, equals[place]!);
      from = to;
    }
  }
  const named = (name: string) => renamed.get(name) ?? name;
  return {
    pods: Object.fromEntries(Object.entries(played.pods).map(([name, pod]) => [named(name), pod])),
    events: played.events.map((one) => ({ ...one, object: one.object.replace(/(?<=^Pod\/).*/, named) })),
  };
}
