/** What a person tries, chooses and opens. */
import { batch } from "@preact/signals";
import type { Mode } from "../../../simulator/played.ts";
import type { Action, Timings } from "../../../simulator/scenario/scenario.ts";
import type { PanelScenario } from "../../protocol.ts";
import { remember, settings } from "./host.ts";
import * as model from "./model.ts";
import { seek } from "./playhead.ts";
import { compareNow, firstLook, lookNextAt } from "./runs.ts";
import {
  nothingTried,
  type OwnStep,
  record,
  redone,
  type Trial,
  trialOf,
  undone,
  type Variant,
  type WhatIfId,
  withChangedStep,
  withOwnStep,
  withoutOwnStep,
  withWhatIf,
} from "./trial.ts";

function change(next: Trial): void {
  if (JSON.stringify(next) === JSON.stringify(model.trial.value)) return;
  model.timeline.value = record(model.timeline.value, next);
  remember();
}

/** Adds a person's step, at the playhead unless a time is given; later steps are played again after it. */
export function act(action: Action, at = model.time.value): void {
  lookNextAt(Math.max(0, at));
  change(withOwnStep(model.trial.value, at, action));
}
/** Adds the steps of a terminal, and looks at where its time stands. */
export function actAll(steps: readonly { readonly at: number; readonly action: Action }[], at: number): void {
  if (steps.length === 0) seek(at);
  else {
    lookNextAt(Math.max(0, at));
    change(steps.reduce((trial, step) => withOwnStep(trial, step.at, step.action), model.trial.value));
  }
}
export const moveStep = (id: number, at: number): void => change(withChangedStep(model.trial.value, id, { at }));
export const changeStep = (id: number, next: Partial<Omit<OwnStep, "id">>): void =>
  change(withChangedStep(model.trial.value, id, next));
/** A scenario that was opened: what was tried before comes back by undoing. */
export function takeScenario(scenario: PanelScenario): void {
  change(trialOf(scenario));
  model.chosenMode.value = scenario.mode;
  model.zoom.value = null;
  remember();
}
export const removeStep = (id: number): void => change(withoutOwnStep(model.trial.value, id));
export const tryWhatIf = (id: WhatIfId, on: boolean): void => change(withWhatIf(model.trial.value, id, on));
export function assume(timing: keyof Timings, milliseconds: number): void {
  change({ ...model.trial.value, timings: { ...model.trial.value.timings, [timing]: milliseconds } });
}
export const assumeWorkers = (count: number, cpu: number): void =>
  change({ ...model.trial.value, workers: { count, cpu } });
export const resetWhatIfs = (): void => change({ ...model.trial.value, whatIfs: [], timings: {}, workers: null });
export const drawAgain = (): void => change({ ...model.trial.value, seed: model.trial.value.seed + 1 });
export const startOver = (): void => change(nothingTried(settings.seed));
export function undo(): void {
  model.timeline.value = undone(model.timeline.value);
  remember();
}
export function redo(): void {
  model.timeline.value = redone(model.timeline.value);
  remember();
}

export function chooseMode(mode: Mode): void {
  model.chosenMode.value = mode;
  model.zoom.value = null;
  remember();
}

export function compareWith(variant: Variant | null): void {
  model.variant.value = variant;
  void compareNow();
}

/** Shows the workload of this place in the list. */
export function choose(index: number): void {
  const one = model.workloads.value[index];
  if (!one) return;
  model.focus.value = { kind: one.kind, name: one.name, namespace: one.namespace };
  nowOther();
}

export function nowOther(): void {
  batch(() => {
    model.zoom.value = null;
    model.chosenPod.value = null;
    model.variant.value = null;
    model.other.value = null;
    model.playing.value = false;
    // What was worked out for the file holds for all its workloads; only the look is another one.
    if (model.result.value) model.time.value = firstLook();
  });
  remember();
}

export function togglePin(): void {
  model.pinned.value = !model.pinned.value;
  remember();
}

export function setOpen(key: string, open: boolean): void {
  model.openness.value = { ...model.openness.value, [key]: open };
  remember();
}
export const isOpen = (key: string, otherwise: boolean): boolean => model.openness.value[key] ?? otherwise;

export function toggleHidden(stage: string): void {
  const list = model.hidden.value;
  model.hidden.value = list.includes(stage) ? list.filter((one) => one !== stage) : [...list, stage];
}
