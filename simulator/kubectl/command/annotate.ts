/** `kubectl annotate`. Models kubectl/pkg/cmd/annotate/annotate.go. */
import type { Command, Context, Running } from "./command.ts";
import { ended, type Failure, fail } from "./failure.ts";
import {
  byFieldSelector,
  bySelector,
  dryRun,
  everyNamespace,
  everyObject,
  fieldManager,
  fromFiles,
  printing,
  text,
  toggle,
} from "./flag.ts";
import { changeCause } from "./history.ts";
import type { Info } from "./info.ts";
import { print } from "./output.ts";
import { pick } from "./pick.ts";
import { patchObject } from "./requests.ts";
import { dryRunOf, isOn, type Words } from "./words.ts";

export const annotate: Command = {
  name: "annotate",
  says: "Set or take away annotations",
  usage: "[--overwrite] (-f FILENAME | TYPE NAME) KEY=VALUE... KEY-...",
  flags: [
    ...fromFiles,
    ...printing(),
    bySelector,
    byFieldSelector,
    everyNamespace,
    everyObject,
    dryRun,
    fieldManager("kubectl-annotate"),
    toggle("list", "print the annotations"),
    toggle("local", "ask nothing of the server"),
    toggle("overwrite", "change annotations that are there"),
    text("resource-version", "change only this version of the object"),
  ],
  run,
};

const isPair = (arg: string) => arg.includes("=") || arg.endsWith("-");

/** Sets annotations (`key=value`) and takes them away (`key-`). */
function* run(context: Context, words: Words): Running {
  const first = words.args.findIndex(isPair);
  const resources = first < 0 ? words.args : words.args.slice(0, first);
  const pairs = first < 0 ? [] : words.args.slice(first);
  const late = pairs.find((arg) => !isPair(arg));
  if (late !== undefined) return yield* fail(`all resources must be specified before annotation changes: ${late}`);
  if (resources.length === 0) {
    return yield* fail("one or more resources must be specified as <resource> <name> or <resource>/<name>");
  }
  if (pairs.length === 0) return yield* fail("at least one annotation update is required");
  const changes = new Map(pairs.map(changeOf));
  const { infos, failures } = yield* pick(context, words, { args: resources });
  const met: Failure[] = [...failures];
  const mode = dryRunOf(words);
  for (const info of infos) {
    const kept = isOn(words, "overwrite") ? [] : overwritten(info, changes);
    if (kept.length > 0) {
      met.push(`--overwrite is false but found the following declared annotation(s): ${kept.join("; ")}`);
      continue;
    }
    const patch = { metadata: { annotations: Object.fromEntries(changes) } };
    const options = { dryRun: mode === "server", fieldManager: "kubectl-annotate" };
    const answer =
      mode === "client"
        ? ({ ok: true, object: info.object } as const)
        : yield* patchObject(context, info.place, patch, "merge", options);
    if (answer.ok) met.push(...(yield* print(context, words, info.place.row, answer.object, "annotated")));
    else met.push(answer.status);
  }
  return yield* ended(met);
}

function changeOf(pair: string): readonly [string, string | null] {
  const equals = pair.indexOf("=");
  return equals < 0 ? [pair.slice(0, -1), null] : [pair.slice(0, equals), pair.slice(equals + 1)];
}

/** Annotations that have another value already; why something was changed may always be said anew. */
function overwritten({ object }: Info, changes: ReadonlyMap<string, string | null>): readonly string[] {
  const now = object.metadata.annotations ?? {};
  return [...changes].flatMap(([key, value]) => {
    const old = now[key];
    const stays = value === null || key === changeCause || old === undefined || old === value;
    return stays ? [] : [`'${key}' already has a value (${old})`];
  });
}
