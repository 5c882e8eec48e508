/** `kubectl delete`. Models kubectl/pkg/cmd/delete/delete.go. */
import type { Command, Context, Running, Steps } from "./command.ts";
import { deletionText } from "./deletion.ts";
import { ended, type Failure, fail } from "./failure.ts";
import {
  byFieldSelector,
  bySelector,
  deleting,
  dryRun,
  everyNamespace,
  everyObject,
  fromFiles,
  text,
  toggle,
} from "./flag.ts";
import type { Info } from "./info.ts";
import { pick } from "./pick.ts";
import { at } from "./refused.ts";
import { deleteObject, getObject } from "./requests.ts";
import { dryRunOf, durationOf, flag, isOn, numberOf, type Words, wasGiven } from "./words.ts";

export const remove: Command = {
  name: "delete",
  says: "Delete objects by files, names or labels",
  usage: "(-f FILENAME | TYPE [(NAME | -l LABEL | --all)])",
  flags: [
    ...fromFiles,
    ...deleting,
    everyObject,
    everyNamespace,
    byFieldSelector,
    bySelector,
    dryRun,
    toggle("ignore-not-found", "what is not there is no error"),
    toggle("interactive", "ask before anything is deleted", { short: "i" }),
    toggle("now", "end at once: a grace period of one second"),
    text("output", "name: print names only", { short: "o" }),
    text("raw", "a path to send the deletion to"),
    toggle("wait", "wait until the objects are gone", { value: "true" }),
  ],
  run,
};

const propagations = ["background", "foreground", "orphan"] as const;
type Cascade = (typeof propagations)[number];

const notWaited =
  "Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.\n";

interface Asked {
  readonly propagation: Cascade;
  /** Seconds; negative: as the object says. */
  readonly grace: number;
}

/** What the flags ask for, or why they do not go together. */
function readFlags(words: Words): Asked | string {
  const [given, isNow, isForced] = [numberOf(words, "grace-period"), isOn(words, "now"), isOn(words, "force")];
  const cascade = flag(words, "cascade");
  const switched = { true: "background", false: "orphan" }[cascade];
  const propagation = propagations.find((one) => one === (switched ?? cascade));
  if (propagation === undefined) {
    return `invalid cascade value (${cascade}). Must be "background", "foreground", or "orphan"`;
  }
  if (isNow && given !== -1) return "--now and --grace-period cannot be specified together";
  const asked = isNow ? 1 : given;
  const grace = asked === 0 && !isForced ? 1 : isForced && asked < 0 ? 0 : asked;
  const output = flag(words, "output");
  if (output !== "" && output !== "name") return `unexpected -o output mode: ${output}. We only support '-o name'`;
  if (grace > 0 && isForced) return "--force and --grace-period greater than 0 cannot be specified together";
  return { propagation, grace };
}

function* run(context: Context, words: Words): Running {
  const cascade = flag(words, "cascade");
  if (cascade === "true" || cascade === "false") {
    const instead = cascade === "true" ? "background" : "orphan";
    yield {
      err: `warning: --cascade=${cascade} is deprecated (boolean value) and can be replaced with --cascade=${instead}.\n`,
    };
  }
  const asked = readFlags(words);
  if (typeof asked === "string" && /^invalid cascade/.test(asked)) return yield* fail(asked);
  const picked = yield* pick(context, words, { asInFile: true });
  if (picked.unasked) return yield* ended(picked.failures);
  if (typeof asked === "string") return yield* fail(asked);
  if (asked.grace === 0 && isOn(words, "force")) yield { err: notWaited };
  if (isOn(words, "interactive") && !(yield* isAgreed(context, picked.infos))) return 0;
  const isMissing = isOn(words, "ignore-not-found") || (isOn(words, "all") && !wasGiven(words, "ignore-not-found"));
  const failures: Failure[] = isMissing ? picked.failures.filter(isOther) : [...picked.failures];
  const gone: Info[] = [];
  for (const info of picked.infos) {
    if (context.isNamespaceGiven && !info.place.row.namespaced && !isOn(words, "all-namespaces") && gone.length === 0) {
      yield { err: "Warning: deleting cluster-scoped resources, not scoped to the provided namespace\n" };
    }
    const failure = yield* removeOne(context, words, info, asked);
    if (failure === undefined) gone.push(info);
    else if (!isMissing || isOther(failure)) failures.push(failure);
  }
  if (picked.infos.length === 0 && picked.failures.length === 0) yield { out: "No resources found\n" };
  if (isOn(words, "wait") && dryRunOf(words) === "none") failures.push(...(yield* awaited(context, words, gone)));
  return yield* ended(failures);
}

const isOther = (failure: Failure) => typeof failure === "string" || failure.reason !== "NotFound";

function* isAgreed({ files }: Context, infos: readonly Info[]): Steps<boolean> {
  const names = infos.map(({ place }) => `${place.row.plural}/${place.name}\n`).join("");
  yield { out: `You are about to delete the following ${infos.length} resource(s):\n${names}` };
  yield { out: "Do you want to continue? (y/N): " };
  if (/^y(?:es)?$/i.test((files.read("-") ?? "").split("\n")[0]!.trim())) return true;
  yield { out: "deletion is cancelled\n" };
  return false;
}

function* removeOne(
  context: Context,
  words: Words,
  { place, source = "" }: Info,
  asked: Asked,
): Steps<Failure | undefined> {
  const mode = dryRunOf(words);
  if (mode !== "client") {
    const { propagation, grace } = asked;
    const answer = yield* deleteObject(context, place, {
      propagation,
      dryRun: mode === "server",
      ...(grace >= 0 ? { gracePeriodSeconds: grace } : {}),
    });
    if (!answer.ok) return at(answer.status, "deleting", source);
  }
  yield { out: deletionText(place, asked.grace === 0 ? "force deleted" : "deleted", words) };
  return undefined;
}

/** Waits until each object is gone, or another one has its name. */
function* awaited(context: Context, words: Words, infos: readonly Info[]): Steps<readonly Failure[]> {
  const limit = durationOf(words, "timeout");
  const deadline = limit > 0 ? context.door.now() + limit : Number.POSITIVE_INFINITY;
  const failures: Failure[] = [];
  for (const { place, object } of infos) {
    for (;;) {
      const there = yield* getObject(context, place);
      const isOther =
        object.metadata.uid !== undefined && object.metadata.uid !== (there.ok ? there.object.metadata.uid : "");
      if (!there.ok || isOther) break;
      const left = deadline - context.door.now();
      if (left <= 0) {
        failures.push(`timed out waiting for the condition on ${place.row.plural}/${place.name}`);
        break;
      }
      yield { pass: left };
    }
  }
  return failures;
}
