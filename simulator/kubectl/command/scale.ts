/** `kubectl scale`. Models kubectl/pkg/cmd/scale/scale.go and kubectl/pkg/scale. */
import { asObject, numberAt } from "../../api/json.ts";
import { isScalable } from "../../api/kind.ts";
import type { Printed } from "../get.ts";
import type { Door } from "./door.ts";
import { ended, type Failure } from "./failure.ts";
import { printed } from "./output.ts";
import { pick } from "./pick.ts";
import { dryRunOf, isOn, numberOf, type Words } from "./words.ts";

/** Scales each object that is named, up to the first that cannot be; names that are not there are told at the end. */
export function scale(door: Door, words: Words): Printed {
  if (!words.flags.has("replicas")) return ended("", ['required flag(s) "replicas" not set']);
  const replicas = numberOf(words, "replicas", -1);
  if (replicas < 0) {
    return ended("", ["The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0"]);
  }
  const expected = numberOf(words, "current-replicas", -1);
  if (expected < -1) return ended("", ["The --current-replicas must specify an integer of -1 or greater"]);
  const { infos, failures } = pick(door, words.args, { everyOf: isOn(words, "all") });
  if (infos.length === 0) return ended("", failures.length > 0 ? failures : ["no objects passed to scale"]);
  const dryRun = dryRunOf(words);
  let stdout = "";
  const stopped = (failure: Failure) => ended(stdout, [failure]);
  for (const { place, object } of infos) {
    if (dryRun !== "client") {
      const actual = numberAt(asObject(object["spec"]), "replicas") ?? 0;
      if (isScalable(place.row) && expected !== -1 && expected !== actual) {
        return stopped(`Expected replicas to be ${expected}, was ${actual}`);
      }
      const answer = door.scale(place, replicas, dryRun === "server");
      if (!answer.ok) return stopped(answer.status);
    }
    stdout += printed(place.row, object, "scaled", words);
  }
  return ended(stdout, failures);
}
