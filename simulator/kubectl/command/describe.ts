/** `kubectl describe`. Models kubectl/pkg/cmd/describe/describe.go. */
import { describeText } from "../describe/describe.ts";
import type { Command, Context, Running } from "./command.ts";
import { ended, type Failure, fail } from "./failure.ts";
import { bySelector, count, everyNamespace, fromFiles, toggle } from "./flag.ts";
import type { Info } from "./info.ts";
import { pick } from "./pick.ts";
import { isOn, values, type Words, wasGiven } from "./words.ts";

export const describe: Command = {
  name: "describe",
  says: "Show an object in words, with its events",
  usage: "(-f FILENAME | TYPE [NAME_PREFIX | -l LABEL] | TYPE/NAME)",
  flags: [
    ...fromFiles,
    bySelector,
    everyNamespace,
    count("chunk-size", "how many objects to ask for at once; 0: all", { value: "500" }),
    toggle("show-events", "show the events of the object too", { value: "true" }),
  ],
  run,
};

const nothingNamed =
  'You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.\n';

function* run(context: Context, words: Words): Running {
  if (words.args.length === 0 && values(words, "filename").length === 0) return yield* fail(nothingNamed);
  const picked = yield* pick(context, words, { everyOf: true });
  if (picked.unasked) return yield* ended(picked.failures);
  const { infos, failures } = picked;
  const showEvents = wasGiven(words, "show-events")
    ? isOn(words, "show-events")
    : infos.length <= 1 && failures.length === 0;
  const [type = "", prefix = ""] = words.args;
  if (words.args.length === 2 && failures.length > 0 && failures.every(isMissing)) {
    return yield* byPrefix(context, words, { type, prefix, failures, showEvents });
  }
  const texts = infos.map((info) => textOf(context, info, showEvents));
  if (texts.length > 0) yield { out: texts.join("\n\n") };
  if (texts.length === 0 && failures.length === 0) {
    const where = isOn(words, "all-namespaces") ? "" : ` in ${context.namespace} namespace.`;
    yield { err: `No resources found${where}\n` };
  }
  return yield* ended(failures);
}

const isMissing = (failure: Failure): boolean => typeof failure !== "string" && failure.reason === "NotFound";

function textOf({ door }: Context, { place, object }: Info, showEvents: boolean): string {
  const look = { kinds: door.kinds, now: door.now(), request: door.request.bind(door) };
  return describeText(place.row, object, look, showEvents);
}

interface Prefixed {
  readonly type: string;
  readonly prefix: string;
  readonly failures: readonly Failure[];
  readonly showEvents: boolean;
}

/** A name that is not there may be how names begin. */
function* byPrefix(context: Context, words: Words, { type, prefix, failures, showEvents }: Prefixed): Running {
  const all = yield* pick(context, { ...words, given: new Map() }, { args: [type], everyOf: true });
  const chosen = all.infos.filter(({ place }) => place.name.startsWith(prefix));
  for (const info of chosen) yield { out: `${textOf(context, info, showEvents)}\n` };
  return yield* ended(chosen.length > 0 ? all.failures : failures);
}
