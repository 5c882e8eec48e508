/** Which taints a pod bears. Models staging/src/k8s.io/component-helpers/scheduling/corev1/helpers.go and core/v1 toleration.go. */
import type { Taint, Toleration } from "./objects.ts";

/**
 * Whether the toleration covers the taint. An absent effect covers every effect, an absent key every key, an absent operator is
 * `Equal`. The numeric operators `Lt` and `Gt` stand behind a gate that is off by default: they never match.
 */
export function tolerates(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect && toleration.effect !== taint.effect) return false;
  if (toleration.key && toleration.key !== taint.key) return false;
  switch (toleration.operator || "Equal") {
    case "Exists":
      return true;
    case "Equal":
      return (toleration.value ?? "") === (taint.value ?? "");
    default:
      return false;
  }
}

/** The first taint with one of the `effects` that no toleration covers; undefined when all are covered. */
export function firstUntolerated(
  taints: readonly Taint[],
  tolerations: readonly Toleration[],
  effects: readonly string[],
): Taint | undefined {
  return taints.find(
    (taint) => effects.includes(taint.effect) && !tolerations.some((toleration) => tolerates(toleration, taint)),
  );
}
