/** `kubectl apply edit-last-applied`. Models kubectl/pkg/cmd/apply/apply_edit_last_applied.go. */
import { lastApplied, lastAppliedAnnotation, lastAppliedText } from "../../../api/patch/server-side.ts";
import type { Command, Context, Running } from "../command.ts";
import { edited } from "../editing.ts";
import { ended, type Failure } from "../failure.ts";
import { fieldManager, fromFiles, printing, toggle, validation } from "../flag.ts";
import { print } from "../output.ts";
import { pick } from "../pick.ts";
import { patchObject } from "../requests.ts";
import { flag, type Words } from "../words.ts";

export const editLastApplied: Command = {
  name: "edit-last-applied",
  says: "Edit what was applied last",
  usage: "(RESOURCE/NAME | -f FILENAME)",
  flags: [
    ...fromFiles,
    ...printing(),
    fieldManager("kubectl-client-side-apply"),
    validation,
    toggle("windows-line-endings", "edit with the line ends of Windows"),
  ],
  run,
};

function* run(context: Context, words: Words): Running {
  const { infos, failures } = yield* pick(context, words, { everyOf: true });
  const met: Failure[] = [...failures];
  for (const info of infos) {
    const before = lastApplied(info.object);
    if (before === undefined) {
      met.push("the object has no last-applied-configuration annotation");
      continue;
    }
    const done = yield* edited(context, info, before, function* (next) {
      const patch = { metadata: { annotations: { [lastAppliedAnnotation]: lastAppliedText(next) } } };
      return yield* patchObject(context, info.place, patch, "merge", { fieldManager: flag(words, "field-manager") });
    });
    if ("object" in done) met.push(...(yield* print(context, words, info.place.row, done.object, "edited")));
    else met.push(...done.failures);
  }
  return yield* ended(met);
}
