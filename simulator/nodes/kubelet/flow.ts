/** Things that take their time, as generators: what one yields is what it waits for. */

/** Happens once; who waits for it goes on then. */
export interface Signal {
  fired: boolean;
  readonly waiting: (() => void)[];
}

/** Milliseconds, or something that happens. */
export type Wait = number | Signal;
export type Flow<T = void> = Generator<Wait, T, void>;

/** Where flows run; they stop for good when it is over. */
export interface Scope {
  over: boolean;
  readonly after: (delay: number, action: () => void) => void;
}

export function newSignal(): Signal {
  return { fired: false, waiting: [] };
}

export function fire(signal: Signal): void {
  if (signal.fired) return;
  signal.fired = true;
  for (const next of signal.waiting) next();
}

/** Runs a flow as far as it goes at once, and on from there later; what is returned happens at its end. */
export function spawn(scope: Scope, flow: Flow<unknown>): Signal {
  const end = newSignal();
  function advance(): void {
    while (!scope.over) {
      const { value, done } = flow.next();
      if (done) {
        fire(end);
        return;
      }
      if (typeof value === "number") {
        if (value <= 0) continue;
        scope.after(value, advance);
        return;
      }
      if (!value.fired) {
        value.waiting.push(advance);
        return;
      }
    }
  }
  advance();
  return end;
}

/** Runs flows beside each other until all have ended. */
export function* together(scope: Scope, flows: readonly Flow[]): Flow {
  const ends = flows.map((one) => spawn(scope, one));
  for (const end of ends) yield end;
}

/** Waits for `signal`, `delay` milliseconds at most. */
export function* atMost(scope: Scope, signal: Signal, delay: number): Flow {
  if (signal.fired) return;
  const either = newSignal();
  signal.waiting.push(() => fire(either));
  scope.after(delay, () => fire(either));
  yield either;
}
