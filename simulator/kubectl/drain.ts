/**
 * `kubectl drain` as it goes on in time: the pods of a node are evicted, those that a budget holds are tried again every five
 * seconds, those that go are waited for. Models pkg/drain/drain.go of kubectl.
 */
import { asObject, type JsonObject, stringAt } from "../api/json.ts";
import { answer, isWrite } from "../apiserver/request.ts";
import type { Status } from "../apiserver/status.ts";
import type { ApiObject, ApiServer } from "../apiserver/types.ts";
import type { Door, Steps } from "./command/command.ts";
import { cordon } from "./cordon.ts";
import type { DrainOptions } from "./drain-options.ts";
import { podsToDrain } from "./drain-pods.ts";
import type { Found } from "./resources.ts";

const retry = 5_000;
const poll = 1_000;

/** Where a drain asks, and whose clock it looks at. */
export type DrainDoor = Pick<Door, "kinds" | "now" | "request">;

/** A pod that is to go: it is tried, then waited for, then it is done with, maybe with an error. */
interface Leaving {
  readonly pod: ApiObject;
  state: "tried" | "awaited" | "done";
  due: number;
}

const suffixes = { none: "", client: " (dry run)", server: " (server dry run)" } as const;

/** What kubectl adds to what it only tries. */
export function dryRunSuffix({ dryRun }: Pick<DrainOptions, "dryRun">): string {
  return suffixes[dryRun];
}

/** Drives the pods of a node away and gives the problems that are left at the end. */
export function* drainPods(door: DrainDoor, node: string, options: DrainOptions): Steps<readonly string[]> {
  const { pods, refusals, warnings } = podsToDrain(door, node, options);
  if (refusals.length > 0) return refusals;
  if (warnings.length > 0) yield { err: `Warning: ${warnings.join("; ")}\n` };
  if (options.dryRun === "client") {
    for (const pod of pods) yield { out: `evicting pod ${pathOf(pod)}${dryRunSuffix(options)}\n` };
    return [];
  }
  const begun = door.now();
  const drain: Drain = {
    door,
    options,
    deadline: options.timeout > 0 ? begun + options.timeout * 1000 : Number.POSITIVE_INFINITY,
    errors: [],
  };
  const leaving = pods.map((pod): Leaving => ({ pod, state: "tried", due: begun }));
  for (;;) {
    const now = door.now();
    const next = leaving.filter((one) => one.state !== "done" && one.due <= now);
    // All of them are told of before the server has answered to any.
    for (const { pod, state } of options.disableEviction ? [] : next) {
      if (state === "tried") yield { out: `evicting pod ${pathOf(pod)}${dryRunSuffix(options)}\n` };
    }
    for (const one of next) {
      if (one.state === "tried") yield* tryPod(drain, one);
      else yield* awaitPod(drain, one);
    }
    const left = leaving.filter(({ state }) => state !== "done");
    if (left.length === 0) break;
    const due = Math.min(...left.map((one) => one.due));
    while (door.now() < due) yield { pass: due - door.now() };
  }
  const problems = [...new Set(drain.errors)];
  if (problems.length === 0) return [];
  const pending = podsToDrain(door, node, options).pods;
  if (pending.length > 0) {
    const names = pending.map(({ metadata }) => `pod/${metadata.name}\n`).join("");
    yield { err: `There are pending pods in node "${node}" when an error occurred: ${together(problems)}\n${names}` };
  }
  return problems;
}

interface Drain {
  readonly door: DrainDoor;
  readonly options: DrainOptions;
  /** In milliseconds since 1970. */
  readonly deadline: number;
  readonly errors: string[];
}

const pathOf = ({ metadata }: ApiObject): string => `${metadata.namespace}/${metadata.name}`;

function* evicted({ options }: Drain, one: Leaving): Steps<void> {
  yield { out: `pod/${one.pod.metadata.name} ${options.disableEviction ? "deleted" : "evicted"}\n` };
  one.state = "done";
}

function failed({ errors }: Drain, one: Leaving, problem: string): void {
  errors.push(problem);
  one.state = "done";
}

/** What the server said to the eviction decides how it goes on. */
function* tryPod(drain: Drain, one: Leaving): Steps<void> {
  const { door, options, deadline } = drain;
  const { name, namespace } = one.pod.metadata;
  const quoted = `pods/${JSON.stringify(name)} -n ${JSON.stringify(namespace)}`;
  if (!options.disableEviction && door.now() >= deadline) {
    failed(drain, one, `error when evicting ${quoted}: global timeout reached: ${options.timeout}s`);
    return;
  }
  const refusal = request(drain, one.pod);
  if (!refusal) {
    if (options.dryRun === "server") one.state = "done";
    else yield* awaitPod(drain, one);
  } else if (refusal.code === 404) one.state = "done";
  else if (refusal.code === 429) {
    yield { err: `error when evicting ${quoted} (will retry after 5s): ${refusal.message}\n` };
    one.due = door.now() + retry;
  } else failed(drain, one, `error when evicting ${quoted}: ${refusal.message}`);
}

