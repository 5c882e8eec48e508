/** Events of the scheduler, as the second set of traces lists them. */
import type { Cluster, RecordedEvent } from "../../../simulator/cluster/cluster.ts";
import type { LiveObject } from "../../../simulator/cluster/objects.ts";
import type { RecordedEventCount } from "./scenario.ts";
import type { Symbols } from "./symbols.ts";

export interface SchedulerLog {
  record(event: RecordedEvent): void;
  /** What was recorded since the last call. Of refusals only those that their pod still has, each once in a scenario. */
  take(cluster: Cluster): readonly RecordedEventCount[];
}

export function createSchedulerLog(symbols: Symbols): SchedulerLog {
  let events: RecordedEvent[] = [];
  const told = new Set<string>();
  const names = new Map<string, string>();
  const nameOf = ({ name }: LiveObject) => symbols.inText(name);

  function refusalOf(cluster: Cluster, object: LiveObject): string | undefined {
    if (object.kind !== "Pod" || !cluster.store.has(object)) return undefined;
    return object.conditions.find(({ type, status }) => type === "PodScheduled" && status === "False")?.message;
  }

  return {
    record(event) {
      names.set(event.object.uid, nameOf(event.object));
      if (event.source === "scheduler" && ["Preempted", "FailedScheduling"].includes(event.reason)) events.push(event);
    },
    take(cluster) {
      const counts = new Map<string, number>();
      for (const { object, level, reason, message } of events) {
        const isRefusal = reason === "FailedScheduling";
        if (isRefusal && refusalOf(cluster, object) !== message) continue;
        const text = message.replace(/by pod (\S+)/, (_, uid: string) => {
          const pod = cluster.store.byUid(uid);
          return `by pod ${pod ? nameOf(pod) : names.get(uid)}`;
        });
        const key = JSON.stringify({ object: `${object.kind}/${nameOf(object)}`, type: level, reason, message: text });
        if (isRefusal && told.has(key)) continue;
        if (isRefusal) told.add(key);
        counts.set(key, isRefusal ? 0 : (counts.get(key) ?? 0) + 1);
      }
      events = [];
      return [...counts].map(([key, count]) => ({ ...JSON.parse(key), ...(count > 0 ? { count } : {}) }));
    },
  };
}
