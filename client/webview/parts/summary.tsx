/** The run in a few numbers. */
import { useMemo } from "preact/hooks";
import { summarize } from "../../../simulator/insight/summary.ts";
import { duration, say } from "../messages/words.ts";
import { added, target, trace } from "../state/model.ts";

export function Summary() {
  const from = added.value.at(-1)?.at ?? 0;
  const facts = useMemo(
    () => (trace.value && target.value ? summarize(trace.value, target.value, from) : null),
    [trace.value, target.value, from],
  );
  if (!facts) return null;
  // Pods of Jobs come to do their work and go: how many are available says nothing.
  const serves = target.value?.kind !== "Job" && target.value?.kind !== "CronJob";
  const { lowestAvailable: low, extraCpu, extraMemory } = facts;
  const rows: readonly (readonly [string, string])[] = [
    [say("outcome"), facts.unfinished ? say(facts.unfinished.code) : say("settled")],
    [say("duration"), duration(facts.duration)],
    ...(serves ? [[say("lowest"), low ? say("countAt", low.count, duration(low.time)) : "–"] as const] : []),
    [say("peak"), String(facts.peakPods.count)],
    [
      say("extra"),
      extraCpu === 0 && extraMemory === 0 ? say("noExtra") : `${extraCpu}m CPU, ${Math.round(extraMemory / 2 ** 20)}Mi`,
    ],
    ...(serves ? [[say("downtime"), facts.downtime === 0 ? say("never") : duration(facts.downtime)] as const] : []),
  ];
  return (
    <section aria-labelledby="summary-title">
      <h2 id="summary-title">{say("summary")}</h2>
      <dl class={facts.unfinished ? "summary troubled" : "summary"} data-part="summary">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
