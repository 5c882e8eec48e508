/**
 * Files looked at on all cores. Each thread takes the next one from a counter that all share, the calling thread too; results
 * go to the place of their file, so that they do not depend on who was faster. The caller waits: nothing else is to be done.
 */
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker, workerData } from "node:worker_threads";
import { type Around, placesAmong } from "../service/standing/places.ts";
import { pathOf } from "./around.ts";
import { type CheckOptions, checkOne, type Looked } from "./check-one.ts";
import type { Input, Unreadable } from "./files.ts";

/** The threads that may be used. */
export interface Threads {
  /** The module that runs `serveThread` when it is not the main thread. */
  readonly module: URL;
  /** How many, the calling one included. */
  readonly count: number;
  /** Told from time to time. */
  readonly progress?: ((done: number, total: number) => void) | undefined;
}

interface Work {
  readonly inputs: readonly Input[];
  readonly around: Around;
  readonly options: CheckOptions;
  readonly counters: Int32Array;
  readonly port: MessagePort;
}

type Result = Looked | Unreadable;
type Message = readonly (readonly [index: number, result: Result])[];

/** Files for which it is worth starting a thread. */
const fewest = 300;
/** Files that are taken at once, and results that are sent at once. */
const batch = 16;
const [next, done, alive] = [0, 1, 2];
/** Milliseconds between two looks at what the others have done. */
const patience = 100;
/** Looks without any news after which the others are given up. */
const mostWaits = 300;

/** What `look` finds in each input, worked out on several threads if there are enough of them. */
export function lookInThreads(
  inputs: readonly Input[],
  around: Around,
  options: CheckOptions,
  look: (input: Input) => Result,
  { module, count, progress }: Threads,
): readonly Result[] {
  const counters = new Int32Array(new SharedArrayBuffer(12));
  const others = inputs.length < fewest ? 0 : Math.min(count - 1, Math.floor(inputs.length / fewest));
  // What a tool has rendered knows where it comes from by a function, which no other thread can call.
  const plain = inputs.map(({ name, named, text }) => ({ name, named, text }));
  const ports = Array.from({ length: inputs.some((one) => one.rendered) ? 0 : others }, () => {
    const { port1, port2 } = new MessageChannel();
    const work: Work = { inputs: plain, around, options, counters, port: port2 };
    const worker = new Worker(module, { workerData: work, transferList: [port2] });
    worker.unref();
    Atomics.add(counters, alive, 1);
    return port1;
  });
  const results: (Result | undefined)[] = inputs.map(() => undefined);
  const collect = () => {
    for (const port of ports) {
      for (let got = receiveMessageOnPort(port); got !== undefined; got = receiveMessageOnPort(port)) {
        for (const [index, result] of got.message as Message) results[index] = result;
      }
    }
    progress?.(Atomics.load(counters, done), inputs.length);
  };
  takeAll(counters, inputs.length, (from, to) => {
    for (let index = from; index < to; index++) results[index] = look(inputs[index] as Input);
    collect();
  });
  let waits = 0;
  for (let seen = Atomics.load(counters, done); seen < inputs.length && waits < mostWaits; ) {
    const quiet = Atomics.wait(counters, done, seen, patience) === "timed-out";
    waits = quiet ? waits + 1 : 0;
    if (quiet && Atomics.load(counters, alive) === 0) break;
    collect();
    seen = Atomics.load(counters, done);
  }
  collect();
  for (const port of ports) port.close();
  // A thread that came to an end too early has left its files to this one.
  return results.map((result, index) => result ?? look(inputs[index] as Input));
}

/** Takes files until there are none left. */
function takeAll(counters: Int32Array, total: number, look: (from: number, to: number) => void): void {
  for (;;) {
    const from = Atomics.add(counters, next, batch);
    if (from >= total) return;
    const to = Math.min(from + batch, total);
    look(from, to);
    Atomics.add(counters, done, to - from);
    Atomics.notify(counters, done);
  }
}

/** What a thread other than the main one does. */
export function serveThread(): void {
  const { inputs, around, options, counters, port } = workerData as Work;
  try {
    const { placeOf } = placesAmong(around);
    takeAll(counters, inputs.length, (from, to) => {
      const message: Message = Array.from({ length: to - from }, (_, offset) => {
        const index = from + offset;
        return [index, checkOne(inputs[index] as Input, (name) => placeOf(pathOf(name)), options)];
      });
      port.postMessage(message);
    });
  } finally {
    Atomics.sub(counters, alive, 1);
    Atomics.notify(counters, done);
    port.close();
  }
}
