/** Four figures, always in the same places for a kind: label, number, note. */
import type { JobRun } from "../../../simulator/insight/job-run.ts";
import { valueAt } from "../../../simulator/insight/lines.ts";
import type { Rollout } from "../../../simulator/insight/rollout.ts";
import type { Verdict } from "../../../simulator/insight/verdict.ts";
import { bytes, clock, cpu, duration, figure, listed, say } from "../messages/words.ts";

export interface Figure {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  /** What the number is counted in or out of. */
  readonly of: string;
  readonly note: string;
  readonly bad: boolean;
  /** The moment that it means, in milliseconds since the change; null without one. */
  readonly moment: number | null;
  /** For comparing: smaller or larger is better, or nothing is. */
  readonly amount: number;
  readonly better: "less" | "more" | null;
}

const plain = { of: "", note: "", bad: false, moment: null, amount: 0, better: null } as const;

/** How long it takes; stuck from when, where it does not end. */
function takes({ takes: time, ready }: Rollout, verdict: Verdict, ownSteps: boolean): Figure {
  if (verdict.code === "stuck") {
    const from = figure(verdict.at ?? 0);
    const note = verdict.deadline === null ? say("noteNever") : say("noteGivesUp", { time: clock(verdict.deadline) });
    return {
      ...plain,
      key: "takes",
      label: say("stuckFrom"),
      value: from.value,
      of: from.unit,
      note,
      bad: true,
      moment: verdict.at,
      amount: Infinity,
      better: "less",
    };
  }
  const shown = figure(time);
  const note = ownSteps
    ? say("noteOwn")
    : ready === null || ready === time
      ? ""
      : say("noteReady", { time: duration(ready) });
  return {
    ...plain,
    key: "takes",
    label: say("takes"),
    value: shown.value,
    of: shown.unit,
    note,
    moment: time,
    amount: time,
    better: "less",
  };
}

function least(rollout: Rollout, from: number, isBad: boolean): Figure {
  const { least: low, wanted, shortfalls, end } = rollout;
  const all = valueAt(wanted, low?.time ?? end - 1);
  const count = low?.count ?? 0;
  const [first] = shortfalls;
  const at = (low?.time ?? from) - from;
  let note = "";
  if (first) note = say("noteSpan", { from: clock(first.from - from), to: clock((shortfalls.at(-1)?.to ?? 0) - from) });
  else if (low && count >= all) note = say("noteAllTime");
  else if (low)
    note =
      low.time + low.lasts >= end - 1 || at > 0
        ? say("noteFrom", { time: duration(at) })
        : say("noteUntil", { time: duration(at + low.lasts) });
  return {
    ...plain,
    key: "least",
    label: say("least"),
    value: String(count),
    of: say("of", { n: all }),
    note,
    bad: isBad,
    moment: Math.max(0, at),
    amount: count,
    better: "more",
  };
}

function most({ most: high, stopping }: Rollout, from: number): Figure {
  const note = stopping > 0 ? say("noteStopping", { n: stopping }) : "";
  const count = high?.count ?? 0;
  return {
    ...plain,
    key: "most",
    label: say("most"),
    value: String(count),
    note,
    moment: Math.max(0, (high?.time ?? from) - from),
    amount: count,
    better: "less",
  };
}

function extra({ extraCpu, extraMemory, lives }: Rollout): Figure {
  const asks = lives.some((life) => life.cpu > 0 || life.memory > 0);
  const note = asks ? say("noteMemory", { amount: bytes(extraMemory, "+") }) : say("noteNoRequests");
  return {
    ...plain,
    key: "extra",
    label: say("extraCpu"),
    value: cpu(extraCpu, "+"),
    note,
    amount: extraCpu,
    better: "less",
  };
}

export interface FiguresContext {
  readonly from: number;
  readonly ownSteps: boolean;
}

/** The figures of a Deployment or ReplicaSet. */
export function rolloutFigures(
  rollout: Rollout,
  verdict: Verdict,
  { from, ownSteps }: FiguresContext,
): readonly Figure[] {
  const isBad = verdict.code === "below-floor" || verdict.code === "downtime";
  return [takes(rollout, verdict, ownSteps), least(rollout, from, isBad), most(rollout, from), extra(rollout)];
}

