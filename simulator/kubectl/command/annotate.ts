/** `kubectl annotate`. Models kubectl/pkg/cmd/annotate/annotate.go. */

import type { Printed } from "../get.ts";
import type { Door } from "./door.ts";
import { ended, type Failure } from "./failure.ts";
import { changeCause } from "./history.ts";
import { printed } from "./output.ts";
import { type Info, pick } from "./pick.ts";
import { dryRunOf, isOn, type Words } from "./words.ts";

const isPair = (arg: string) => arg.includes("=") || arg.endsWith("-");

/** Sets annotations (`key=value`) and takes them away (`key-`). */
export function annotate(door: Door, words: Words): Printed {
  const first = words.args.findIndex(isPair);
  const resources = first < 0 ? words.args : words.args.slice(0, first);
  const pairs = first < 0 ? [] : words.args.slice(first);
  const late = pairs.find((arg) => !isPair(arg));
  if (late !== undefined) return ended("", [`all resources must be specified before annotation changes: ${late}`]);
  if (resources.length === 0) {
    return ended("", ["one or more resources must be specified as <resource> <name> or <resource>/<name>"]);
  }
  if (pairs.length === 0) return ended("", ["at least one annotation update is required"]);
  const changes = new Map(pairs.map(changeOf));
  const { infos, failures } = pick(door, resources, { everyOf: isOn(words, "all") });
  const met: Failure[] = [...failures];
  const dryRun = dryRunOf(words);
  let stdout = "";
  for (const info of infos) {
    const kept = isOn(words, "overwrite") ? [] : overwritten(info, changes);
    if (kept.length > 0) {
      met.push(`--overwrite is false but found the following declared annotation(s): ${kept.join("; ")}`);
      continue;
    }
    const patch = { metadata: { annotations: Object.fromEntries(changes) } };
    const answer =
      dryRun === "client"
        ? ({ ok: true, object: info.object } as const)
        : door.patch(info.place, patch, "merge", dryRun === "server", "kubectl-annotate");
    if (answer.ok) stdout += printed(info.place.row, answer.object, "annotated", words);
    else met.push(answer.status);
  }
  return ended(stdout, met);
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
