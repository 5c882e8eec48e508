/** `kubectl cordon`, `uncordon` and `drain`. Models kubectl/pkg/cmd/drain/drain.go. */
import { asObject, isTrue } from "../../api/json.ts";
import { parseSelector } from "../../api/selector-text.ts";
import { drainPods, dryRunSuffix, together } from "../drain.ts";
import type { DrainOptions } from "../drain-options.ts";
import type { Command, Context, Running, Steps } from "./command.ts";
import { ended, type Failure, fail, failureText, misused } from "./failure.ts";
import { bySelector, count, dryRun, duration, text, toggle } from "./flag.ts";
import type { Info } from "./info.ts";
import { operationText } from "./output.ts";
import { type Picked, pick } from "./pick.ts";
import { patchObject } from "./requests.ts";
import { dryRunOf, durationOf, flag, isOn, numberOf, type Words, wasGiven } from "./words.ts";

export const cordon: Command = {
  name: "cordon",
  says: "Let no more pods onto nodes",
  usage: "NODE",
  flags: [bySelector, dryRun],
  run: (context, words) => mark(context, words, true),
};

export const uncordon: Command = {
  name: "uncordon",
  says: "Let pods onto nodes again",
  usage: "NODE",
  flags: [bySelector, dryRun],
  run: (context, words) => mark(context, words, false),
};

export const drain: Command = {
  name: "drain",
  says: "Drive the pods away from nodes",
  usage: "NODE",
  flags: [
    bySelector,
    dryRun,
    count("chunk-size", "how many objects to ask for at once; 0: all", { value: "500" }),
    toggle("delete-emptydir-data", "also pods whose data is lost with them"),
    toggle("disable-eviction", "delete pods, and ask no budget"),
    toggle("force", "also pods that nothing would make again"),
    count("grace-period", "seconds to end in; negative: as the pod says", { value: "-1" }),
    toggle("ignore-daemonsets", "leave the pods of DaemonSets where they are"),
    text("pod-selector", "only pods with these labels"),
    count("skip-wait-for-delete-timeout", "do not wait for pods that have been going for so many seconds"),
    duration("timeout", "how long to try; zero: for ever"),
  ],
  run: drainAll,
};

/** The nodes of the command line, or why there are none. */
function* nodesOf(context: Context, words: Words, usage: string): Steps<Picked | { readonly misused: string }> {
  if (words.args.length === 0 && !wasGiven(words, "selector")) return { misused: `USAGE: ${usage} [flags]` };
  if (words.args.length > 0 && flag(words, "selector") !== "") {
    return { misused: "error: cannot specify both a node name and a --selector option" };
  }
  const podSelector = flag(words, "pod-selector");
  if (podSelector !== "" && !parseSelector(podSelector).ok) {
    const why = "--pod-selector=<pod_selector> must be a valid label selector";
    return { infos: [], failures: [why], unasked: true };
  }
  const names = words.args.map((one) => (one.includes("/") ? one : `nodes/${one}`));
  const picked = yield* pick(context, words, { args: names.length > 0 ? names : ["nodes"] });
  const other = picked.infos.find(({ place }) => place.row.kind !== "Node");
  if (!other) return picked;
  const { row } = other.place;
  const resource = `${row.group}/${row.versions[0]}, Resource=${row.plural}`;
  return { infos: [], failures: [`error: expected resource of type node, got "${resource}"`] };
}

function* mark(context: Context, words: Words, isCordon: boolean): Running {
  const nodes = yield* nodesOf(context, words, `${words.path.split(" ").at(-1)} NODE`);
  if ("misused" in nodes) return yield* misused(words, nodes.misused);
  if (nodes.failures.length > 0) return yield* ended(nodes.failures);
  for (const info of nodes.infos) yield* markOne(context, words, info, isCordon);
  return 0;
}

function* markOne(context: Context, words: Words, { place, object }: Info, isCordon: boolean): Steps<void> {
  const word = isCordon ? "cordoned" : "uncordoned";
  if (isTrue(asObject(object["spec"]), "unschedulable") === isCordon) {
    yield { out: `node/${place.name} ${operationText(`already ${word}`, words)}\n` };
    return;
  }
  if (dryRunOf(words) !== "client") {
    const patch = { spec: { unschedulable: isCordon || null } };
    const options = { dryRun: dryRunOf(words) === "server", fieldManager: "kubectl" };
    const answer = yield* patchObject(context, place, patch, "strategic", options);
    if (!answer.ok) {
      const verb = isCordon ? "cordon" : "uncordon";
      yield { err: `error: unable to ${verb} node "${place.name}": ${answer.status.message}\n` };
      return;
    }
  }
  yield { out: `node/${place.name} ${operationText(word, words)}\n` };
}

function optionsOf(words: Words): DrainOptions {
  return {
    force: isOn(words, "force"),
    ignoreDaemonSets: isOn(words, "ignore-daemonsets"),
    deleteEmptyDirData: isOn(words, "delete-emptydir-data"),
    disableEviction: isOn(words, "disable-eviction"),
    podSelector: flag(words, "pod-selector"),
    timeout: durationOf(words, "timeout") / 1000,
    gracePeriod: numberOf(words, "grace-period"),
    dryRun: dryRunOf(words),
    skipWait: numberOf(words, "skip-wait-for-delete-timeout"),
  };
}

function* drainAll(context: Context, words: Words): Running {
  const nodes = yield* nodesOf(context, words, "drain NODE");
  if ("misused" in nodes) return yield* misused(words, nodes.misused);
  if (nodes.failures.length > 0) return yield* ended(nodes.failures);
  for (const info of nodes.infos) yield* markOne(context, words, info, true);
  const options = optionsOf(words);
  const failed: { readonly node: string; readonly problems: readonly string[] }[] = [];
  for (const { place } of nodes.infos) {
    const problems = yield* drainPods(context.door, place.name, options);
    if (problems.length === 0) yield { out: `node/${place.name} drained${dryRunSuffix(options)}\n` };
    else {
      const why = together(problems);
      yield { err: `error: unable to drain node "${place.name}" due to error: ${why}, continuing command...\n` };
      failed.push({ node: place.name, problems });
    }
  }
  if (failed.length === 0) return 0;
  yield { err: `There are pending nodes to be drained:\n${failed.map(({ node }) => ` ${node}\n`).join("")}` };
  const [only] = failed;
  // The problems of a single node are told one by one, those of several nodes as one each.
  const told: readonly Failure[] =
    failed.length === 1 ? only!.problems : failed.map(({ problems }) => together(problems));
  if (options.disableEviction && told.length === 1) return yield* fail(told[0]!);
  yield { err: told.length === 1 ? `${String(told[0])}\n` : failureText(told) };
  return 1;
}
