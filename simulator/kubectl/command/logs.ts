/** `kubectl logs`. Models kubectl/pkg/cmd/logs/logs.go and polymorphichelpers/logsforobject.go. */
import { asObject, listAt, numberAt, stringAt } from "../../api/json.ts";
import type { LogOptions } from "../../apiserver/log.ts";
import type { Status } from "../../apiserver/status.ts";
import type { ApiObject } from "../../apiserver/types.ts";
import type { Command, Context, Running, Steps } from "./command.ts";
import { ended, type Failure, fail, misused, quoted } from "./failure.ts";
import { bySelector, count, duration, text, toggle } from "./flag.ts";
import type { Info } from "./info.ts";
import { containerOf, containerStatus, likelyFirst, namedObject, podSelector, podsFor } from "./pod-of.ts";
import { getObject, listObjects } from "./requests.ts";
import { durationOf, flag, isOn, milliseconds, numberOf, type Words, wasGiven } from "./words.ts";

const usage = "logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]";

export const logs: Command = {
  name: "logs",
  says: "Show what containers have printed",
  usage: usage.slice("logs ".length),
  flags: [
    bySelector,
    toggle("all-containers", "of all containers of the pod"),
    toggle("all-pods", "of all pods of the workload"),
    text("container", "the container", { short: "c" }),
    toggle("follow", "go on with what is printed from now on", { short: "f" }),
    toggle("ignore-errors", "go on where a log cannot be had"),
    toggle("insecure-skip-tls-verify-backend", "trust any node"),
    count("limit-bytes", "at most so many bytes"),
    count("max-log-requests", "how many logs to follow at once", { value: "5" }),
    text("pod-running-timeout", "how long to wait for a pod", { value: "20s" }),
    toggle("prefix", "begin each line with its pod and container"),
    toggle("previous", "of the container before its last restart", { short: "p" }),
    duration("since", "only what is newer than this"),
    text("since-time", "only what is newer than this time"),
    count("tail", "only the last lines; -1: all", { value: "-1" }),
    toggle("timestamps", "begin each line with its time"),
  ],
  run,
};

const expected = `expected '${usage}'.\nPOD or TYPE/NAME is a required argument for the logs command`;

/** A log that is read: of a container of a pod. */
interface Source {
  readonly pod: ApiObject;
  readonly container: string;
}

function misuse(words: Words): Failure | undefined {
  const container = flag(words, "container") || (words.args[1] ?? "");
  const since = durationOf(words, "since");
  if (flag(words, "since-time") !== "" && since !== 0) {
    return "at most one of `sinceTime` or `sinceSeconds` may be specified";
  }
  if (isOn(words, "all-containers") && container !== "") {
    return `--all-containers=true should not be specified with container name ${container}`;
  }
  if (wasGiven(words, "container") && words.args.length === 2) {
    return "only one of -c or an inline [CONTAINER] arg is allowed";
  }
  if (numberOf(words, "limit-bytes") < 0) return "--limit-bytes must be greater than 0";
  if (since < 0) return "--since must be greater than 0";
  return numberOf(words, "tail") < -1 ? "--tail must be greater than or equal to -1" : undefined;
}

function* run(context: Context, words: Words): Running {
  const selector = flag(words, "selector");
  if (words.args.length > 2 || (words.args.length === 0 && selector === "")) return yield* misused(words, expected);
  if (words.args.length === 1 && selector !== "") {
    return yield* misused(words, "only a selector (-l) or a POD name is allowed");
  }
  const sinceTime = flag(words, "since-time");
  if (sinceTime !== "" && Number.isNaN(Date.parse(sinceTime))) {
    return yield* fail(
      `parsing time "${sinceTime}" as "2006-01-02T15:04:05Z07:00": cannot parse "${sinceTime}" as "2006"`,
    );
  }
  const target = yield* targetOf(context, words);
  if ("failure" in target) return yield* ended([target.failure]);
  const wrong = misuse(words);
  if (wrong !== undefined) return yield* ended([wrong]);
  const sources = yield* sourcesOf(context, words, target);
  if ("failure" in sources) return yield* ended([sources.failure]);
  const most = numberOf(words, "max-log-requests");
  if (isOn(words, "follow") && sources.list.length > Math.max(1, most)) {
    return yield* fail(
      `you are attempting to follow ${sources.list.length} log streams, but maximum allowed concurrency is ${most}, use --max-log-requests to increase the limit`,
    );
  }
  if (isOn(words, "follow")) return yield* follow(context, words, sources.list);
  for (const source of sources.list) {
    const read = readLog(context, words, source);
    if ("lines" in read) yield { out: textOf(words, source, read.lines) };
    else if (isOn(words, "ignore-errors")) yield { out: `error: ${read.status.message}\n` };
    else return yield* ended([read.status]);
  }
  return 0;
}

type Target = { readonly pods: readonly ApiObject[] } | { readonly info: Info };

function* targetOf(context: Context, words: Words): Steps<Target | { readonly failure: Failure }> {
  const labelSelector = flag(words, "selector");
  if (labelSelector !== "") {
    const answer = yield* listObjects(context, context.door.kinds.named("Pod")!, context.namespace, { labelSelector });
    if (!answer.ok) return { failure: answer.status };
    if (answer.object.items.length === 0) yield { err: `No resources found in ${context.namespace} namespace.\n` };
    return { pods: answer.object.items };
  }
  const found = yield* namedObject(context, words.args[0] ?? "");
  if (!("failure" in found)) return { info: found };
  const { failure } = found;
  if (typeof failure === "string" || failure.reason !== "NotFound") return found;
  return { failure: `error from server (NotFound): ${quoted(failure)} in namespace "${context.namespace}"` };
}

