import { deploymentBounds } from "../../../simulator/api/deployment-bounds.ts";
import { resolveFenceposts, scaledValue } from "../../../simulator/api/int-or-percent.ts";
import type { IntOrString } from "../../../simulator/api/objects.ts";
import * as decide from "../../../simulator/controllers/deployment/decide.ts";
import { tableSuite } from "../suite.ts";

interface In {
  readonly op: "deployment" | "daemonset" | "statefulset";
  readonly desired: number;
  readonly replicas: number;
  readonly strategy: string;
  readonly maxSurge: IntOrString | null;
  readonly maxUnavailable: IntOrString | null;
}

function daemonSet({ strategy, maxSurge, maxUnavailable, desired }: In) {
  const rolling = strategy === "RollingUpdate";
  const limit = (value: IntOrString | null) => {
    const scaled = rolling ? scaledValue(value ?? 0, desired, "up") : { value: 0 };
    return "error" in scaled ? { value: null, error: scaled.error } : { value: scaled.value, error: null };
  };
  const surge = limit(maxSurge);
  const unavailable = limit(maxUnavailable);
  const allowsSurge = rolling && (surge.value ?? 0) > 0;
  return {
    allowsSurge,
    surge: surge.value,
    surgeError: surge.error,
    unavailable: unavailable.value,
    unavailableError: unavailable.error,
  };
}

function statefulSet({ maxUnavailable, replicas }: In) {
  const scaled = scaledValue(maxUnavailable ?? 1, replicas, "down");
  return "error" in scaled
    ? { maxUnavailable: null, error: scaled.error }
    : { maxUnavailable: Math.max(1, scaled.value), error: null };
}

function deployment({ maxSurge, maxUnavailable, desired }: In) {
  const resolved = resolveFenceposts(maxSurge, maxUnavailable, desired);
  if ("error" in resolved) return { error: resolved.error, surge: null, unavailable: null };
  const target = { replicas: desired, rolling: true, maxSurge, maxUnavailable };
  const bounds = deploymentBounds(target);
  return {
    ...resolved,
    error: null,
    controllerMaxSurge: bounds.surge,
    controllerMaxUnavailable: bounds.unavailable,
    controllerMinAvailable: decide.minAvailable(target),
  };
}

export const suite = tableSuite<In, unknown>("intorpercent", (row) =>
  row.op === "deployment" ? deployment(row) : row.op === "daemonset" ? daemonSet(row) : statefulSet(row),
);
