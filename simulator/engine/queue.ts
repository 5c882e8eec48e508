/**
 * What is due when: a binary heap ordered by (time, priority, sequence). Of two values due at the same time the one with
 * the lower priority number comes first, and of two with the same priority the one that was pushed first.
 */
export interface Ticket<T> {
  readonly time: number;
  readonly priority: number;
  readonly sequence: number;
  readonly value: T;
  /** False once it came out or was cancelled; a cancelled ticket is never returned by `pop`. */
  waiting: boolean;
}

export interface EventQueue<T> {
  push(time: number, priority: number, value: T): Ticket<T>;
  /** Takes back what was pushed; harmless when it already came out. */
  cancel(ticket: Ticket<T>): void;
  /** The next due ticket without removing it. */
  peek(): Ticket<T> | undefined;
  pop(): Ticket<T> | undefined;
  /** How many are still to come out. */
  size(): number;
}

export function createEventQueue<T>(): EventQueue<T> {
  const heap: Ticket<T>[] = [];
  let sequence = 0;
  let size = 0;

  function before(a: Ticket<T>, b: Ticket<T>): boolean {
    if (a.time !== b.time) return a.time < b.time;
    if (a.priority !== b.priority) return a.priority < b.priority;
    return a.sequence < b.sequence;
  }

  function rise(ticket: Ticket<T>): void {
    let hole = heap.length;
    heap.push(ticket);
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const above = heap[parent]!;
      if (!before(ticket, above)) break;
      heap[hole] = above;
      hole = parent;
    }
    heap[hole] = ticket;
  }

  function removeFirst(): void {
    const last = heap.pop()!;
    const size = heap.length;
    if (size === 0) return;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= size) break;
      if (child + 1 < size && before(heap[child + 1]!, heap[child]!)) child++;
      if (!before(heap[child]!, last)) break;
      heap[hole] = heap[child]!;
      hole = child;
    }
    heap[hole] = last;
  }

  function peek(): Ticket<T> | undefined {
    while (heap.length > 0 && !heap[0]!.waiting) removeFirst();
    return heap[0];
  }

  return {
    push(time, priority, value) {
      const ticket: Ticket<T> = { time, priority, sequence: sequence++, value, waiting: true };
      rise(ticket);
      size++;
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
      removeFirst();
      ticket.waiting = false;
      size--;
      return ticket;
    },
    size: () => size,
  };
}
