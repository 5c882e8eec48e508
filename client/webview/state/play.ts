/** From what the text says and what a person tried to what is played. Pure. */
import type { ManifestObject } from "../../../simulator/api/objects.ts";
import { isTarget as isVersion } from "../../../simulator/api/target.ts";
import type { Mode, Play } from "../../../simulator/played.ts";
import { defaultNodes } from "../../../simulator/scenario/defaults.ts";
import type { Action, Fault, ScenarioNode } from "../../../simulator/scenario/scenario.ts";
import type { WorkloadName } from "../../../simulator/view.ts";
import type { Trial, Variant, WhatIfId } from "./trial.ts";

export interface Wanted {
  readonly mode: Mode;
  readonly before: readonly ManifestObject[];
  readonly after: readonly ManifestObject[];
  readonly target: WorkloadName | null;
  readonly trial: Trial;
  /** The version of Kubernetes. */
  readonly kubernetes: string;
  /** Instant of the change in milliseconds since 1970, for what is told by the clock; null for all else. */
  readonly start: number | null;
  readonly length: number | null;
}

/** When what a what-if does happens, in milliseconds after the change. */
export const whatIfTime = 10_000;
/** How much slower starting is with `slow-start`. */
export const slowness = 20;
/** How long a container lives with `crash-loop`. */
export const crashAfter = 3_000;

const faults: Partial<Record<WhatIfId, Fault["fault"]>> = {
  "image-pull": { type: "imagePull" },
  "never-ready": { type: "neverReady" },
  "crash-loop": { type: "crash", after: crashAfter },
  "slow-start": { type: "slowStart", factor: slowness },
};

/** The worker that what-ifs take away. */
export const firstWorker = (nodes: readonly ScenarioNode[]): string =>
  nodes.find((node) => !node.taints?.length)?.name ?? "worker-1";

/** The cluster of a scenario, or the default one with another number or size of workers. */
export function clusterOf({ workers, given }: Trial): readonly ScenarioNode[] {
  if (!workers) return given?.nodes ?? defaultNodes;
  const [plane, ...rest] = defaultNodes;
  const model = rest[0]!;
  const made = Array.from({ length: workers.count }, (_, index): ScenarioNode => {
    const like = rest[index % rest.length]!;
    const name = `worker-${index + 1}`;
    return {
      ...like,
      name,
      labels: { ...like.labels, "kubernetes.io/hostname": name },
      allocatable: { ...model.allocatable, cpu: String(workers.cpu) },
    };
  });
  return [plane!, ...made];
}

const inside = (value: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce<unknown>((at, key) => (at as Record<string, unknown> | null | undefined)?.[key], value);

/** The images of the containers of a workload. */
export function imagesOf(object: ManifestObject | undefined): readonly string[] {
  const spec = inside(object, "spec");
  const template =
    object?.kind === "CronJob" ? inside(spec, "jobTemplate", "spec", "template") : inside(spec, "template");
  const containers = inside(template, "spec", "containers");
  return Array.isArray(containers) ? containers.map((one) => String(inside(one, "image") ?? "")) : [];
}

const isTarget = (target: WorkloadName) => (object: ManifestObject) =>
  object.kind === target.kind &&
  object.metadata.name === target.name &&
  (object.metadata.namespace ?? "default") === target.namespace;

/** The faults of the what-ifs: they strike only the new version, where it can be told by its image. */
function faultsOf({ trial, target, before, after, mode }: Wanted): readonly Fault[] {
  if (!target) return [];
  const old = mode === "change" ? imagesOf(before.find(isTarget(target))) : [];
  const fresh = imagesOf(after.find(isTarget(target))).find((image) => !old.includes(image));
  const { kind, name } = target;
  const on = mode === "change" && fresh !== undefined ? { kind, name, image: fresh } : { kind, name };
  return trial.whatIfs.flatMap((id) => {
    const fault = faults[id];
    return fault ? [{ on, fault }] : [];
  });
}

function stepsOf({ trial }: Wanted, nodes: readonly ScenarioNode[]): Play["steps"] {
  const name = firstWorker(nodes);
  const doing: Partial<Record<WhatIfId, Action>> = {
    "node-lost": { do: "nodeLost", name },
    "node-drained": { do: "drain", name },
  };
  const asked = trial.whatIfs.flatMap((id) => {
    const action = doing[id];
    return action ? [{ at: whatIfTime, action }] : [];
  });
  return [...trial.steps.map(({ at, action }) => ({ at, action })), ...asked];
}

/** The play that is wanted. */
export function playOf(wanted: Wanted): Play {
  const { mode, before, after, target, trial, kubernetes, start, length } = wanted;
  const nodes = clusterOf(trial);
  return {
    mode,
    before,
    after,
    target,
    seed: trial.seed,
    ...(isVersion(kubernetes) ? { kubernetes } : {}),
    ...(start === null ? {} : { start }),
    ...(length === null ? {} : { length }),
    nodes,
    timings: trial.timings,
    faults: [...(trial.given?.faults ?? []), ...faultsOf(wanted)],
    ...(trial.given?.behaviours.length ? { behaviours: trial.given.behaviours } : {}),
    ...(trial.given?.elsewhere ? { elsewhere: trial.given.elsewhere } : {}),
    steps: stepsOf(wanted, nodes),
  };
}

const strategies: Partial<Record<Variant, Readonly<Record<string, unknown>>>> = {
  surge: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
  rolling: { type: "RollingUpdate", rollingUpdate: { maxSurge: "25%", maxUnavailable: "25%" } },
  recreate: { type: "Recreate" },
};

/** The strategy of a variant, as it would stand in the manifest; null when it is not one. */
export const strategyOf = (variant: Variant): Readonly<Record<string, unknown>> | null => strategies[variant] ?? null;

/** The variants that a Deployment's run can be compared with: every strategy that it does not have, and without the steps. */
export function variantsOf({ target, after, trial }: Wanted): readonly Variant[] {
  const object = target ? after.find(isTarget(target)) : undefined;
  const own = trial.steps.length + trial.whatIfs.length > 0 ? (["steps"] as const) : [];
  if (object?.kind !== "Deployment") return own;
  const now = JSON.stringify(inside(object, "spec", "strategy"));
  const others = (["surge", "rolling", "recreate"] as const).filter((one) => JSON.stringify(strategies[one]) !== now);
  return [...others, ...own];
}

/** The same with another strategy, or without what was tried. */
export function variedBy(wanted: Wanted, variant: Variant): Wanted {
  const { target, trial } = wanted;
  if (variant === "steps") return { ...wanted, trial: { ...trial, steps: [], whatIfs: [] } };
  const strategy = strategyOf(variant);
  const vary = (object: ManifestObject): ManifestObject =>
    target && isTarget(target)(object) ? { ...object, spec: { ...object.spec, strategy } } : object;
  // A restart is of what is there, which then has the other strategy already.
  return {
    ...wanted,
    after: wanted.after.map(vary),
    before: wanted.mode === "restart" ? wanted.before.map(vary) : wanted.before,
  };
}
