/** What a pod asks for and when its probes have failed, as the kubelet and the scheduler reckon. */
import { numberAt } from "../../../simulator/api/json.ts";
import type { Json, PodSpec } from "../../../simulator/api/objects.ts";
import { qosClass } from "../../../simulator/api/pod/qos.ts";
import { podTotals } from "../../../simulator/api/pod-totals.ts";
import type { Path } from "../../../simulator/api/problem.ts";
import { formatQuantity } from "../../../simulator/api/quantity.ts";
import type { Amounts } from "../../../simulator/api/quota/amounts.ts";
import type { PodParams, ProbeParams } from "../../messages/arithmetic.ts";
import { podSpecOf } from "../../rules/pods.ts";
import { valueAt } from "../parse.ts";
import type { Subject } from "../subject.ts";

/** Quality of service and requests of the pods of an object; null for one that makes none. */
export function podOf({ kind, object }: Subject): PodParams | null {
  const pod = podSpecOf(kind, object);
  if (pod === null || !Array.isArray(pod.spec["containers"])) return null;
  const spec = pod.spec as unknown as PodSpec;
  const requests = podTotals(spec, "requests");
  const replicas = numberAt(object?.spec as Readonly<Record<string, Json>> | undefined, "replicas") ?? 1;
  return { qos: qosClass(spec), requests: amountsText(requests, 1), replicas, all: amountsText(requests, replicas) };
}

function amountsText(amounts: Amounts, times: number): string {
  return [...amounts]
    .filter(([, { nanos }]) => nanos > 0n)
    .map(
      ([name, { nanos, format }]) => `${name} ${formatQuantity({ nanos: nanos * BigInt(Math.max(0, times)), format })}`,
    )
    .join(", ");
}

const probes = ["livenessProbe", "readinessProbe", "startupProbe"] as const;

/** When the probe at a path has failed; null where there is no probe. */
export function probeAt({ object }: Subject, path: Path): ProbeParams | null {
  const probe = probes.find((one) => one === path.at(-1));
  const value = valueAt(object, path) as Readonly<Record<string, Json>> | undefined;
  const [failures, period] = [numberAt(value, "failureThreshold"), numberAt(value, "periodSeconds")];
  if (probe === undefined || failures === undefined || period === undefined) return null;
  const delay = numberAt(value, "initialDelaySeconds") ?? 0;
  const after = failures * period + (probe === "startupProbe" ? delay : 0);
  return { probe, failures, period, delay, after };
}
