/** Events as the API client of a controller would have sent them. */
import type { RecordedEvent } from "../../../simulator/cluster/cluster.ts";
import { kindName } from "../../../simulator/cluster/kind-name.ts";
import type { RecordedEventCount } from "./scenario.ts";
import type { Symbols } from "./symbols.ts";

const sources = new Set([
  "deployment",
  "replicaset",
  "statefulset",
  "daemonset",
  "job",
  "cronjob",
  "disruption",
  "horizontal-pod-autoscaler",
]);
/** What comes again and again while something is tried again: told once in a scenario, without a count. */
const repeated = new Set([
  "FailedCreate",
  "ReplicaSetCreateError",
  "NoPods",
  "UnmanagedPods",
  "CalculateExpectedPodCountFailed",
]);
/** client-go's spam filter: so many events about one object from one source, then one more every five minutes. */
const burst = 25;
const refillMillis = 300_000;

/** The names of what was refused, and so never came to be: of its owner's symbol. */
function neverMade(text: string, owner: string, symbol: string): string {
  return text.replace(/"([a-z0-9.-]+)-[a-z0-9]+"/g, (whole, base: string) =>
    base === owner ? `"${symbol}-*"` : whole,
  );
}

export interface EventLog {
  record(event: RecordedEvent, now: number): void;
  /** What was recorded since the last call, equal ones added up. */
  take(): readonly RecordedEventCount[];
}

export function createEventLog(symbols: Symbols): EventLog {
  const buckets = new Map<string, { tokens: number; at: number }>();
  let counts = new Map<string, number>();
  const told = new Set<string>();

  /** Takes a token of the object's bucket if there is one. */
  function admits(key: string, now: number): boolean {
    const bucket = buckets.get(key) ?? { tokens: burst, at: now };
    buckets.set(key, bucket);
    bucket.tokens = Math.min(burst, bucket.tokens + (now - bucket.at) / refillMillis);
    bucket.at = now;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }

  return {
    record({ object, level, reason, message, source }, now) {
      if (!sources.has(source) || reason === "MissingJob") return;
      if (!admits(`${source}/${object.uid}`, now)) return;
      const key = JSON.stringify({
        object: `${kindName(object)}/${symbols.of(object.kind, object.name)}`,
        type: level,
        reason,
        message: neverMade(symbols.inText(message), object.name, symbols.of(object.kind, object.name)),
      });
      if (!repeated.has(reason)) counts.set(key, (counts.get(key) ?? 0) + 1);
      else if (!told.has(key)) counts.set(key, 0);
      told.add(key);
    },
    take() {
      const taken = [...counts].map(
        ([key, count]): RecordedEventCount => ({
          ...(JSON.parse(key) as RecordedEventCount),
          ...(count > 0 ? { count } : {}),
        }),
      );
      counts = new Map();
      return taken;
    },
  };
}
