/** What the panel knows. Everything shown is computed from these signals. */
import { computed, signal } from "@preact/signals";
import type { ManifestObject } from "../../../simulator/api/objects.ts";
import { isTarget } from "../../../simulator/api/target.ts";
import { defaultScenario } from "../../../simulator/scenario/defaults.ts";
import { type WhatIf, whatIfs, withStep } from "../../../simulator/scenario/presets.ts";
import type { Scenario } from "../../../simulator/scenario/scenario.ts";
import type { StepEntry, Trace } from "../../../simulator/trace.ts";
import { series, view } from "../../../simulator/view.ts";
import type { DocumentObject, Focus, PanelMemory } from "../../protocol.ts";
import { revisions } from "../history.ts";

export const title = signal("");
/** The version of Kubernetes that is simulated. */
export const kubernetes = signal("");
export const objects = signal<readonly DocumentObject[]>([]);
export const focus = signal<Focus | null>(null);
export const added = signal<PanelMemory["added"]>([]);
export const seed = signal(1);
export const whatIf = signal<WhatIf["id"] | "none">("none");
export const trace = signal<Trace | null>(null);
export const refusal = signal<string | null>(null);
export const running = signal(false);
export const time = signal(0);
export const playing = signal(false);
/** Simulated seconds a second; 0: the whole run in about ten seconds. */
export const speed = signal(0);

export const namespaceOf = (one: { readonly namespace: string }): string => one.namespace || "default";

export const workloads = computed(() => objects.value.filter((one) => one.workload));
/** What the text says of the workload in focus, valid or not. */
export const shown = computed(() => workloads.value.find((one) => isFocus(one)) ?? workloads.value[0] ?? null);
/** The workload as views of the trace name it. */
export const target = computed(() =>
  shown.value === null ? null : { kind: shown.value.kind, name: shown.value.name, namespace: namespaceOf(shown.value) },
);
export const points = computed(() => (trace.value && target.value ? series(trace.value, target.value) : []));
export const now = computed(() => (trace.value ? view(trace.value, time.value) : null));
/** The zone of the CronJob in focus (empty: that of the control plane); null for all else, whose time is counted from the start. */
export const clockZone = computed(() => {
  const name = target.value;
  if (name?.kind !== "CronJob") return null;
  const found = now.value?.CronJob.find((one) => one.name === name.name && one.namespace === name.namespace);
  return found?.state.timeZone ?? "";
});
/** The rollout history at the playhead. */
export const history = computed(() => (now.value && target.value ? revisions(now.value, target.value) : []));
/** What the playhead's past holds of steps that were refused: when, and why in words. */
export const refusedSteps = computed(() =>
  (trace.value?.entries ?? []).filter(
    (entry): entry is StepEntry => entry.type === "step" && entry.time <= time.value && isRefused(entry),
  ),
);
/** A little after the last change, so that what it led to can be seen. */
export const end = computed(() => Math.max(1_000, Math.round((trace.value?.end ?? 0) * 1.08)));
/** Times at which something changes, ascending; where the step buttons go. */
export const moments = computed(() => [...new Set(trace.value?.entries.map((entry) => entry.time) ?? [])]);

/** By a problem, or in kubectl's own words. */
const isRefused = ({ problem, output }: StepEntry): boolean =>
  problem !== undefined || output?.startsWith("error: ") === true;

function isFocus(one: DocumentObject): boolean {
  const wanted = focus.value;
  return (
    wanted !== null && one.kind === wanted.kind && one.name === wanted.name && namespaceOf(one) === namespaceOf(wanted)
  );
}

/** What is to be run now: the valid objects of the text, what a person added, and what is supposed to go wrong. */
export function currentScenario(): Scenario {
  const valid = objects.value.flatMap((one) => (one.object ? [one.object as unknown as ManifestObject] : []));
  const version = kubernetes.value;
  const usual = defaultScenario(valid, seed.value);
  let scenario: Scenario = isTarget(version) ? { ...usual, kubernetes: version } : usual;
  for (const { at, action } of added.value)
    scenario = withStep(scenario, at, { ...action, namespace: namespaceOf(action) });
  const preset = whatIfs.find((one) => one.id === whatIf.value);
  const aim = target.value;
  if (!preset || !aim) return scenario;
  const last = added.value.findLast(({ action }) => action.do === "setImage")?.action;
  return preset.apply(scenario, {
    ...aim,
    ...(last?.do === "setImage" ? { image: last.image } : {}),
    node: scenario.nodes.at(-1)?.name ?? "",
    at: Math.max(60_000, ...added.value.map((one) => one.at)),
    replicas: 1,
  });
}
