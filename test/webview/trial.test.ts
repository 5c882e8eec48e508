/** What a person tries is never lost: steps keep their order, undo and redo go both ways. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  beginTimeline,
  nothingTried,
  record,
  redone,
  undone,
  withChangedStep,
  withOwnStep,
  withoutOwnStep,
} from "../../client/webview/state/trial.ts";

const drain = { do: "drain", name: "worker-1" } as const;
const cordon = { do: "cordon", name: "worker-2" } as const;

test("a step earlier in time does not delete later ones", () => {
  const trial = withOwnStep(withOwnStep(nothingTried(1), 30_000, drain), 10_000, cordon);
  assert.deepEqual(
    trial.steps.map(({ at, action }) => [at, action.do]),
    [
      [10_000, "cordon"],
      [30_000, "drain"],
    ],
  );
});

test("a step that is moved keeps what it does, and never comes before the change", () => {
  const trial = withOwnStep(withOwnStep(nothingTried(1), 30_000, drain), 10_000, cordon);
  const moved = withChangedStep(trial, 1, { at: -500 });
  assert.deepEqual(
    moved.steps.map(({ id, at }) => [id, at]),
    [
      [1, 0],
      [2, 10_000],
    ],
  );
  assert.deepEqual(
    withoutOwnStep(moved, 2).steps.map(({ id }) => id),
    [1],
  );
});

test("undo and redo are each other's inverse, and a new step ends what could be redone", () => {
  let timeline = beginTimeline(nothingTried(1));
  timeline = record(timeline, withOwnStep(timeline.now, 1_000, drain));
  timeline = record(timeline, withOwnStep(timeline.now, 2_000, cordon));
  assert.deepEqual(redone(undone(timeline)), timeline);
  const back = undone(undone(timeline));
  assert.deepEqual(back.now, nothingTried(1));
  assert.deepEqual(undone(back), back, "there is nothing before the beginning");
  assert.deepEqual(record(back, withOwnStep(back.now, 5_000, cordon)).future, []);
});