/** The figures of a StatefulSet: how many were updated, and what claims there are. */
export function statefulFigures(
  rollout: Rollout,
  verdict: Verdict,
  context: FiguresContext,
  { partition, claims, size }: { readonly partition: number; readonly claims: number; readonly size: string },
): readonly Figure[] {
  const { newest, lives, wanted, end } = rollout;
  const all = valueAt(wanted, end - 1);
  const updated = lives.filter(({ gone, revision }) => gone === Infinity && revision === newest).length;
  const isBad = verdict.code === "downtime";
  return [
    takes(rollout, verdict, context.ownSteps),
    least(rollout, context.from, isBad),
    {
      ...plain,
      key: "updated",
      label: say("updated"),
      value: String(updated),
      of: say("of", { n: all }),
      note: partition > 0 ? say("notePartition", { n: partition }) : "",
    },
    {
      ...plain,
      key: "claims",
      label: say("claims"),
      value: String(claims),
      of: size === "" ? "" : `× ${size}`,
      note: claims > 0 ? say("noteKept") : "",
    },
  ];
}

/** The figures of a DaemonSet: how many nodes have a pod, and which are left out. */
export function daemonFigures(
  rollout: Rollout,
  verdict: Verdict,
  context: FiguresContext,
  nodes: number,
  leftOut: readonly string[],
): readonly Figure[] {
  const first = takes(rollout, verdict, context.ownSteps);
  const each =
    verdict.code === "by-node" && verdict.gap > 0 && !context.ownSteps
      ? { note: say("noteEach", { time: duration(verdict.gap) }) }
      : {};
  const note =
    leftOut.length === 0
      ? ""
      : say("noteLeftOut", { names: leftOut.length > 2 ? String(leftOut.length) : listed(leftOut) });
  return [
    { ...first, ...each },
    least(rollout, context.from, verdict.code === "below-floor"),
    {
      ...plain,
      key: "nodes",
      label: say("nodesFigure"),
      value: String(nodes - leftOut.length),
      of: say("of", { n: nodes }),
      note,
    },
    extra(rollout),
  ];
}

/** The figures of a Job. */
export function jobFigures(run: JobRun): readonly Figure[] {
  const {
    takes: time,
    failure,
    deadline,
    succeeded,
    completions,
    parallelism,
    failed,
    waits,
    backoffLimit,
    perIndex,
  } = run;
  const ended = time ?? failure?.time ?? null;
  const shown = ended === null ? { value: "–", unit: "" } : figure(ended);
  const waited = waits.reduce((sum, one) => sum + one, 0);
  const back = figure(waited);
  const few = waits.length > 0 && waits.length <= 4;
  const limit = backoffLimit === null ? "" : say(perIndex ? "noteLimitIndex" : "noteLimit", { n: backoffLimit });
  return [
    {
      ...plain,
      key: "takes",
      label: say("takes"),
      value: shown.value,
      of: shown.unit,
      note: deadline === null ? "" : say("noteDeadline", { time: clock(deadline) }),
      bad: failure !== null,
      moment: ended,
      amount: ended ?? Infinity,
      better: "less",
    },
    {
      ...plain,
      key: "succeed",
      label: say("succeed"),
      value: String(succeeded),
      of: say("of", { n: completions }),
      note: say("noteAtOnce", { n: parallelism }),
      bad: failure !== null,
      amount: succeeded,
      better: "more",
    },
    {
      ...plain,
      key: "fail",
      label: say("podsFailing"),
      value: String(failed),
      note: limit,
      amount: failed,
      better: "less",
    },
    {
      ...plain,
      key: "backoff",
      label: say("inBackoff"),
      value: waited === 0 ? "0" : back.value,
      of: back.unit,
      note: few && waits.length > 1 ? `${waits.map((one) => Math.round(one / 1000)).join(" + ")} ${say("s")}` : "",
      amount: waited,
      better: "less",
    },
  ];
}
