/**
 * What is due when, ordered by (time, priority, order of pushing): of two values due at the same time the one with the lower
 * priority number comes first, and of two with the same priority the one that was pushed first. A cluster does most of its
 * work at few moments, so only those are in a binary heap, and each has a list of what was pushed for it.
 */

/** What can be due: it knows itself whether it still is. Nothing is wrapped, as there are millions. */
export interface Due {
  /** False once it came out or was cancelled; a cancelled value never comes out. */
  waiting: boolean;
}

interface EventQueue<T extends Due> {
  /** `priority` is a small whole number, 0 or more. The value is not in a queue already. */
  push(time: number, priority: number, value: T): void;
  /** Takes back what was pushed; harmless when it already came out. */
  cancel(value: T): void;
  /** When the next value is due; undefined when none is. */
  nextTime(): number | undefined;
  /** The next value, which is no longer in the queue. */
  pop(): T | undefined;
  /** How many are still to come out. */
  size(): number;
}

/** All values of one time and priority: at least one has not come out yet. */
interface Moment<T> {
  readonly time: number;
  readonly priority: number;
  /** Those that came out, up to `next`, are not held any longer. */
  readonly values: (T | undefined)[];
  next: number;
}

export function createEventQueue<T extends Due>(): EventQueue<T> {
  const heap: Moment<T>[] = [];
  /** What is in the heap, by priority and time. */
  const moments: Map<number, Moment<T>>[] = [];
  let size = 0;

  function before(a: Moment<T>, b: Moment<T>): boolean {
    return a.time === b.time ? a.priority < b.priority : a.time < b.time;
  }

  function rise(moment: Moment<T>): void {
    let hole = heap.length;
    heap.push(moment);
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const above = heap[parent]!;
      if (!before(moment, above)) break;
      heap[hole] = above;
      hole = parent;
    }
    heap[hole] = moment;
  }

  function removeFirst(): void {
    const last = heap.pop()!;
    const count = heap.length;
    if (count === 0) return;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= count) break;
      if (child + 1 < count && before(heap[child + 1]!, heap[child]!)) child++;
      if (!before(heap[child]!, last)) break;
      heap[hole] = heap[child]!;
      hole = child;
    }
    heap[hole] = last;
  }

  /** Takes out the first value of the first moment, cancelled or not. */
  function drop(moment: Moment<T>): void {
    moment.values[moment.next++] = undefined;
    if (moment.next < moment.values.length) return;
    moments[moment.priority]!.delete(moment.time);
    removeFirst();
  }

  /** The moment of the next value, which is then its first one. */
  function first(): Moment<T> | undefined {
    for (;;) {
      const moment = heap[0];
      if (!moment || moment.values[moment.next]!.waiting) return moment;
      drop(moment);
    }
  }

  return {
    push(time, priority, value) {
      value.waiting = true;
      size++;
      while (moments.length <= priority) moments.push(new Map());
      const known = moments[priority]!.get(time);
      if (known) {
        known.values.push(value);
        return;
      }
      const moment: Moment<T> = { time, priority, values: [value], next: 0 };
      moments[priority]!.set(time, moment);
      rise(moment);
    },
    cancel(value) {
      if (!value.waiting) return;
      value.waiting = false;
      size--;
    },
    nextTime: () => first()?.time,
    pop() {
      const moment = first();
      if (!moment) return undefined;
      const value = moment.values[moment.next]!;
      drop(moment);
      value.waiting = false;
      size--;
      return value;
    },
    size: () => size,
  };
}
