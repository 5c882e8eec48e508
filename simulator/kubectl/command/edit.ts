/** `kubectl edit`. Models kubectl/pkg/cmd/edit/edit.go. */
import { typeOf } from "../../api/decode.ts";
import type { JsonObject } from "../../api/json.ts";
import { threeWayJsonMergePatch } from "../../api/patch/json-merge.ts";
import { threeWayStrategicPatch } from "../../api/patch/strategic-diff.ts";
import { sorted } from "../print/json-text.ts";
import type { Command, Context, Running, Steps } from "./command.ts";
import { edited } from "./editing.ts";
import { ended, type Failure, fail } from "./failure.ts";
import { fieldManager, fromFiles, printing, saveConfig, text, toggle, validation } from "./flag.ts";
import type { Info } from "./info.ts";
import { print } from "./output.ts";
import { pick } from "./pick.ts";
import { type Answered, patchObject } from "./requests.ts";
import { flag, type Words } from "./words.ts";
import { fieldValidationOf } from "./written.ts";

export const edit: Command = {
  name: "edit",
  says: "Edit objects of the cluster",
  usage: "(RESOURCE/NAME | -f FILENAME)",
  flags: [
    ...fromFiles,
    ...printing(),
    fieldManager("kubectl-edit"),
    saveConfig,
    validation,
    toggle("output-patch", "print the patch that an edit makes"),
    text("subresource", "the part that is meant: status, scale"),
    toggle("windows-line-endings", "edit with the line ends of Windows"),
  ],
  run,
};

function* run(context: Context, words: Words): Running {
  const { infos, failures, unasked } = yield* pick(context, words, { everyOf: true });
  if (unasked || infos.length === 0) {
    return yield* failures.length > 0 ? ended(failures) : fail("edit cancelled, no objects found");
  }
  const met: Failure[] = [...failures];
  for (const info of infos) {
    const before = sorted(info.object) as JsonObject;
    const done = yield* edited(context, info, before, (next) => write(context, words, info, before, next));
    if ("object" in done) met.push(...(yield* print(context, words, info.place.row, done.object, "edited")));
    else met.push(...done.failures);
  }
  return yield* ended(met);
}

/** Sends what the edit has changed. */
function* write(
  context: Context,
  words: Words,
  { place, object }: Info,
  before: JsonObject,
  next: JsonObject,
): Steps<Answered> {
  const type = typeOf(object.apiVersion, place.row.kind);
  const made =
    type === undefined
      ? threeWayJsonMergePatch(before, next, before)
      : threeWayStrategicPatch(before, next, before, type);
  const options = {
    fieldManager: flag(words, "field-manager"),
    fieldValidation: fieldValidationOf(words),
    answer: "unmanaged",
  } as const;
  const patch = made.ok ? made.value : {};
  return yield* patchObject(
    context,
    place,
    patch,
    type === undefined ? "merge" : "strategic",
    options,
    flag(words, "subresource"),
  );
}
