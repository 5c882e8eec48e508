/** Runs what the shell does: prints, lets time pass, reads files; a piece at a time, and until it is interrupted. */
import type { Session } from "../../simulator/session.ts";
import type { Effect, Running } from "./effects.ts";
import { beginAnew, type Trial } from "./trial.ts";

export type Output = { readonly out: string } | { readonly err: string } | { readonly clear: true };

/** What the shell needs of whoever shows it. */
export interface Surface {
  write(output: Output): void;
  /** Null where there is no such file. */
  read(path: string): Promise<string | null>;
  list(path: string): Promise<readonly string[] | null>;
  /** Why it cannot be written; null when it was. */
  writeFile(path: string, text: string, append: boolean): Promise<string | null>;
  /** Shows a file in an editor; gives why that cannot be, null when it is shown. */
  open(path: string): Promise<string | null>;
  /** What comes back from an editor; null: nothing. */
  edit(name: string, text: string): Promise<string | null>;
  /** The clock on the wall, in milliseconds. */
  clock(): number;
  /** Waits so long, or until it is interrupted; 0: lets other work have its turn. */
  rest(milliseconds: number): Promise<void>;
  readonly signal: { readonly aborted: boolean };
  /** Whether somebody is there to interrupt what would wait for ever. */
  readonly attended: boolean;
}

export interface Ended {
  readonly code: number;
  /** The shell itself is to end. */
  readonly exit: boolean;
}

/** Milliseconds of work between two pauses. */
const turn = 10;
/** What waits without an end is waited for so long when nobody is there to interrupt it; milliseconds of the cluster. */
const longestUnattended = 3_600_000;
export const interrupted = 130;

/** Runs a command to its end. */
export async function drive(trial: Trial, running: Running, surface: Surface): Promise<Ended> {
  let answer: unknown;
  let begin = surface.clock();
  const limit = trial.session.now() + longestUnattended;
  for (;;) {
    if (surface.signal.aborted) return stop(trial, running, interrupted);
    const step = running.next(answer);
    if (step.done) return { code: step.value, exit: false };
    const effect: Effect = step.value;
    answer = undefined;
    if ("out" in effect || "err" in effect || "clear" in effect) surface.write(effect);
    else if ("read" in effect) answer = (await surface.read(effect.read)) ?? undefined;
    else if ("list" in effect) answer = (await surface.list(effect.list)) ?? undefined;
    else if ("open" in effect) answer = (await surface.open(effect.open)) ?? undefined;
    else if ("write" in effect) {
      answer = (await surface.writeFile(effect.write, effect.text, effect.append)) ?? undefined;
    } else if ("edit" in effect) answer = (await surface.edit(effect.edit.name, effect.edit.text)) ?? undefined;
    else if ("reset" in effect) beginAnew(trial);
    else if ("speed" in effect) trial.speed = effect.speed;
    else if ("exit" in effect) return { ...stop(trial, running, effect.exit), exit: true };
    else if (!(await pass(trial, effect.pass, effect.now === true, surface, limit))) {
      return stop(trial, running, interrupted);
    }
    if (surface.clock() - begin < turn) continue;
    await surface.rest(0);
    begin = surface.clock();
  }
}

function stop({ shell }: Trial, running: Running, code: number): Ended {
  running.return(code);
  shell.state.last = code;
  return { code, exit: false };
}

/** Lets time pass until something changes, at most so long; false when it was interrupted or there is no more time. */
async function pass(trial: Trial, most: number, atOnce: boolean, surface: Surface, limit: number): Promise<boolean> {
  const { session, speed } = trial;
  const begin = session.now();
  if (most <= 0) return true;
  const isEndless = !surface.attended && !Number.isFinite(most);
  if (isEndless && begin >= limit) return false;
  const end = begin + most;
  const version = versionOf(session);
  if (atOnce || typeof speed !== "number") {
    return passAtOnce(trial, isEndless ? limit : end, version, surface);
  }
  const wall = surface.clock();
  for (;;) {
    if (surface.signal.aborted) return false;
    const due = begin + Math.floor((surface.clock() - wall) * speed);
    const next = Math.min(end, session.next() ?? Number.POSITIVE_INFINITY);
    if (next <= due) {
      if (!session.advanceTo(next)) return over(trial, surface);
      if (next >= end || versionOf(session) !== version) return true;
      await surface.rest(0);
      continue;
    }
    if (!session.advanceTo(Math.min(due, end))) return over(trial, surface);
    await surface.rest(Math.max(1, Math.min((next - due) / speed, 200)));
  }
}

async function passAtOnce(trial: Trial, end: number, version: number, surface: Surface): Promise<boolean> {
  const { session } = trial;
  let begin = surface.clock();
  for (;;) {
    if (surface.signal.aborted) return false;
    const next = session.next() ?? Number.POSITIVE_INFINITY;
    const target = Math.min(end, next);
    if (target === Number.POSITIVE_INFINITY) {
      // Nothing will ever happen again: only an interrupt ends this.
      if (!surface.attended) return false;
      await surface.rest(200);
      continue;
    }
    if (!session.advanceTo(target)) return over(trial, surface);
    if (versionOf(session) !== version) return true;
    if (target >= end) return true;
    if (surface.clock() - begin < turn) continue;
    await surface.rest(0);
    begin = surface.clock();
  }
}

function over({ shell }: Trial, surface: Surface): false {
  surface.write({ err: `${shell.words.over}\n` });
  return false;
}

function versionOf({ server }: Session): number {
  return server.store.version();
}

/** Lets time pass up to `time`, a piece at a time. False when there is no more time. */
export async function advance(
  session: Session,
  time: number,
  { clock, rest }: Pick<Surface, "clock" | "rest">,
): Promise<boolean> {
  let begin = clock();
  while (session.now() < time) {
    if (!session.advanceTo(Math.min(time, session.next() ?? time))) return false;
    if (clock() - begin < turn) continue;
    await rest(0);
    begin = clock();
  }
  return true;
}
