/**
 * What is due when, ordered by (time, priority, order of pushing): of two values due at the same time the one with the lower
 * priority number comes first, and of two with the same priority the one that was pushed first. A cluster does most of its
 * work at few moments, so only those are in a binary heap, and each has a list of what was pushed for it.
 */
export interface Ticket<T> {
  readonly time: number;
  readonly value: T;
  /** False once it came out or was cancelled; a cancelled ticket is never returned by `pop`. */
  waiting: boolean;
  /** The one that was pushed next for the same moment. */
  next: Ticket<T> | null;
}

export interface EventQueue<T> {
  /** `priority` is a small whole number, 0 or more. */
  push(time: number, priority: number, value: T): Ticket<T>;
  /** Takes back what was pushed; harmless when it already came out. */
  cancel(ticket: Ticket<T>): void;
  /** The next due ticket without removing it. */
  peek(): Ticket<T> | undefined;
  pop(): Ticket<T> | undefined;
  /** How many are still to come out. */
  size(): number;
}

/** All tickets of one time and priority that have not come out yet: at least one. */
interface Moment<T> {
  readonly time: number;
  readonly priority: number;
  first: Ticket<T>;
  last: Ticket<T>;
}

export function createEventQueue<T>(): EventQueue<T> {
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

  /** Takes out the next ticket, cancelled or not. */
  function drop(): void {
    const moment = heap[0]!;
    const { first } = moment;
    if (first.next) {
      moment.first = first.next;
      // Whoever still holds the old ticket does not hold all that came after it.
      first.next = null;
      return;
    }
    moments[moment.priority]!.delete(moment.time);
    removeFirst();
  }

  function peek(): Ticket<T> | undefined {
    while (heap.length > 0 && !heap[0]!.first.waiting) drop();
    return heap.length === 0 ? undefined : heap[0]!.first;
  }

  return {
    push(time, priority, value) {
      const ticket: Ticket<T> = { time, value, waiting: true, next: null };
      size++;
      while (moments.length <= priority) moments.push(new Map());
      const known = moments[priority]!.get(time);
      if (known) {
        known.last.next = ticket;
        known.last = ticket;
        return ticket;
      }
      const moment: Moment<T> = { time, priority, first: ticket, last: ticket };
      moments[priority]!.set(time, moment);
      rise(moment);
      return ticket;
    },
    cancel(ticket) {
      if (!ticket.waiting) return;
      ticket.waiting = false;
      size--;
    },
    peek,
    pop() {
      const ticket = peek();
      if (!ticket) return undefined;
      drop();
      ticket.waiting = false;
      size--;
      return ticket;
    },
    size: () => size,
  };
}
