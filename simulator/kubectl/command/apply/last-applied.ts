/** `kubectl apply view-last-applied` and `set-last-applied`. Models kubectl/pkg/cmd/apply/apply_view_last_applied.go and its neighbour. */
import type { JsonObject } from "../../../api/json.ts";
import { lastApplied, lastAppliedAnnotation, lastAppliedText } from "../../../api/patch/server-side.ts";
import { jsonText, sorted } from "../../print/json-text.ts";
import { yamlText } from "../../print/yaml-text.ts";
import type { Command, Context, Running } from "../command.ts";
import { ended, type Failure, fail, misused } from "../failure.ts";
import { objectsOfFiles } from "../files.ts";
import { bySelector, dryRun, everyObject, fromFiles, printing, text, toggle } from "../flag.ts";
import { print } from "../output.ts";
import { pick } from "../pick.ts";
import { at } from "../refused.ts";
import { getObject, patchObject } from "../requests.ts";
import { dryRunOf, flag, isOn, type Words } from "../words.ts";

export const viewLastApplied: Command = {
  name: "view-last-applied",
  says: "Show what was applied last",
  usage: "(TYPE [NAME | -l LABEL] | TYPE/NAME | -f FILENAME)",
  flags: [...fromFiles, bySelector, everyObject, text("output", "yaml or json", { short: "o", value: "yaml" })],
  run: view,
};

export const setLastApplied: Command = {
  name: "set-last-applied",
  says: "Note what a file says as applied last, without applying it",
  usage: "-f FILENAME",
  flags: [
    ...fromFiles.filter(({ name }) => name === "filename"),
    ...printing(),
    dryRun,
    toggle("create-annotation", "also for objects that were never applied"),
  ],
  run: set,
};

function* view(context: Context, words: Words): Running {
  const output = flag(words, "output");
  if (output !== "yaml" && output !== "json") {
    return yield* misused(words, `Unexpected -o output mode: ${output}, the flag 'output' must be one of yaml|json`);
  }
  const picked = yield* pick(context, words, { everyOf: isOn(words, "all") });
  if (picked.failures.length > 0) return yield* ended(picked.failures);
  for (const { place, object } of picked.infos) {
    const applied = lastApplied(object);
    if (applied === undefined) {
      return yield* fail(`no last-applied-configuration annotation found on resource: ${place.name}`);
    }
    const whole = sorted(applied) as JsonObject;
    yield { out: output === "json" ? `${jsonText(whole)}\n` : yamlText(whole) };
  }
  return 0;
}

function* set(context: Context, words: Words): Running {
  const { infos, failures } = objectsOfFiles(context, words);
  const met: Failure[] = [...failures];
  for (const { place, object, source = "" } of infos) {
    const live = yield* getObject(context, place);
    if (!live.ok) {
      met.push(live.status);
      continue;
    }
    if (lastApplied(live.object) === undefined && !isOn(words, "create-annotation")) {
      const hint = "no last-applied-configuration annotation found on resource: ";
      met.push(`${hint}${place.name}, to create the annotation, run the command with --create-annotation`);
      continue;
    }
    const patch = { metadata: { annotations: { [lastAppliedAnnotation]: lastAppliedText(object) } } };
    const mode = dryRunOf(words);
    const options = { dryRun: mode === "server" };
    const answer = mode === "client" ? live : yield* patchObject(context, place, patch, "merge", options);
    if (!answer.ok) met.push(at(answer.status, "patching", source));
    else met.push(...(yield* print(context, words, place.row, answer.object, "configured")));
  }
  return yield* ended(met);
}
