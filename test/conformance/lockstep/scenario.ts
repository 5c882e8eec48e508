/** The shapes of recorded scenarios and traces, and their reading. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Target } from "../../../simulator/api/target.ts";
import type { ScenarioNode } from "../../../simulator/scenario/scenario.ts";

export type Selection = number | "all" | "rest" | Readonly<Record<string, unknown>>;
export type RecordedStep = Readonly<Record<string, unknown>>;

/** A node; `capacity` is what it has otherwise than all others. */
export type RecordedNode = Omit<ScenarioNode, "allocatable"> & {
  readonly capacity?: Readonly<Record<string, string | number>>;
};

export interface Recording {
  readonly name: string;
  readonly nodes?: number | readonly RecordedNode[];
  readonly finish?: "auto";
  readonly showNodes?: boolean;
  readonly hideNodes?: boolean;
  readonly startSecond?: number;
  /** The version of Kubernetes; absent: 1.36. */
  readonly kubernetes?: Target;
  readonly quiet?: number;
  readonly podDetails?: boolean;
  readonly showResources?: boolean;
  readonly schedulerEvents?: boolean;
  readonly steps: readonly RecordedStep[];
}

export interface TraceEntry {
  readonly clock: readonly [number, number];
  /** What kubectl printed, or what was answered to evictions. */
  readonly output?: unknown;
  readonly snapshot: Readonly<Record<string, unknown>>;
  readonly events: readonly RecordedEventCount[];
  readonly schedulerEvents?: readonly RecordedEventCount[];
}

export interface RecordedEventCount {
  readonly object: string;
  readonly type: string;
  readonly reason: string;
  /** Absent of what is told once only. */
  readonly count?: number;
  readonly message: string;
}

export interface RecordedTrace {
  readonly scenario: string;
  readonly trace: readonly TraceEntry[];
}

/** Names of the scenarios below `DIR/traces`. */
export function scenarioNames(dir: string): readonly string[] {
  return namesIn(join(dir, "traces"), ".yaml");
}

/** Names of the scenarios of which there is a trace in a folder of its own, as `versions/traces/1.37`. */
export function traceNames(dir: string, folder: string): readonly string[] {
  return namesIn(join(dir, folder), ".trace.json");
}

function namesIn(folder: string, ending: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith(ending));
  return files.map((file) => file.slice(0, -ending.length)).sort();
}

/** A scenario with the trace in the folder; it is in the same folder, else in `DIR/traces`. */
export function readScenario(
  dir: string,
  name: string,
  folder = "traces",
): { recording: Recording; trace: RecordedTrace } {
  const own = join(dir, folder, `${name}.yaml`);
  const file = existsSync(own) ? own : join(dir, "traces", `${name}.yaml`);
  return {
    recording: parse(readFileSync(file, "utf8")) as Recording,
    trace: JSON.parse(readFileSync(join(dir, folder, `${name}.trace.json`), "utf8")) as RecordedTrace,
  };
}

/** The nodes as a list: a number gives n1, n2 …; absent gives one; a name stands for a node without more. */
export function nodesOf(
  nodes: number | string | RecordedNode | readonly (string | RecordedNode)[] | undefined,
): readonly RecordedNode[] {
  if (typeof nodes === "string" || (typeof nodes === "object" && "name" in nodes)) return nodesOf([nodes]);
  if (typeof nodes === "object") return nodes.map((one) => (typeof one === "string" ? { name: one } : one));
  return Array.from({ length: nodes ?? 1 }, (_, index) => ({ name: `n${index + 1}` }));
}
