/** Numbers that may be given as percentages. Models staging/src/k8s.io/apimachinery/pkg/util/intstr/intstr.go. */
import type { IntOrString } from "./objects.ts";
import { goQuote } from "./schedule/error-text.ts";

type ParsedIntOrPercent =
  | { readonly type: "integer" | "percent"; readonly value: number }
  /** In Kubernetes' words. */
  | { readonly error: string };

const integer = /^[+-]?[0-9]+$/;

/** What stands there: a number as it is, or the number before the percent sign. */
export function parseIntOrPercent(value: IntOrString): ParsedIntOrPercent {
  if (typeof value === "number") return { type: "integer", value };
  if (!value.endsWith("%")) return { error: "invalid type: string is not a percentage" };
  const digits = value.slice(0, -1);
  const wrong = (reason: string) => ({
    error: `invalid value ${goQuote(value)}: strconv.Atoi: parsing ${goQuote(digits)}: ${reason}`,
  });
  if (!integer.test(digits)) return wrong("invalid syntax");
  const exact = BigInt(digits.replace("+", ""));
  if (BigInt.asIntN(64, exact) !== exact) return wrong("value out of range");
  return { type: "percent", value: Number(digits) };
}

/** The value for a total: 25% of 3 is 1 rounded up, 0 rounded down. */
export function scaledValue(
  value: IntOrString,
  total: number,
  round: "up" | "down",
): { readonly value: number } | { readonly error: string } {
  const parsed = parseIntOrPercent(value);
  if ("error" in parsed) return { error: `invalid value for IntOrString: ${parsed.error}` };
  if (parsed.type === "integer") return { value: parsed.value };
  const share = (parsed.value * total) / 100;
  // Adding 0 turns -0 into 0.
  return { value: (round === "up" ? Math.ceil(share) : Math.floor(share)) + 0 };
}

interface Fenceposts {
  /** Pods that may exist above the desired number. */
  readonly surge: number;
  /** Pods below the desired number that may be missing. */
  readonly unavailable: number;
}

/**
 * Both bounds of a Deployment's rolling update as numbers: surge rounds up, unavailable rounds down, and when both come out as
 * 0 unavailable becomes 1, because nothing could move otherwise. `null` counts as 0.
 * Models ResolveFenceposts of pkg/controller/deployment/util/deployment_util.go.
 */
export function resolveFenceposts(
  maxSurge: IntOrString | null,
  maxUnavailable: IntOrString | null,
  desired: number,
): Fenceposts | { readonly error: string } {
  const surge = scaledValue(maxSurge ?? 0, desired, "up");
  if ("error" in surge) return surge;
  const unavailable = scaledValue(maxUnavailable ?? 0, desired, "down");
  if ("error" in unavailable) return unavailable;
  const stuck = surge.value === 0 && unavailable.value === 0;
  // Both are numbers of 32 bits in the end.
  return { surge: surge.value | 0, unavailable: stuck ? 1 : unavailable.value | 0 };
}
