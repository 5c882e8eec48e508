/** The questions people ask: the same scenario with one thing going wrong or being done. */
import type { Action, Fault, Scenario } from "./scenario.ts";

/** The scenario with a fault that strikes from the start. */
export function withFault(scenario: Scenario, fault: Fault): Scenario {
  return { ...scenario, faults: [...scenario.faults, fault] };
}

/** The scenario with one more step, kept in order of time; steps at the same time stay before it. */
export function withStep(scenario: Scenario, at: number, action: Action): Scenario {
  const index = scenario.steps.findIndex((step) => step.at > at);
  const steps = scenario.steps.toSpliced(index < 0 ? scenario.steps.length : index, 0, { at, action });
  return { ...scenario, steps, horizon: Math.max(scenario.horizon, at + 3_600_000) };
}

export interface WhatIf {
  /** Stable name; the words are made elsewhere. */
  readonly id: "image-pull" | "never-ready" | "crash-loop" | "slow-start" | "node-lost" | "node-drained" | "scale";
  apply(scenario: Scenario, target: WhatIfTarget): Scenario;
}

interface WhatIfTarget {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  /** Only pods with this image are broken; absent: all pods of the workload. */
  readonly image?: string;
  readonly node: string;
  /** Milliseconds after the start, for what is done rather than broken. */
  readonly at: number;
  readonly replicas: number;
}

function broken(fault: Fault["fault"]): WhatIf["apply"] {
  return (scenario, { kind, name, image }) =>
    withFault(scenario, { on: { kind, name, ...(image === undefined ? {} : { image }) }, fault });
}

export const whatIfs: readonly WhatIf[] = [
  { id: "image-pull", apply: broken({ type: "imagePull" }) },
  { id: "never-ready", apply: broken({ type: "neverReady" }) },
  { id: "crash-loop", apply: broken({ type: "crash", after: 3_000 }) },
  { id: "slow-start", apply: broken({ type: "slowStart", factor: 20 }) },
  { id: "node-lost", apply: (scenario, { node, at }) => withStep(scenario, at, { do: "nodeLost", name: node }) },
  { id: "node-drained", apply: (scenario, { node, at }) => withStep(scenario, at, { do: "drain", name: node }) },
  {
    id: "scale",
    apply: (scenario, { kind, name, namespace, at, replicas }) =>
      withStep(scenario, at, { do: "scale", kind, name, namespace, replicas }),
  },
];
