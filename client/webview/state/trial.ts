/** What a person has tried, as plain JSON that survives everything, and its undo. Steps are timed from the change. */
import type { Behaviour } from "../../../simulator/scenario/behaviour.ts";
import type { WhatIf } from "../../../simulator/scenario/presets.ts";
import type { Action, Fault, ScenarioNode, Timings } from "../../../simulator/scenario/scenario.ts";
import type { PanelScenario } from "../../protocol.ts";

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
  /** What a scenario's file says of the cluster and its containers. */
  readonly given?: Given;
}

export interface Given {
  readonly nodes?: readonly ScenarioNode[];
  readonly faults: readonly Fault[];
  readonly behaviours: readonly Behaviour[];
  readonly elsewhere?: "there" | "missing";
}

export const nothingTried = (seed: number): Trial => ({ steps: [], whatIfs: [], timings: {}, workers: null, seed });

/** Whether anything was tried at all; the draw of chance alone is nothing. */
export function isTried({ steps, whatIfs, timings, workers, given }: Trial): boolean {
  const counts = [steps.length, whatIfs.length, Object.keys(timings).length];
  return counts.some((count) => count > 0) || workers !== null || given !== undefined;
}

/** The trial of a scenario that is kept as a file. */
export function trialOf({ steps, timings, seed, ...given }: PanelScenario): Trial {
  const { nodes, faults, behaviours, elsewhere } = given;
  const isGiven = nodes !== undefined || faults.length > 0 || behaviours.length > 0 || elsewhere !== undefined;
  return {
    steps: inOrder(steps.map((step, index) => ({ ...step, id: index + 1 }))),
    whatIfs: [],
    timings,
    workers: null,
    seed,
    ...(isGiven
      ? { given: { faults, behaviours, ...(nodes ? { nodes } : {}), ...(elsewhere ? { elsewhere } : {}) } }
      : {}),
  };
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
