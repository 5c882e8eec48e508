/**
 * Changes the number of replicas by what metrics say. Models reconcileAutoscaler of pkg/controller/podautoscaler/horizontal.go: each
 * autoscaler is looked at once in a period, for the first time one period after it was made.
 */
import { conditionsWith } from "../../api/conditions.ts";
import { semanticEqual } from "../../api/equality.ts";
import { asObject, type JsonObject, listAt, numberAt, objectAt } from "../../api/json.ts";
import { selectorTest, selectorText } from "../../api/label-selector.ts";
import type { LabelSelector } from "../../api/objects.ts";
import { quantityNumber } from "../../api/quantity-number.ts";
import { type ControllerFactory, keyOf, splitKey } from "../../cluster/controller.ts";
import type { Pod, Stored } from "../../cluster/objects.ts";
import { timeText } from "../../cluster/time.ts";
import {
  type Behavior,
  type Bounds,
  type Memory,
  type Policy,
  type ScalingRules,
  type Stamped,
  usualWindow,
  withoutRules,
  withRules,
} from "./limits.ts";
import { type Judged, judgeMetric, type Scene } from "./metric.ts";
import { type ScaleTarget, scaleTarget } from "./target.ts";

/** The resource that autoscalers are stored as. */
const autoscalerResource = "horizontalpodautoscalers.autoscaling";

/** Milliseconds between two looks, as by default. */
const usualPeriod = 15_000;

const usualTolerance = 0.1;

/** What the status says after a look. */
interface Outcome {
  readonly desired: number | undefined;
  readonly metrics: readonly JsonObject[] | null;
  readonly scaled: boolean;
}

/** The size that all metrics together ask for; `why` is the metric that asks for most. */
type Wish =
  | { readonly replicas: number; readonly why: string; readonly metrics: readonly JsonObject[] }
  | { readonly failed: string; readonly metrics: readonly JsonObject[] | null };

const rulesAt = (behavior: JsonObject | undefined, way: string, window: number): ScalingRules => {
  const rules = objectAt(behavior, way);
  return {
    stabilizationWindowSeconds: numberAt(rules, "stabilizationWindowSeconds") ?? window / 1000,
    selectPolicy: (rules?.["selectPolicy"] as ScalingRules["selectPolicy"] | undefined) ?? "Max",
    policies: listAt(rules, "policies") as unknown as readonly Policy[],
  };
};

function behaviorOf(spec: JsonObject): Behavior | undefined {
  const behavior = objectAt(spec, "behavior");
  if (!behavior) return undefined;
  return { scaleUp: rulesAt(behavior, "scaleUp", 0), scaleDown: rulesAt(behavior, "scaleDown", usualWindow) };
}

function toleranceAt(spec: JsonObject, way: string): number {
  const own = objectAt(objectAt(spec, "behavior"), way)?.["tolerance"];
  return own === undefined ? usualTolerance : (quantityNumber(own as string | number) ?? usualTolerance);
}

