/** What the simulator offers to the rest of the product. */
export type { ManifestObject } from "./api/objects.ts";
export type { Path, Problem, Severity } from "./api/problem.ts";
export { type Summary, summarize } from "./insight/summary.ts";
export { podStatusWord } from "./nodes/kubelet/status-word.ts";
export { type ExplainedPod, explainNodes, type NodeVerdict } from "./nodes/scheduler/explain.ts";
export { checkScenario } from "./scenario/check.ts";
export { defaultNodes, defaultScenario, defaultStart, defaultTimings, rolloutScenario } from "./scenario/defaults.ts";
export { type WhatIf, whatIfs, withFault, withStep } from "./scenario/presets.ts";
export type { Action, Duration, Fault, Scenario, ScenarioNode, Step, Timings } from "./scenario/scenario.ts";
export { createRun, type Progress, type Run, type SimulateOptions, type Simulation, simulate } from "./simulate.ts";
export type { Ending, EventEntry, ObjectEntry, PodState, States, StepEntry, Trace, TraceEntry } from "./trace.ts";
export { type PodDoing, podDoing, type SeriesPoint, series, type View, view, type WorkloadName } from "./view.ts";
