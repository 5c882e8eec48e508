/**
 * What makes time pass in a session: as fast as the wall clock, so many times as fast, or only when told. Nobody waits for it: a
 * session that cannot keep up goes on more slowly.
 */
import type { Session } from "../../simulator/session.ts";

/** The world that a clock lives in. */
export interface Wall {
  /** In milliseconds, always growing. */
  readonly now: () => number;
  /** Calls `then` in `delay` milliseconds, unless the given function is called before. */
  readonly after: (delay: number, then: () => void) => () => void;
}

export interface Clock {
  /** Brings the session to the present. To be called before anything is asked of it. */
  sync(): void;
  /** Plans for what happens next by itself. To be called after anything was done in it. */
  plan(): void;
  /** How many times as fast as the wall clock time passes; 0: only when told. */
  readonly speed: () => number;
  setSpeed(speed: number): void;
  /** Lets time pass up to an instant, in milliseconds since 1970. */
  advanceTo(time: number): void;
  stop(): void;
}

/** A session may work for so long before others get their turn, in milliseconds. */
const turn = 50;
/** The longest wait that timers take. */
const longest = 2 ** 31 - 1;

/** A clock for a session. `passed` is called whenever time has passed by itself. */
export function createClock(session: Session, wall: Wall, speed: number, passed: () => void): Clock {
  let rate = speed;
  /** An instant of the wall and of the cluster that belong together. */
  let base = { wall: wall.now(), cluster: session.now() };
  let cancel: () => void = () => {};
  let isOver = false;

  const due = () => base.cluster + Math.floor((wall.now() - base.wall) * rate);

  function goTo(time: number, isPatient: boolean): void {
    const begun = wall.now();
    for (let next = session.next(); next !== undefined && next <= time; next = session.next()) {
      isOver = !session.advanceTo(next);
      if (isOver || (isPatient && wall.now() - begun > turn)) return;
    }
    isOver = !session.advanceTo(time);
  }

  function sync(): void {
    if (rate === 0 || isOver) return;
    const target = due();
    if (target <= session.now()) return;
    goTo(target, true);
    // What could not be made up for is let go.
    if (session.now() < target) base = { wall: wall.now(), cluster: session.now() };
  }

  function plan(): void {
    cancel();
    const next = session.next();
    if (rate === 0 || isOver || next === undefined) return;
    const delay = Math.ceil((next - due()) / rate);
    cancel = wall.after(Math.min(longest, Math.max(0, delay)), () => {
      sync();
      passed();
      plan();
    });
  }

  return {
    sync,
    plan,
    speed: () => rate,
    setSpeed(next) {
      sync();
      rate = next;
      base = { wall: wall.now(), cluster: session.now() };
      plan();
    },
    advanceTo(time) {
      sync();
      goTo(time, false);
      base = { wall: wall.now(), cluster: session.now() };
      plan();
    },
    stop: () => cancel(),
  };
}