/** The factory of the controller; `period` in milliseconds. */
export function autoscalerController(period = usualPeriod): ControllerFactory {
  return {
    name: "horizontal-pod-autoscaler",
    create({ store, now, start, metrics, enqueueAfter, event }) {
      const memories = new Map<string, Memory>();
      /** Of each autoscaler that has looked at its pods. */
      const selectors = new Map<string, LabelSelector>();

      function podsOf(namespace: string, selector: LabelSelector): readonly Pod[] {
        const test = selectorTest(selector);
        return [...store.all("Pod")].filter((pod) => pod.namespace === namespace && test(pod.labels));
      }

      /** Which autoscalers look at any of the pods. */
      function selecting(namespace: string, pods: readonly Pod[]): readonly string[] {
        const found = [...selectors].filter(([key, selector]) => {
          if (splitKey(key)[0] !== namespace) return false;
          const test = selectorTest(selector);
          return pods.some(({ labels }) => test(labels));
        });
        return found.map(([key]) => key).sort();
      }

      /** The status as it will be written: conditions are set one after the other. */
      function draftOf(autoscaler: Stored) {
        let status = asObject(autoscaler.content["status"]);
        return {
          set(type: string, is: boolean, reason: string, message: string): void {
            const condition = { type, status: is ? "True" : "False", reason, message } as const;
            status = { ...status, conditions: conditionsWith(status, condition, timeText(now(), start)) };
          },
          write(current: number | undefined, outcome: Outcome): void {
            if (current !== undefined) {
              status = {
                ...status,
                ...(outcome.scaled ? { lastScaleTime: timeText(now(), start) } : {}),
                currentReplicas: current,
                desiredReplicas: outcome.desired ?? numberAt(status, "desiredReplicas") ?? 0,
                currentMetrics: outcome.metrics,
              };
            }
            if (semanticEqual(status, autoscaler.content["status"])) return;
            store.update(autoscaler, { content: { ...autoscaler.content, status } });
          },
        };
      }

      type Draft = ReturnType<typeof draftOf>;

      function wishOf(autoscaler: Stored, target: ScaleTarget, draft: Draft): Wish {
        const { namespace, content } = autoscaler;
        const spec = asObject(content["spec"]);
        const selector = target.selector ?? {};
        selectors.set(keyOf(autoscaler), selector);
        const pods = podsOf(namespace, selector);
        const others = selecting(namespace, pods);
        if (others.length > 1) {
          const all = `pods by selector ${selectorText(selector)} are controlled by multiple HPAs: [${others.join(" ")}]`;
          event(autoscaler, "Warning", "AmbiguousSelector", all);
          draft.set("ScalingActive", false, "AmbiguousSelector", all);
          return { failed: all, metrics: null };
        }
        const scene: Scene = {
          ...target,
          metrics,
          now,
          start,
          namespace,
          pods,
          tolerance: { up: toleranceAt(spec, "scaleUp"), down: toleranceAt(spec, "scaleDown") },
        };
        return together(autoscaler, listAt(spec, "metrics").map(asObject), scene, draft);
      }

      /** The largest size counts. Where a metric fails it may only go up. */
      function together(autoscaler: Stored, wanted: readonly JsonObject[], scene: Scene, draft: Draft): Wish {
        const judged = wanted.map((metric): Judged => {
          const one = judgeMetric(metric, scene);
          if ("error" in one) event(autoscaler, "Warning", one.reason, one.error);
          return one;
        });
        const told = judged.map((one) => ("error" in one ? { type: "" } : one.status));
        const failed = judged.flatMap((one) => ("error" in one ? [one] : []));
        const worked = judged.flatMap((one) => ("error" in one ? [] : [one]));
        const largest = worked.toSorted((a, b) => b.replicas - a.replicas)[0];
        const [first] = failed;
        if (first && (!largest || largest.replicas < scene.specReplicas)) {
          draft.set(
            "ScalingActive",
            false,
            first.reason,
            `the HPA was unable to compute the replica count: ${first.error}`,
          );
          const count = `${failed.length} invalid out of ${wanted.length}`;
          return { failed: `invalid metrics (${count}), first error is: ${first.told}`, metrics: told };
        }
        const why = largest?.name ?? "";
        const text = `the HPA was able to successfully calculate a replica count from ${why}`;
        draft.set("ScalingActive", true, "ValidMetricFound", text);
        return { replicas: largest?.replicas ?? 0, why, metrics: told };
      }

      function remember(key: string, more: Partial<Memory>): void {
        const before = memories.get(key) ?? { recommendations: [], added: [], removed: [] };
        // No window and no period is longer than an hour.
        const recent = (list: readonly Stamped[], added: readonly Stamped[] = []) =>
          [...list, ...added].filter(({ time }) => time >= now() - 3_600_000);
        memories.set(key, {
          recommendations: recent(before.recommendations, more.recommendations),
          added: recent(before.added, more.added),
          removed: recent(before.removed, more.removed),
        });
      }

      function normalized(key: string, spec: JsonObject, bounds: Bounds, wanted: number, draft: Draft): number {
        const memory = memories.get(key)!;
        const behavior = behaviorOf(spec);
        const { replicas, able, limited } = behavior
          ? withRules(wanted, bounds, memory, behavior, now())
          : withoutRules(wanted, bounds, memory, now());
        remember(key, { recommendations: [{ time: now(), replicas: wanted }] });
        draft.set("AbleToScale", true, able.reason, able.message);
        draft.set("ScalingLimited", limited.is, limited.reason, limited.message);
        return replicas;
      }

      function resize(autoscaler: Stored, target: ScaleTarget, replicas: number, reason: string, draft: Draft): void {
        const { specReplicas } = target;
        target.scale(replicas);
        const text = `the HPA controller was able to update the target scale to ${replicas}`;
        draft.set("AbleToScale", true, "SucceededRescale", text);
        event(autoscaler, "Normal", "SuccessfulRescale", `New size: ${replicas}; reason: ${reason}`);
        const change = { time: now(), replicas: Math.abs(replicas - specReplicas) };
        remember(keyOf(autoscaler), replicas > specReplicas ? { added: [change] } : { removed: [change] });
      }

      /** Within its bounds the metrics decide. */
      function byMetrics(autoscaler: Stored, target: ScaleTarget, bounds: Bounds, draft: Draft): void {
        const { current } = bounds;
        const wish = wishOf(autoscaler, target, draft);
        if ("failed" in wish) {
          draft.write(current, { desired: undefined, metrics: wish.metrics, scaled: false });
          event(autoscaler, "Warning", "FailedComputeMetricsReplicas", wish.failed);
          return;
        }
        const { replicas: wanted } = wish;
        const reason =
          wanted > current ? `${wish.why} above target` : wanted < current ? "All metrics below target" : "";
        const spec = asObject(autoscaler.content["spec"]);
        const replicas = normalized(keyOf(autoscaler), spec, bounds, wanted, draft);
        const scaled = replicas !== current;
        if (scaled) resize(autoscaler, target, replicas, reason, draft);
        draft.write(current, { desired: replicas, metrics: wish.metrics, scaled });
      }

      function look(autoscaler: Stored): void {
        const spec = asObject(autoscaler.content["spec"]);
        const draft = draftOf(autoscaler);
        const target = scaleTarget(store, autoscaler.namespace, asObject(spec["scaleTargetRef"]));
        if ("error" in target) {
          event(autoscaler, "Warning", "FailedGetScale", target.error);
          const text = `the HPA controller was unable to get the target's current scale: ${target.error}`;
          draft.set("AbleToScale", false, "FailedGetScale", text);
          draft.write(undefined, { desired: undefined, metrics: null, scaled: false });
          return;
        }
        const text = "the HPA controller was able to get the target's current scale";
        draft.set("AbleToScale", true, "SucceededGetScale", text);
        const current = target.specReplicas;
        const key = keyOf(autoscaler);
        if (!memories.has(key)) remember(key, { recommendations: [{ time: now(), replicas: current }] });
        const min = numberAt(spec, "minReplicas") ?? 1;
        const max = numberAt(spec, "maxReplicas") ?? 1;
        if (current === 0 && min !== 0) {
          const off = "scaling is disabled since the replica count of the target is zero";
          draft.set("ScalingActive", false, "ScalingDisabled", off);
          draft.write(current, { desired: 0, metrics: null, scaled: false });
        } else if (current > max || current < min) {
          const replicas = current > max ? max : min;
          const bound = current > max ? "above Spec.MaxReplicas" : "below Spec.MinReplicas";
          resize(autoscaler, target, replicas, `Current number of replicas ${bound}`, draft);
          draft.write(current, { desired: replicas, metrics: null, scaled: true });
        } else byMetrics(autoscaler, target, { current, min, max }, draft);
      }

      return {
        kinds: ["Stored"],
        observe({ type, object }) {
          if (object.kind !== "Stored" || object.resource !== autoscalerResource) return;
          const key = keyOf(object);
          if (type === "deleted") {
            memories.delete(key);
            selectors.delete(key);
          } else if (type === "added") enqueueAfter(key, period);
        },
        sync(key) {
          const autoscaler = store.getStored(autoscalerResource, ...splitKey(key));
          if (!autoscaler) return;
          look(autoscaler);
          enqueueAfter(key, period);
        },
      };
    },
  };
}
