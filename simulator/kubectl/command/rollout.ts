/** `kubectl rollout status`, `undo`, `pause`, `resume` and `restart`. Models kubectl/pkg/cmd/rollout. */
import { asObject } from "../../api/json.ts";
import { groupKind, resourcePlural } from "../../api/kind.ts";
import { lastAppliedAnnotation } from "../../api/patch/server-side.ts";
import { timeText } from "../../cluster/time.ts";
import { podTemplateText } from "../describe/pod-template.ts";
import { pausePatch, pauseRefusal, restartPatch, restartRefusal } from "../rollout.ts";
import { rolloutStatus } from "../rollout-status.ts";
import { rollbackOf } from "../undo.ts";
import type { Command, Context, Running, Steps } from "./command.ts";
import { ended, type Failure, fail, quoted } from "./failure.ts";
import { bySelector, count, dryRun, duration, fieldManager, fromFiles, printing, toggle } from "./flag.ts";
import { history, pastOf } from "./history.ts";
import type { Info } from "./info.ts";
import { print } from "./output.ts";
import { pick } from "./pick.ts";
import { getObject, patchObject } from "./requests.ts";
import { dryRunOf, durationOf, isOn, numberOf, type Words } from "./words.ts";

type Met = Steps<readonly Failure[]>;
type Step = (context: Context, info: Info, words: Words) => Met;

const common = [...fromFiles, bySelector];
const usage = "(TYPE NAME | TYPE/NAME)";

export const rollout: Command = {
  name: "rollout",
  says: "Manage how a workload is rolled out",
  commands: [
    {
      name: "history",
      says: "Show the former revisions",
      usage,
      flags: [...common, ...printing(), count("revision", "the revision to show")],
      run: history,
    },
    {
      name: "status",
      says: "Show how far a rollout is, until it is done",
      usage,
      flags: [
        ...common,
        count("revision", "the revision to wait for"),
        duration("timeout", "how long to wait; zero: for ever"),
        toggle("watch", "wait until it is done", { short: "w", value: "true" }),
      ],
      run: (context, words) => {
        const revision = numberOf(words, "revision");
        if (words.args.length > 0 && revision < 0) return fail(`revision must be a positive integer: ${revision}`);
        return each(context, words, status);
      },
    },
    {
      name: "undo",
      says: "Go back to a former revision",
      usage,
      flags: [...common, ...printing(), dryRun, count("to-revision", "the revision to go back to; 0: the one before")],
      run: (context, words) => each(context, words, undo, true),
    },
    ...(["pause", "resume"] as const).map(
      (name): Command => ({
        name,
        says: name === "pause" ? "Hold a rollout" : "Let a rollout that was held go on",
        usage,
        flags: [...common, ...printing(), fieldManager("kubectl-rollout")],
        run: (context, words) => each(context, words, (_, info) => setPaused(context, info, name === "pause", words)),
      }),
    ),
    {
      name: "restart",
      says: "Make all pods anew",
      usage,
      flags: [...common, ...printing(), fieldManager("kubectl-rollout")],
      run: (context, words) => each(context, words, restart),
    },
  ],
};

function* each(context: Context, words: Words, step: Step, isQuiet = false): Running {
  if (words.args.length === 0 && !words.given.has("filename")) return yield* fail("required resource not specified");
  const { infos, failures } = yield* pick(context, words, { everyOf: true });
  if (infos.length === 0 && failures.length === 0) {
    if (!isQuiet) yield { err: `No resources found in ${context.namespace} namespace.\n` };
    return 0;
  }
  const met: Failure[] = [...failures];
  for (const info of infos) met.push(...(yield* step(context, info, words)));
  return yield* ended(met);
}

/** What is said of the object, anew after each change of it, until it is done or the time is over. */
function* status(context: Context, info: Info, words: Words): Met {
  const limit = durationOf(words, "timeout");
  const end = limit > 0 ? context.door.now() + limit : Number.POSITIVE_INFINITY;
  let { object } = info;
  for (;;) {
    const { message, done, error } = rolloutStatus(info.place.row.kind, object, numberOf(words, "revision"));
    if (error !== null) return [error];
    yield { out: message };
    if (done || !isOn(words, "watch")) return [];
    const seen = object.metadata.resourceVersion;
    do {
      const left = end - context.door.now();
      if (left <= 0) return ["timed out waiting for the condition"];
      yield { pass: left };
      const answer = yield* getObject(context, info.place);
      if (!answer.ok) return ["object has been deleted"];
      object = answer.object;
    } while (object.metadata.resourceVersion === seen);
  }
}

/** What is said before an object that `kubectl apply` wrote is rolled back, whatever comes of it. */
function appliedWarning({ place, object }: Info): string {
  if (!Object.hasOwn(asObject(object.metadata.annotations), lastAppliedAnnotation)) return "";
  return (
    `Warning: resource ${place.row.plural}/${place.name} was previously managed with 'kubectl apply'. ` +
    `Rolling back will not update the ${lastAppliedAnnotation} annotation, ` +
    "which may cause unexpected behavior on future 'kubectl apply' operations. " +
    "Consider using 'kubectl apply' with your previous configuration file instead.\n"
  );
}

function* undo(context: Context, info: Info, words: Words): Met {
  const { row } = info.place;
  const warning = appliedWarning(info);
  if (warning !== "") yield { err: warning };
  const past = yield* pastOf(context, info);
  if (!past) return [`no rollbacker has been implemented for "${groupKind(row)}"`];
  const toRevision = numberOf(words, "to-revision");
  const rollback = rollbackOf(info, past, toRevision);
  if ("error" in rollback) return [rollback.error];
  const mode = dryRunOf(words);
  const said = (operation: string) => print(context, words, row, info.object, operation);
  if (mode === "client") {
    const will = row.history === "ReplicaSet" ? "" : "will roll back to ";
    return yield* said(will + podTemplateText(rollback.template));
  }
  if (rollback.refusal !== undefined) return [rollback.refusal];
  if (rollback.isThere) {
    return yield* said(`skipped rollback (current template already matches revision ${toRevision})`);
  }
  const options = { dryRun: mode === "server", fieldManager: "kubectl-rollout" };
  const answer = yield* patchObject(context, info.place, rollback.patch, rollback.type, options);
  if (!answer.ok) return [`failed restoring revision ${toRevision}: ${quoted(answer.status)}`];
  return yield* said("rolled back");
}

function refusal({ place }: Info, why: string): readonly Failure[] {
  return [`error: ${resourcePlural(place.row)} "${place.name}" ${why}`];
}

function* setPaused(context: Context, info: Info, pausing: boolean, words: Words): Met {
  const why = pauseRefusal(info, pausing);
  if (why !== undefined) return refusal(info, why);
  const manager = { fieldManager: "kubectl-rollout" };
  const answer = yield* patchObject(context, info.place, pausePatch(pausing), "strategic", manager);
  if (!answer.ok) return [`failed to patch: ${quoted(answer.status)}`];
  return yield* print(context, words, info.place.row, answer.object, pausing ? "paused" : "resumed");
}

function* restart(context: Context, info: Info, words: Words): Met {
  const why = restartRefusal(info);
  if (why !== undefined) return refusal(info, why);
  const change = restartPatch(info, timeText(context.door.now(), 0));
  if (typeof change === "string") return [change];
  const answer = yield* patchObject(context, info.place, change, "strategic", { fieldManager: "kubectl-rollout" });
  if (!answer.ok) return [`failed to patch: ${quoted(answer.status)}`];
  return yield* print(context, words, info.place.row, answer.object, "restarted");
}
