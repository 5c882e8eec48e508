/** `kubectl set serviceaccount`. Models kubectl/pkg/cmd/set/set_serviceaccount.go. */
import type { Command, Context, Running } from "../command.ts";
import { ended, type Failure, fail } from "../failure.ts";
import { pick } from "../pick.ts";
import { isOn, type Words } from "../words.ts";
import { apart, misuse, noTemplate, put, setting, unfit, withPodSpec } from "./change.ts";

export const setServiceAccount: Command = {
  name: "serviceaccount",
  aliases: ["sa"],
  says: "Set the ServiceAccount of pods",
  usage: "(-f FILENAME | TYPE NAME) SERVICE_ACCOUNT",
  flags: setting.filter(({ name }) => name !== "selector"),
  run: (context, words) => apart(words, run(context, words)),
};

const update = { operation: "serviceaccount updated", refused: "failed to patch ServiceAccountName ", always: true };

function* run(context: Context, words: Words): Running {
  const wrong = misuse(words);
  if (wrong !== undefined) return yield* fail(wrong);
  const account = words.args.at(-1);
  if (account === undefined) return yield* fail("serviceaccount is required");
  const picked = yield* pick(context, words, { args: words.args.slice(0, -1), local: isOn(words, "local") });
  if (picked.failures.length > 0) return yield* ended(picked.failures);
  const met: Failure[] = [];
  for (const info of picked.infos) {
    const next = withPodSpec(info, (spec) => ({ ...spec, serviceAccountName: account }));
    if (next === undefined) met.push(unfit(info, noTemplate(info)));
    else met.push(...(yield* put(context, words, info, next, update)));
  }
  return yield* ended(met);
}
