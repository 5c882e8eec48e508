/** Values that are numbers of pods, amounts, times: with what they come to. */
import { deploymentBounds, rollingOf } from "../../../simulator/api/deployment-bounds.ts";
import { scaledValue } from "../../../simulator/api/int-or-percent.ts";
import { numberAt, objectAt } from "../../../simulator/api/json.ts";
import { matchesSelector } from "../../../simulator/api/label-selector.ts";
import type { LabelSelector } from "../../../simulator/api/objects.ts";
import { parseSchedule } from "../../../simulator/api/schedule/grammar.ts";
import { nextRuns } from "../../../simulator/api/schedule/next.ts";
import { isZoneName, zoneNames } from "../../../simulator/api/schedule/zone-names.ts";
import { mostUnavailable } from "../../../simulator/controllers/statefulset/decide.ts";
import type { Choice } from "./choice.ts";
import type { Spot } from "./context.ts";
import { ownValue } from "./names.ts";
import { knownAround, namespaceOf } from "./objects-around.ts";

const bounds = ["25%", "50%", "1", "0", "100%"];
const schedules = ["0 * * * *", "*/15 * * * *", "0 0 * * *", "30 2 * * *", "0 9 * * 1-5", "0 0 * * 0", "0 0 1 * *"];
const sizes: Readonly<Record<string, readonly string[]>> = {
  cpu: ["100m", "250m", "500m", "1", "2"],
  memory: ["64Mi", "128Mi", "256Mi", "512Mi", "1Gi", "2Gi"],
  "ephemeral-storage": ["1Gi", "2Gi", "5Gi"],
  storage: ["1Gi", "5Gi", "10Gi", "20Gi", "50Gi", "100Gi"],
  sizeLimit: ["64Mi", "256Mi", "1Gi"],
  "hugepages-2Mi": ["64Mi", "128Mi"],
};
const runsShown = 3;

/** Choices for a bound, an amount, a schedule or a zone; nothing for other fields. */
export function amountsFor(spot: Spot): readonly Choice[] {
  const { owner, field, type } = spot.shape;
  const last = String(spot.path.at(-1));
  if (type.kind === "quantity") {
    const own = (sizes[last] ?? []).map((value): Choice => ({ value, bare: true }));
    return field === "capacity" || sizes[last] ? own : [];
  }
  return makers[`${owner}.${field}`]?.(spot) ?? [];
}

const boundChoices = (spot: Spot): readonly Choice[] => bounds.map((value) => boundChoice(spot, value));

/** By type and field. */
const makers: Readonly<Record<string, (spot: Spot) => readonly Choice[]>> = {
  "CronJobSpec.schedule": scheduleChoices,
  "CronJobSpec.timeZone": zoneChoices,
  "RollingUpdateDeployment.maxSurge": boundChoices,
  "RollingUpdateDeployment.maxUnavailable": boundChoices,
  "RollingUpdateDaemonSet.maxSurge": boundChoices,
  "RollingUpdateDaemonSet.maxUnavailable": boundChoices,
  "RollingUpdateStatefulSetStrategy.maxUnavailable": boundChoices,
  "PodDisruptionBudgetSpec.minAvailable": boundChoices,
  "PodDisruptionBudgetSpec.maxUnavailable": boundChoices,
};

/** Whether a field is one of those. */
export function hasAmounts(field: string): boolean {
  return Object.hasOwn(makers, field);
}

function boundChoice(spot: Spot, value: string): Choice {
  const pods = podsOf(spot, value.endsWith("%") ? value : Number(value));
  const { words } = spot.around;
  return { value, bare: true, ...(pods === null ? {} : { detail: words.completion.pods(pods.count, pods.of) }) };
}

/** How many pods a bound comes to, by the arithmetic of the controller that heeds it; null where their number is not known. */
function podsOf(spot: Spot, value: string | number): { readonly count: number; readonly of: number } | null {
  const { owner, field } = spot.shape;
  const spec = objectAt(ownValue(spot), "spec");
  if (owner === "RollingUpdateDeployment") {
    const replicas = numberAt(spec, "replicas") ?? 1;
    const strategy = objectAt(spec, "strategy");
    // What is not said is a quarter.
    const rollingUpdate = {
      maxSurge: "25%",
      maxUnavailable: "25%",
      ...objectAt(strategy, "rollingUpdate"),
      [field]: value,
    };
    const { surge, unavailable } = deploymentBounds(rollingOf({ type: "RollingUpdate", rollingUpdate }, replicas));
    return { count: field === "maxSurge" ? surge : unavailable, of: replicas };
  }
  if (owner === "RollingUpdateStatefulSetStrategy") {
    const replicas = numberAt(spec, "replicas") ?? 1;
    return { count: mostUnavailable({ maxUnavailable: value } as never, replicas), of: replicas };
  }
  if (owner !== "PodDisruptionBudgetSpec") return null;
  const of = selectedReplicas(spot, objectAt(spec, "selector") as LabelSelector | undefined);
  const scaled = of === null ? null : scaledValue(value, of, "up");
  return of === null || scaled === null || "error" in scaled ? null : { count: Math.min(scaled.value, of), of };
}

/** The replicas of what makes the pods that a selector finds in the file; null where there is none. */
function selectedReplicas(spot: Spot, selector: LabelSelector | undefined): number | null {
  if (selector === undefined) return null;
  const namespace = namespaceOf(spot);
  const counts = knownAround(spot.around).flatMap((one) => {
    const isSelected = one.pods !== null && one.namespace === namespace && matchesSelector(selector, one.pods.labels);
    return isSelected && one.replicas !== null ? [one.replicas] : [];
  });
  return counts.length === 0 ? null : counts.reduce((sum, count) => sum + count);
}

function scheduleChoices(spot: Spot): readonly Choice[] {
  const { around, word } = spot;
  const written = around.slice.text.slice(...word).replace(/^["']|["']$/g, "");
  const own = parseSchedule(written).schedule === undefined ? [] : [written];
  const zone = objectAt(ownValue(spot), "spec")?.["timeZone"];
  const named = typeof zone === "string" && isZoneName(zone) ? zone : "UTC";
  return [...new Set([...own, ...schedules])].map((value) => {
    const { schedule } = parseSchedule(value);
    const runs = schedule === undefined ? [] : nextRuns(schedule, named, around.now, runsShown);
    const list = runs.map((run) => `* ${wallClock(run, named)}`);
    const sentence = around.sentence?.(value) ?? null;
    return {
      value,
      ...(sentence === null ? {} : { detail: sentence }),
      quoted: true,
      documentation: [around.words.hover.nextRuns(named), ...list].join("\n"),
    };
  });
}

function wallClock(instant: number, timeZone: string): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" }).format(instant);
}

function zoneChoices({ around }: Spot): readonly Choice[] {
  const isUsual = (name: string) => name === "UTC" || name.includes("/");
  const all = zoneNames().filter((name) => isUsual(name) && !name.startsWith("Etc/") && !name.startsWith("US/"));
  const first = all.includes(around.timeZone) ? [around.timeZone] : [];
  const names = [...new Set([...first, "UTC", ...all.sort()])];
  return names.map((value) => ({
    value,
    ...(value === around.timeZone ? { detail: around.words.completion.yourZone } : {}),
  }));
}
