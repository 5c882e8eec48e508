/** `kubectl replace`. Models kubectl/pkg/cmd/replace/replace.go. */
import type { JsonObject } from "../../api/json.ts";
import { annotated, isAnnotated } from "../change/text.ts";
import type { Command, Context, Running, Steps } from "./command.ts";
import { deletionText } from "./deletion.ts";
import { ended, type Failure, fail, misused } from "./failure.ts";
import { entriesOfFiles } from "./files.ts";
import { deleting, dryRun, fieldManager, fromFiles, printing, saveConfig, text, toggle, validation } from "./flag.ts";
import type { Info } from "./info.ts";
import { print } from "./output.ts";
import { at } from "./refused.ts";
import { createObject, deleteObject, getObject, updateObject } from "./requests.ts";
import { dryRunOf, flag, isOn, numberOf, values, type Words } from "./words.ts";
import { fieldValidationOf } from "./written.ts";

export const replace: Command = {
  name: "replace",
  says: "Put what files say in the place of objects",
  usage: "-f FILENAME",
  flags: [
    ...fromFiles,
    ...printing(),
    ...deleting,
    dryRun,
    fieldManager("kubectl-replace"),
    saveConfig,
    validation,
    text("raw", "a path to send the file to"),
    text("subresource", "the part that is meant: status, scale"),
    toggle("wait", "wait until what is deleted is gone"),
  ],
  run,
};

function* run(context: Context, words: Words): Running {
  if (words.args.length > 0) return yield* misused(words, `Unexpected args: [${words.args.join(" ")}]`);
  if (values(words, "filename").length === 0 && flag(words, "kustomize") === "") {
    return yield* fail("must specify one of -f and -k");
  }
  const isForced = isOn(words, "force");
  if (numberOf(words, "grace-period") >= 0 && !isForced)
    return yield* fail("--grace-period must have --force specified");
  if (flag(words, "timeout") !== "0s" && !isForced) return yield* fail("--timeout must have --force specified");
  const entries = entriesOfFiles(context, words);
  if (isForced) {
    for (const entry of entries) if ("info" in entry) yield* removeFirst(context, words, entry.info);
  }
  const failures: Failure[] = [];
  let count = 0;
  for (const entry of entries) {
    if ("failure" in entry) failures.push(entry.failure);
    else {
      count++;
      failures.push(...(yield* replaceOne(context, words, entry.info, isForced)));
    }
  }
  if (count === 0 && failures.length === 0) return yield* fail("no objects passed to replace");
  return yield* ended(failures);
}

/** Deletes the object and waits until it is gone. */
function* removeFirst(context: Context, words: Words, { place }: Info): Steps<void> {
  const grace = numberOf(words, "grace-period");
  const seconds = grace < 0 ? 0 : grace;
  const gone = yield* deleteObject(context, place, { propagation: "background", gracePeriodSeconds: seconds });
  if (!gone.ok) return;
  yield { out: deletionText(place, "deleted", words) };
  for (;;) {
    const there = yield* getObject(context, place);
    if (!there.ok) return;
    yield { pass: Number.POSITIVE_INFINITY };
  }
}

function* replaceOne(context: Context, words: Words, info: Info, isForced: boolean): Steps<readonly Failure[]> {
  const { place, object, source = "" } = info;
  if (place.name === "") return [`error when replacing "${source}": resource name may not be empty`];
  const isSaved = isOn(words, "save-config") || isAnnotated(object);
  const body: JsonObject = isSaved ? annotated(object) : object;
  const mode = dryRunOf(words);
  const said = (made: JsonObject) => print(context, words, place.row, made, "replaced");
  if (mode === "client") return yield* said(body);
  const options = {
    dryRun: mode === "server",
    fieldManager: flag(words, "field-manager"),
    fieldValidation: fieldValidationOf(words),
    answer: context.parts,
  } as const;
  if (isForced) {
    const made = yield* createObject(context, place.row, place.namespace, body, options);
    return made.ok ? yield* said(made.object) : [made.status];
  }
  const written = yield* updateObject(context, place, body, options, flag(words, "subresource"));
  return written.ok ? yield* said(written.object) : [at(written.status, "replacing", source)];
}
