/** `kubectl delete`. Models kubectl/pkg/cmd/delete/delete.go. */
import { resourceName } from "../../api/kind.ts";
import type { Command, Context, Running } from "./command.ts";
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
import { operationText } from "./output.ts";
import { pick } from "./pick.ts";
import { deleteObject } from "./requests.ts";
import { dryRunOf, flag, isOn, numberOf, type Words } from "./words.ts";

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

function* run(context: Context, words: Words): Running {
  const output = flag(words, "output");
  const all = isOn(words, "all");
  const cascade = flag(words, "cascade");
  const propagation = propagations.find((one) => one === cascade);
  if (propagation === undefined) {
    return yield* fail(`invalid cascade value (${cascade}). Must be "background", "foreground", or "orphan"`);
  }
  const picked = yield* pick(context, words, {});
  if (picked.unasked) return yield* ended(picked.failures);
  if (output !== "" && output !== "name") {
    return yield* fail(`unexpected -o output mode: ${output}. We only support '-o name'`);
  }
  const mode = dryRunOf(words);
  const grace = numberOf(words, "grace-period");
  const forced = isOn(words, "force") && grace <= 0;
  const failures: Failure[] = isOn(words, "ignore-not-found") || all ? [] : [...picked.failures];
  for (const { place } of picked.infos) {
    const { row, name, namespace } = place;
    const seconds = isOn(words, "now") ? 1 : forced ? 0 : grace;
    if (mode !== "client") {
      const answer = yield* deleteObject(context, place, {
        propagation,
        dryRun: mode === "server",
        ...(seconds >= 0 ? { gracePeriodSeconds: seconds } : {}),
      });
      if (!answer.ok) {
        failures.push(answer.status);
        continue;
      }
    }
    const from = row.namespaced ? ` from ${namespace} namespace` : "";
    const operation = operationText(`${forced ? "force deleted" : "deleted"}${from}`, words);
    yield {
      out: output === "name" ? `${resourceName(row)}/${name}\n` : `${resourceName(row)} "${name}" ${operation}\n`,
    };
  }
  if (picked.infos.length === 0 && failures.length === 0) yield { out: "No resources found\n" };
  return yield* ended(failures);
}
