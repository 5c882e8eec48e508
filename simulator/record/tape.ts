/**
 * What has been written of a run, in columns: a run of the largest cluster has millions of entries, most of them say the same of
 * one pod after the other, and nobody reads them before it is over. Entries are put together when they are read.
 */
import { kindName } from "../cluster/kind-name.ts";
import type { LiveObject } from "../cluster/objects.ts";
import type { EventEntry, ObjectEntry, OutputEntry, States, StepEntry, TraceEntry } from "../trace.ts";
import { type PodShape, podState } from "./pod-shapes.ts";

export interface Tape {
  readonly length: number;
  /** When the last entry was written; undefined as long as there is none. */
  end(): number | undefined;
  /** What is shown of an object from now on; null: it is gone. */
  writeObject(time: number, object: LiveObject, state: States[keyof States] | null): void;
  /** What is shown of a pod from now on; `index` is its ordinal or completion index. */
  writePod(time: number, pod: LiveObject, shape: PodShape, index: number | undefined): void;
  writeEvent(time: number, object: LiveObject, happening: Happening, message: string): void;
  writeStep(entry: StepEntry | OutputEntry): void;
  /** All entries; the same list every time, which grows when it is read again after more was written. */
  entries(): readonly TraceEntry[];
  slice(from: number): readonly TraceEntry[];
}

/** What Events have in common; one for all of a kind. */
export type Happening = Pick<EventEntry, "level" | "reason">;

type Content = States[keyof States] | PodShape | Happening | StepEntry | OutputEntry | null;

/** An empty tape. */
export function createTape(): Tape {
  const read: TraceEntry[] = [];
  // One place in each for every entry that was not read yet.
  let times: number[] = [];
  /** What the entry is about; null for a step, whose content is the entry. */
  let objects: (LiveObject | null)[] = [];
  let contents: Content[] = [];
  /** The message of an Event: only there is a text. Of a pod its index. */
  let details: (string | number | undefined)[] = [];
  let last: number | undefined;

  function write(time: number, object: LiveObject | null, content: Content, detail: string | number | undefined): void {
    times.push(time);
    objects.push(object);
    contents.push(content);
    details.push(detail);
    last = time;
  }

  function entryAt(place: number): TraceEntry {
    const object = objects[place]!;
    const content = contents[place]!;
    const detail = details[place];
    if (object === null) return content as StepEntry | OutputEntry;
    const time = times[place]!;
    const { kind, namespace, name, uid } = object;
    if (typeof detail === "string") {
      const { level, reason } = content as Happening;
      return { type: "event", time, object: `${kindName(object)}/${name}`, level, reason, message: detail };
    }
    const isPod = object.kind === "Pod" && content !== null;
    const state = isPod ? podState(content as PodShape, object, detail) : content;
    return { type: "object", time, kind, namespace, name, uid, state } as ObjectEntry;
  }

  function readAll(): TraceEntry[] {
    for (let place = 0; place < times.length; place++) read.push(entryAt(place));
    times = [];
    objects = [];
    contents = [];
    details = [];
    return read;
  }

  return {
    get length() {
      return read.length + times.length;
    },
    end: () => last,
    writeObject: (time, object, state) => write(time, object, state, undefined),
    writePod: write,
    writeEvent: write,
    writeStep: (entry) => write(entry.time, null, entry, undefined),
    entries: readAll,
    slice: (from) => readAll().slice(from),
  };
}
