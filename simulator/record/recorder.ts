/** Turns the changes of a running cluster into trace entries: one per object and instant, and only when what is shown changed. */
import { sameJson } from "../api/equality.ts";
import type { RecordedEvent } from "../cluster/cluster.ts";
import type { LiveObject, Pod } from "../cluster/objects.ts";
import type { Change } from "../cluster/store.ts";
import { podIndex } from "../nodes/kubelet/behaviours.ts";
import type { OutputEntry, States, StepEntry } from "../trace.ts";
import { createShapes, isSameShape, type PodShape } from "./pod-shapes.ts";
import { stateOf } from "./states.ts";
import { createTape, type Happening, type Tape } from "./tape.ts";

interface Recorder {
  readonly tape: Tape;
  onChange(change: Change): void;
  onEvent(event: RecordedEvent): void;
  /** Writes a step that was carried out, or what it printed later. */
  add(entry: StepEntry | OutputEntry): void;
  /**
   * Entries so far, and what the instant that has not ended will add at most. An entry with a long list counts for more:
   * a CronJob whose Jobs never end lists all of them each time.
   */
  size(): number;
  /** Writes what changed in the instant that ends. */
  flush(): void;
}

type State = States[keyof States];
type Mark = 0 | 1 | 2;
/** Names that a list may have for nothing, and how many more weigh as much as an entry. */
const usualList = 100;
const listed = 10;
const settled = 0;
const changed = 1;
const gone = 2;

/** A recorder with no entries. `now` is the time of the run. */
export function createRecorder(now: () => number): Recorder {
  const tape = createTape();
  const shapeOf = createShapes();
  const happenings = new Map<string, Happening>();
  /** What changed in this instant, in the order in which it first did. */
  let dirty: LiveObject[] = [];
  // Columns by the sequence number of the object: cheaper than maps when there are hundreds of thousands.
  const marks: Mark[] = [];
  const shown: (State | PodShape | null | undefined)[] = [];
  const shownIndex: (number | undefined)[] = [];
  let lengths = 0;

  function happening({ level, reason }: RecordedEvent): Happening {
    let found = happenings.get(reason);
    if (found?.level !== level) {
      found = { level, reason };
      happenings.set(reason, found);
    }
    return found;
  }

  function settlePod(pod: Pod): void {
    const { sequence } = pod;
    const shape = shapeOf(pod);
    const index = podIndex(pod);
    const sameIndex = index === shownIndex[sequence];
    const before = shown[sequence] as PodShape | undefined;
    // Equal shapes are the same object, unless so many were in use that it was forgotten in between.
    if (sameIndex && (shape === before || (before && isSameShape(shape, before)))) return;
    shown[sequence] = shape;
    if (!sameIndex) shownIndex[sequence] = index;
    tape.writePod(now(), pod, shape, index);
  }

  function settleOther(object: Exclude<LiveObject, Pod>): void {
    const state = stateOf(object);
    if (sameJson(state, shown[object.sequence])) return;
    shown[object.sequence] = state;
    if (object.kind === "CronJob") lengths += Math.max(0, object.status.active.length - usualList);
    tape.writeObject(now(), object, state);
  }

  /** Writes what is shown of the object now, if that is something else than before. */
  function settle(object: LiveObject): void {
    const { sequence } = object;
    const mark = marks[sequence];
    marks[sequence] = settled;
    if (mark === gone) {
      // What came and went within one instant was never there.
      if (shown[sequence] !== undefined) tape.writeObject(now(), object, null);
      shown[sequence] = undefined;
    } else if (object.kind === "Pod") settlePod(object);
    else settleOther(object);
  }

  return {
    tape,
    onChange({ type, object }) {
      if (object.kind === "Service" || object.kind === "Stored") return;
      const { sequence } = object;
      if (!marks[sequence]) dirty.push(object);
      if (type === "deleted") marks[sequence] = gone;
      else if (marks[sequence] !== gone) marks[sequence] = changed;
    },
    onEvent(event) {
      tape.writeEvent(now(), event.object, happening(event), event.message);
    },
    add: tape.writeStep,
    size: () => tape.length + dirty.length + Math.floor(lengths / listed),
    flush() {
      if (dirty.length === 0) return;
      for (const object of dirty) settle(object);
      dirty = [];
    },
  };
}
