/** The verdict in one word and one sentence, with at most two ways out. */
import type { Cause, Verdict } from "../../../simulator/insight/verdict.ts";
import { duration, listed, say, type WordKey } from "../messages/words.ts";
import { causeWords } from "./step-words.ts";

export interface Sentence {
  readonly word: string;
  /** Backticks set code. */
  readonly text: string;
}

/** Names beyond which a list in a sentence is cut. */
const mostNames = 4;

function names(list: readonly string[]): string {
  if (list.length <= mostNames) return listed(list);
  return listed([...list.slice(0, mostNames - 1), say("andMore", { n: list.length - mostNames + 1 })]);
}

/** The sentence of a verdict. `before`: how long it took without the what-ifs, where there are some. */
export function verdictSentence(verdict: Verdict, before: number | null = null): Sentence {
  switch (verdict.code) {
    case "created":
      return {
        word: say("wCreated"),
        text: say(verdict.all === 1 ? "createdOne" : "created", { all: verdict.all, ready: duration(verdict.ready) }),
      };
    case "safe":
      return safe(verdict, before);
    case "unchanged":
      return { word: say("wSafe"), text: say("unchanged") };
    case "ordered": {
      const { kept } = verdict;
      const values = { names: names(verdict.names), time: duration(verdict.time) };
      if (kept.length === 0) return { word: say("wSafe"), text: say("ordered", values) };
      const stays = say(kept.length === 1 ? "keptOne" : "keptMany", { names: names(kept) });
      return { word: say("wSafe"), text: say("orderedKept", { ...values, kept: stays }) };
    }
    case "by-node":
      return { word: say("wSafe"), text: byNode(verdict) };
    case "below-floor":
      return {
        word: say("wUnsafe"),
        text: say("belowFloor", {
          time: duration(verdict.time),
          least: verdict.least,
          all: verdict.all,
          floor: verdict.floor,
          cause: cause(verdict.cause),
        }),
      };
    case "downtime": {
      const values = { time: duration(verdict.time), from: duration(verdict.at), cause: cause(verdict.cause) };
      return { word: say("wDowntime"), text: say(verdict.at > 0 ? "downtimeFrom" : "downtime", values) };
    }
    case "stuck":
      return { word: say("wStuck"), text: stuck(verdict) };
    case "slow-to-heal": {
      const { node, at, unseen, replaced, end } = verdict;
      const values = {
        node,
        at: duration(at),
        unseen: duration(unseen),
        replaced: duration(replaced ?? 0),
        end: duration(end),
      };
      return { word: say("wSlow"), text: say(replaced === null ? "slowNever" : "slowToHeal", values) };
    }
    case "on-delete":
      return { word: say("wWaits"), text: say("onDelete") };
    case "nothing-runs":
      return { word: say("wNothing"), text: say(nothing[verdict.cause]) };
    case "job-done":
    case "job-failed":
    case "job-runs":
      return job(verdict);
    case "cron":
      return { word: "", text: "" };
  }
}

const nothing = {
  replicas: "noReplicas",
  suspended: "suspended",
  paused: "paused",
  "no-nodes": "noNodes",
} as const satisfies Record<string, WordKey>;

function safe({ time, least, all }: Extract<Verdict, { code: "safe" }>, before: number | null): Sentence {
  const values = { time: duration(time), least, all, before: duration(before ?? 0) };
  if (before !== null && before !== time) return { word: say("wStill"), text: say("stillSafe", values) };
  if (least < all) return { word: say("wSafe"), text: say("safe", values) };
  return { word: say("wSafe"), text: say(all === 1 ? "safeOne" : "safeAll", values) };
}

function byNode({ time, nodes, atOnce, gap, leftOut }: Extract<Verdict, { code: "by-node" }>): string {
  const key = gap === 0 ? "byNodeSurge" : nodes === 1 ? "byNodeOne" : "byNode";
  const text = say(key, { time: duration(time), nodes, atOnce, gap: duration(gap) });
  if (leftOut.length === 0) return text;
  return `${text} ${say(leftOut.length === 1 ? "leftOutOne" : "leftOutMany", { names: names(leftOut) })}`;
}

function cause(one: Cause): string {
  switch (one.code) {
    case "recreate":
      return say("causeRecreate");
    case "one-at-a-time":
      return say("causeOne");
    case "pods-fail":
      return say("causeFail");
    case "unknown":
      return say("causeUnknown");
    case "step":
      return say("causeStep", { step: causeWords(one.action), at: duration(one.at) });
  }
}

function stuck({ reason, images, least, all, pods, deadline }: Extract<Verdict, { code: "stuck" }>): string {
  const { code, params } = reason;
  const values = { ...params, pods };
  const why = (): string => {
    switch (code) {
      case "image-pull":
        return say("stuckImage", { image: images[0] ?? String(params["pod"] ?? "") });
      case "crash-loop":
        return say("stuckCrash");
      case "never-ready":
        return say("stuckReady");
      case "pods-refused":
        return say("stuckRefused", values);
      case "unschedulable":
        return say(pods > 1 ? "stuckUnschedulable" : "stuckUnschedulableOne", values);
      default:
        return say("stuckFew", {
          available: String(params["available"] ?? least),
          desired: String(params["desired"] ?? all),
        });
    }
  };
  const serving = least === 0 ? say("stuckNothing") : say("stuckServing", { least, all });
  const end = /[.!?]$/.test(why()) ? "" : least > 0 ? ";" : ".";
  const parts = [`${why()}${end}`, serving];
  if (deadline !== null) parts.push(say("stuckDeadline", { deadline: duration(deadline) }));
  return parts.join(" ");
}

function job(verdict: Extract<Verdict, { code: "job-done" | "job-failed" | "job-runs" }>): Sentence {
  const unit = say(verdict.indexed ? "unitIndexes" : "unitCompletions");
  const { completions: n } = verdict;
  if (verdict.code === "job-runs") {
    return { word: say("wGoesOn"), text: say("jobRuns", { done: verdict.done, n, unit, why: say("whyRuns") }) };
  }
  const { failed } = verdict;
  if (verdict.code === "job-failed") {
    const pods = say(failed === 1 ? "failedPodsOne" : "failedPods", { n: failed });
    const values = { reason: verdict.reason, time: duration(verdict.time), failed: pods, done: verdict.done, n, unit };
    return { word: say("wFails"), text: say(failed === 0 ? "jobFailedNone" : "jobFailed", values) };
  }
  const pods = say(failed === 1 ? "podsFailOne" : "podsFail", { n: failed });
  const key = n === 1 ? (failed > 0 ? "jobDoneOneFailed" : "jobDoneOne") : failed > 0 ? "jobDoneFailed" : "jobDone";
  const done = say(key, { n, unit, time: duration(verdict.time), failed: pods });
  const left = verdict.left === null ? "" : ` ${say("jobDoneLeft", { left: duration(verdict.left) })}`;
  return { word: say("wCompletes"), text: `${done}${left}` };
}