type Sources = { readonly list: readonly Source[] } | { readonly failure: Failure };

/** The logs that are meant, and what is said of how they were chosen. */
function* sourcesOf(context: Context, words: Words, target: Target): Steps<Sources> {
  if ("pods" in target) return yield* ofPods(words, target.pods, false);
  const { info } = target;
  if (info.place.row.kind === "Pod") return yield* ofPods(words, [info.object], isOn(words, "all-pods"));
  const selector = podSelector(info);
  if (selector === undefined) {
    const type = `*${info.place.row.versions[0]}.${info.place.row.kind}`;
    return { failure: `cannot get the logs from ${type}: selector for ${type} not implemented` };
  }
  const patience = milliseconds(flag(words, "pod-running-timeout")) ?? 20_000;
  const found = yield* podsFor(context, info.place.namespace, selector, patience);
  if ("failure" in found) return found;
  const pods = likelyFirst(found.pods);
  const [first] = pods;
  if (isOn(words, "all-pods")) return yield* ofPods(words, pods, true);
  if (pods.length > 1) yield { err: `Found ${pods.length} pods, using pod/${first!.metadata.name}\n` };
  return yield* ofPods(words, [first!], false);
}

function* ofPods(words: Words, pods: readonly ApiObject[], isQuiet: boolean): Steps<Sources> {
  const given = flag(words, "container") || (words.args[1] ?? "");
  const list: Source[] = [];
  for (const pod of pods) {
    if (isOn(words, "all-containers")) {
      const spec = asObject(pod["spec"]);
      const all = ["initContainers", "containers", "ephemeralContainers"].flatMap((key) => listAt(spec, key));
      list.push(...all.map((one) => ({ pod, container: stringAt(asObject(one), "name") })));
      continue;
    }
    const chosen = containerOf(pod, given);
    if ("error" in chosen) return { failure: chosen.error };
    if (chosen.note !== "" && !isQuiet) yield { err: chosen.note };
    list.push({ pod, container: stringAt(chosen.container, "name") });
  }
  return { list };
}

type ReadLines = { readonly lines: readonly string[] } | { readonly status: Status };

function readLog({ door }: Context, words: Words, { pod, container }: Source): ReadLines {
  const tail = numberOf(words, "tail");
  const isSelected = flag(words, "selector") !== "" && !wasGiven(words, "tail");
  const since = durationOf(words, "since");
  const limit = numberOf(words, "limit-bytes");
  const options: LogOptions = {
    container,
    previous: isOn(words, "previous"),
    timestamps: isOn(words, "timestamps"),
    ...(isSelected ? { tailLines: 10 } : tail >= 0 ? { tailLines: tail } : {}),
    ...(since > 0 ? { sinceSeconds: Math.round(since / 1000) } : {}),
    ...(flag(words, "since-time") === "" ? {} : { sinceTime: flag(words, "since-time") }),
    ...(limit > 0 ? { limitBytes: limit } : {}),
  };
  const { namespace = "", name } = pod.metadata;
  const at = { group: "", version: "v1", resource: "pods", subresource: "log", namespace, name };
  const { code, body } = door.request({ verb: "get", ...at, options });
  return code === 200 ? { lines: body as readonly string[] } : { status: body as Status };
}

function textOf(words: Words, { pod, container }: Source, lines: readonly string[]): string {
  const hasPrefix = isOn(words, "prefix") || isOn(words, "all-pods");
  const prefix = hasPrefix ? `[pod/${pod.metadata.name}/${container}] ` : "";
  return lines.map((one) => `${prefix}${one}\n`).join("");
}

/** What there is, then what comes, until the containers have ended. */
function* follow(context: Context, words: Words, sources: readonly Source[]): Running {
  const printed = new Map<Source, number>();
  let open = sources;
  const patience = context.door.now() + (milliseconds(flag(words, "pod-running-timeout")) ?? 20_000);
  for (;;) {
    const still: Source[] = [];
    for (const source of open) {
      const read = readLog(context, words, source);
      if ("status" in read) {
        if (isOn(words, "ignore-errors")) yield { out: `error: ${read.status.message}\n` };
        else {
          yield { err: `${read.status.message}\n` };
          if (context.door.now() >= patience) return yield* fail("timed out waiting for the condition");
          still.push(source);
        }
        continue;
      }
      const before = printed.get(source) ?? 0;
      const fresh = read.lines.slice(before);
      if (fresh.length > 0) yield { out: textOf(words, source, fresh) };
      printed.set(source, Math.max(before, read.lines.length));
      if (yield* isRunning(context, source)) still.push(source);
    }
    if (still.length === 0) return 0;
    open = still;
    yield { pass: open.some((one) => !printed.has(one)) ? 1000 : Number.POSITIVE_INFINITY };
  }
}

/** Whether the container is still the one whose log is read. */
function* isRunning(context: Context, { pod, container }: Source): Steps<boolean> {
  const place = {
    row: context.door.kinds.named("Pod")!,
    namespace: pod.metadata.namespace ?? "",
    name: pod.metadata.name,
  };
  const answer = yield* getObject(context, place);
  if (!answer.ok) return false;
  const [now, before] = [containerStatus(answer.object, container), containerStatus(pod, container)];
  const restarts = (one: typeof now) => numberAt(one, "restartCount") ?? 0;
  return asObject(now?.["state"])["running"] !== undefined && restarts(now) === restarts(before);
}
