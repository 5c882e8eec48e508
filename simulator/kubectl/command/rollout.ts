/** `kubectl rollout status`, `undo`, `pause`, `resume` and `restart`. Models kubectl/pkg/cmd/rollout. */
import { groupKind, resourcePlural } from "../../api/kind.ts";
import { timeText } from "../../cluster/time.ts";
import { podTemplateText } from "../describe/pod-template.ts";
import type { Printed } from "../get.ts";
import { pausePatch, pauseRefusal, restartPatch, restartRefusal } from "../rollout.ts";
import { rolloutStatus } from "../rollout-status.ts";
import { rollbackOf } from "../undo.ts";
import type { Door } from "./door.ts";
import { ended, type Failure, quoted } from "./failure.ts";
import { history, pastOf } from "./history.ts";
import { printed } from "./output.ts";
import { type Info, pick } from "./pick.ts";
import { dryRunOf, isOn, numberOf, type Words } from "./words.ts";

type Step = { readonly text: string } | { readonly failure: Failure };

/** What is printed; undefined for a word that is no command below `rollout`. */
export function rollout(door: Door, verb: string, words: Words): Printed | undefined {
  if (verb === "history") return history(door, words);
  const step = stepOf(door, verb, words);
  if (!step) return undefined;
  if (words.args.length === 0) return ended("", ["required resource not specified"]);
  const revision = numberOf(words, "revision", 0);
  if (verb === "status" && revision < 0) return ended("", [`revision must be a positive integer: ${revision}`]);
  const { infos, failures } = pick(door, words.args, { everyOf: true });
  if (infos.length === 0 && failures.length === 0) {
    const isQuiet = verb === "undo";
    return { stdout: "", stderr: isQuiet ? "" : `No resources found in ${door.namespace} namespace.\n`, exitCode: 0 };
  }
  const met: Failure[] = [...failures];
  let stdout = "";
  for (const info of infos) {
    for (const done of step(info)) {
      if ("text" in done) stdout += done.text;
      else met.push(done.failure);
    }
  }
  return ended(stdout, met);
}

function stepOf(door: Door, verb: string, words: Words): ((info: Info) => readonly Step[]) | undefined {
  switch (verb) {
    case "status":
      return (info) => status(info, words);
    case "undo":
      return (info) => [undo(door, info, words)];
    case "pause":
    case "resume":
      return (info) => [setPaused(door, info, verb === "pause", words)];
    case "restart":
      return (info) => [restart(door, info, words)];
    default:
      return undefined;
  }
}

/** What is said of the object as it is; a wait for more ends with its time here, where no time passes. */
function status({ place, object }: Info, words: Words): readonly Step[] {
  const { message, done, error } = rolloutStatus(place.row.kind, object, numberOf(words, "revision", 0));
  if (error !== null) return [{ failure: error }];
  if (done || !isOn(words, "watch", true)) return [{ text: message }];
  return [{ text: message }, { failure: "timed out waiting for the condition" }];
}

function undo(door: Door, info: Info, words: Words): Step {
  const { row } = info.place;
  const past = pastOf(door, info);
  if (!past) return { failure: `no rollbacker has been implemented for "${groupKind(row)}"` };
  const toRevision = numberOf(words, "to-revision", 0);
  const rollback = rollbackOf(info, past, toRevision);
  if ("error" in rollback) return { failure: rollback.error };
  const dryRun = dryRunOf(words);
  const said = (operation: string): Step => ({ text: printed(row, info.object, operation, words) });
  if (dryRun === "client") {
    const will = row.history === "ReplicaSet" ? "" : "will roll back to ";
    return said(will + podTemplateText(rollback.template));
  }
  if (rollback.refusal !== undefined) return { failure: rollback.refusal };
  if (rollback.isThere) return said(`skipped rollback (current template already matches revision ${toRevision})`);
  const answer = door.patch(info.place, rollback.patch, rollback.type, dryRun === "server", "kubectl-rollout");
  if (!answer.ok) return { failure: `failed restoring revision ${toRevision}: ${quoted(answer.status)}` };
  return said("rolled back");
}

function refusal({ place }: Info, why: string): Step {
  return { failure: `error: ${resourcePlural(place.row)} "${place.name}" ${why}` };
}

function setPaused(door: Door, info: Info, pausing: boolean, words: Words): Step {
  const why = pauseRefusal(info, pausing);
  if (why !== undefined) return refusal(info, why);
  const answer = door.patch(info.place, pausePatch(pausing), "strategic", false, "kubectl-rollout");
  if (!answer.ok) return { failure: `failed to patch: ${quoted(answer.status)}` };
  return { text: printed(info.place.row, answer.object, pausing ? "paused" : "resumed", words) };
}

function restart(door: Door, info: Info, words: Words): Step {
  const why = restartRefusal(info);
  if (why !== undefined) return refusal(info, why);
  const change = restartPatch(info, timeText(door.now, 0));
  if (typeof change === "string") return { failure: change };
  const answer = door.patch(info.place, change, "strategic", false, "kubectl-rollout");
  if (!answer.ok) return { failure: `failed to patch: ${quoted(answer.status)}` };
  return { text: printed(info.place.row, answer.object, "restarted", words) };
}