function placeOf({ metadata }: ApiObject) {
  return { group: "", version: "v1", resource: "pods", namespace: metadata.namespace ?? "", name: metadata.name };
}

function request({ door, options }: Drain, pod: ApiObject): Status | undefined {
  const grace: JsonObject = options.gracePeriod < 0 ? {} : { gracePeriodSeconds: options.gracePeriod };
  const dryRun = options.dryRun === "server";
  const place = placeOf(pod);
  const { name, namespace } = place;
  const eviction = { apiVersion: "policy/v1", kind: "Eviction", metadata: { name, namespace }, deleteOptions: grace };
  const { code, body } = options.disableEviction
    ? door.request({ verb: "delete", ...place, options: { dryRun, ...grace } })
    : door.request({ verb: "create", ...place, subresource: "eviction", body: eviction, options: { dryRun } });
  return code >= 400 ? (body as Status) : undefined;
}

function* awaitPod(drain: Drain, one: Leaving): Steps<void> {
  const { door, options, deadline } = drain;
  const { name, namespace, uid } = one.pod.metadata;
  const { code, body } = door.request({ verb: "get", ...placeOf(one.pod) });
  const now = code === 200 ? (body as ApiObject) : undefined;
  if (!now || now.metadata.uid !== uid) yield* evicted(drain, one);
  else if (isOld(now, options.skipWait, door.now())) {
    yield {
      out: `pod ${JSON.stringify(name)} has DeletionTimestamp older than ${options.skipWait} seconds, skipping\n`,
    };
    one.state = "done";
  } else if (door.now() >= deadline) {
    const why = "context deadline exceeded";
    const who = `pod ${JSON.stringify(name)} in namespace ${JSON.stringify(namespace)}`;
    failed(drain, one, options.disableEviction ? why : `error when waiting for ${who} to terminate: ${why}`);
  } else {
    one.state = "awaited";
    one.due = Math.min(door.now() + poll, deadline);
  }
}

/** Whether a pod has been going for so long that it is not waited for. */
function isOld({ metadata }: ApiObject, seconds: number, now: number): boolean {
  const since = Date.parse(stringAt(asObject(metadata), "deletionTimestamp"));
  return seconds > 0 && !Number.isNaN(since) && now - since > seconds * 1000;
}

/** Several errors as one. Models the aggregates of apimachinery/pkg/util/errors. */
export function together(errors: readonly string[]): string {
  return errors.length === 1 ? errors[0]! : `[${errors.join(", ")}]`;
}

/** How a drain of one node ends, as kubectl tells it. */
export function endText(node: string, problems: readonly string[], options: DrainOptions): string {
  if (problems.length === 0) return `node/${node} drained${dryRunSuffix(options)}\n`;
  const head = `error: unable to drain node "${node}" due to error: ${together(problems)}, continuing command...\n`;
  return `${head}There are pending nodes to be drained:\n ${node}\n${problems.map((one) => `${one}\n`).join("")}`;
}

/** Begins to drain the node; `tell` hears the lines that kubectl prints, the first of them before this returns. */
export function startDrain(
  server: ApiServer,
  node: Found,
  options: DrainOptions,
  tell: (lines: readonly string[]) => void,
): void {
  const { cluster } = server;
  const { name } = node.place;
  const door: DrainDoor = {
    kinds: server.kinds,
    now: () => server.start + cluster.now(),
    request(given) {
      const response = answer(server, given);
      // The requests come one after the other, and the controllers look in between.
      if (isWrite(given)) cluster.rest();
      return response;
    },
  };
  const steps = drainPods(door, name, options);
  let text = "";
  const { output } = cordon(server, node, true, options.dryRun);
  if (output !== undefined) text += `${output}\n`;

  function goOn(): void {
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done) {
        text += endText(name, step.value, options);
        break;
      }
      const effect = step.value;
      if ("pass" in effect) {
        cluster.after(effect.pass, goOn);
        break;
      }
      text += "out" in effect ? effect.out : "err" in effect ? effect.err : "";
    }
    const lines = text.split("\n").slice(0, -1);
    text = "";
    if (lines.length > 0) tell(lines);
  }

  goOn();
}
