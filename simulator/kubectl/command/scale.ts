/** `kubectl scale`. Models kubectl/pkg/cmd/scale/scale.go and kubectl/pkg/scale. */
import { asObject, numberAt } from "../../api/json.ts";
import { isScalable } from "../../api/kind.ts";
import type { Command, Context, Running } from "./command.ts";
import { ended, fail } from "./failure.ts";
import { bySelector, count, dryRun, duration, everyObject, fromFiles, printing, text } from "./flag.ts";
import { print } from "./output.ts";
import { pick } from "./pick.ts";
import { scaleObject } from "./requests.ts";
import { dryRunOf, isOn, numberOf, type Words } from "./words.ts";

export const scale: Command = {
  name: "scale",
  says: "Set how many pods a workload has",
  usage: "--replicas=COUNT (-f FILENAME | TYPE NAME)",
  flags: [
    ...fromFiles,
    ...printing(),
    bySelector,
    everyObject,
    dryRun,
    count("current-replicas", "scale only from so many; -1: from any", { value: "-1" }),
    count("replicas", "how many pods", { required: true }),
    text("resource-version", "scale only this version of the object"),
    duration("timeout", "how long to wait until it is scaled; zero: not at all"),
  ],
  run,
};

/** Scales each object that is named, up to the first that cannot be; names that are not there are told at the end. */
function* run(context: Context, words: Words): Running {
  const replicas = numberOf(words, "replicas");
  if (replicas < 0) {
    return yield* fail("The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0");
  }
  const expected = numberOf(words, "current-replicas");
  if (expected < -1) return yield* fail("The --current-replicas must specify an integer of -1 or greater");
  const { infos, failures } = yield* pick(context, words, { everyOf: isOn(words, "all") });
  if (infos.length === 0) return yield* ended(failures.length > 0 ? failures : ["no objects passed to scale"]);
  const mode = dryRunOf(words);
  for (const { place, object } of infos) {
    if (mode !== "client") {
      const actual = numberAt(asObject(object["spec"]), "replicas") ?? 0;
      if (isScalable(place.row) && expected !== -1 && expected !== actual) {
        return yield* fail(`Expected replicas to be ${expected}, was ${actual}`);
      }
      const answer = yield* scaleObject(context, place, replicas, mode === "server");
      if (!answer.ok) return yield* fail(answer.status);
    }
    const met = yield* print(context, words, place.row, object, "scaled");
    if (met.length > 0) return yield* ended(met);
  }
  return yield* ended(failures);
}
