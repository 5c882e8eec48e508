/** What a person has tried, as plain JSON that survives everything, and its undo. Steps are timed from the change. */
import type { WhatIf } from "../../../simulator/scenario/presets.ts";
import type { Action, Timings } from "../../../simulator/scenario/scenario.ts";

export interface OwnStep {
  readonly id: number;
  /** Milliseconds after the change. */
  readonly at: number;
  readonly action: Action;
}

export type WhatIfId = WhatIf["id"];

/** How a second run differs from the first. */
export type Variant = "surge" | "rolling" | "recreate" | "steps";

export interface Trial {
  readonly steps: readonly OwnStep[];
  readonly whatIfs: readonly WhatIfId[];
  /** Milliseconds; what is not there is as assumed. */
  readonly timings: Partial<Record<keyof Timings, number>>;
  readonly workers: { readonly count: number; readonly cpu: number } | null;
  readonly seed: number;
}

export const nothingTried = (seed: number): Trial => ({ steps: [], whatIfs: [], timings: {}, workers: null, seed });

/** Whether anything was tried at all; the draw of chance alone is nothing. */
export function isTried({ steps, whatIfs, timings, workers }: Trial): boolean {
  return steps.length > 0 || whatIfs.length > 0 || Object.keys(timings).length > 0 || workers !== null;
}

/** The trial with one more step; steps stay in order of time, later ones are played again after it. */
export function withOwnStep(trial: Trial, at: number, action: Action): Trial {
  const id = Math.max(0, ...trial.steps.map((step) => step.id)) + 1;
  return { ...trial, steps: inOrder([...trial.steps, { id, at: Math.max(0, Math.round(at)), action }]) };
}

export function withoutOwnStep(trial: Trial, id: number): Trial {
  return { ...trial, steps: trial.steps.filter((step) => step.id !== id) };
}

/** The trial with a step moved to another time, or doing something else. */
export function withChangedStep(trial: Trial, id: number, change: Partial<Omit<OwnStep, "id">>): Trial {
  const steps = trial.steps.map((step) => (step.id === id ? { ...step, ...change } : step));
  return { ...trial, steps: inOrder(steps.map((step) => ({ ...step, at: Math.max(0, Math.round(step.at)) }))) };
}

export function withWhatIf(trial: Trial, id: WhatIfId, on: boolean): Trial {
  const others = trial.whatIfs.filter((one) => one !== id);
  return { ...trial, whatIfs: on ? [...others, id] : others };
}

const inOrder = (steps: readonly OwnStep[]): readonly OwnStep[] => steps.toSorted((a, b) => a.at - b.at || a.id - b.id);

/** What was tried before and after, for undo and redo. */
export interface Timeline {
  readonly past: readonly Trial[];
  readonly now: Trial;
  readonly future: readonly Trial[];
}

/** Trials that can be gone back to. */
const mostPast = 100;

export const beginTimeline = (now: Trial): Timeline => ({ past: [], now, future: [] });

export function record({ past, now }: Timeline, next: Trial): Timeline {
  return { past: [...past, now].slice(-mostPast), now: next, future: [] };
}

/** One back; the same where there is nothing before. */
export function undone(timeline: Timeline): Timeline {
  const last = timeline.past.at(-1);
  if (!last) return timeline;
  return { past: timeline.past.slice(0, -1), now: last, future: [timeline.now, ...timeline.future] };
}

/** One forth; the same where nothing was taken back. */
export function redone(timeline: Timeline): Timeline {
  const [first, ...future] = timeline.future;
  return first ? { past: [...timeline.past, timeline.now], now: first, future } : timeline;
}
