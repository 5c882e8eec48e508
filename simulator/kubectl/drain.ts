/**
 * `kubectl drain` as it goes on in time: the pods of a node are evicted, those that a budget holds are tried again every five
 * seconds, those that go are waited for. Models pkg/cmd/drain and pkg/drain/drain.go of kubectl.
 */
import { remove } from "../apiserver/delete.ts";
import { evict } from "../apiserver/eviction.ts";
import { get } from "../apiserver/read.ts";
import type { Status } from "../apiserver/status.ts";
import type { ApiObject, ApiServer, Place } from "../apiserver/types.ts";
import { cordon } from "./cordon.ts";
import type { DrainOptions } from "./drain-options.ts";
import { podsToDrain } from "./drain-pods.ts";
import { type Found, placeOf } from "./resources.ts";

const retry = 5_000;
const poll = 1_000;

/** A pod that is to go: it is tried, then waited for, then it is done with, maybe with an error. */
interface Leaving {
  readonly pod: ApiObject;
  readonly place: Place;
  state: "tried" | "awaited" | "done";
  due: number;
}

/** Begins to drain the node; `tell` hears the lines that kubectl prints, the first of them before this returns. */
export function startDrain(
  server: ApiServer,
  node: Found,
  options: DrainOptions,
  tell: (lines: readonly string[]) => void,
): void {
  const { cluster } = server;
  const name = node.place.name;
  const deadline = options.timeout > 0 ? cluster.now() + options.timeout * 1000 : Number.POSITIVE_INFINITY;
  const suffix = options.dryRun === "none" ? "" : options.dryRun === "server" ? " (server dry run)" : " (dry run)";
  const errors: string[] = [];
  let lines: string[] = [];
  let leaving: readonly Leaving[] = [];

  const say = (line: string) => lines.push(line);

  function flush(): void {
    const told = lines;
    lines = [];
    if (told.length > 0) tell(told);
  }

  const pathOf = ({ metadata }: ApiObject) => `${metadata.namespace}/${metadata.name}`;

  function end(problems: readonly string[]): void {
    if (problems.length === 0) {
      say(`node/${name} drained${suffix}`);
      return;
    }
    say(`error: unable to drain node "${name}" due to error: ${together(problems)}, continuing command...`);
    say("There are pending nodes to be drained:");
    say(` ${name}`);
    for (const problem of problems) say(problem);
  }

  function evicted(one: Leaving): void {
    say(`pod/${one.place.name} ${options.disableEviction ? "deleted" : "evicted"}`);
    one.state = "done";
  }

  function failed(one: Leaving, problem: string): void {
    errors.push(problem);
    one.state = "done";
  }

  /** What the server said to the eviction decides how it goes on. */
  function tryPod(one: Leaving): void {
    const { name: pod, namespace } = one.place;
    const quoted = `pods/${JSON.stringify(pod)} -n ${JSON.stringify(namespace)}`;
    if (!options.disableEviction) {
      say(`evicting pod ${pathOf(one.pod)}${suffix}`);
      if (cluster.now() >= deadline) {
        failed(one, `error when evicting ${quoted}: global timeout reached: ${options.timeout}s`);
        return;
      }
    }
    const refusal = request(one);
    if (!refusal) {
      if (options.dryRun === "server") one.state = "done";
      else awaitPod(one);
    } else if (refusal.code === 404) one.state = "done";
    else if (refusal.code === 429) {
      say(`error when evicting ${quoted} (will retry after 5s): ${refusal.message}`);
      one.due = cluster.now() + retry;
    } else failed(one, `error when evicting ${quoted}: ${refusal.message}`);
  }

  function request({ place }: Leaving): Status | undefined {
    const grace = options.gracePeriod < 0 ? {} : { gracePeriodSeconds: options.gracePeriod };
    const wanted = { dryRun: options.dryRun === "server", ...grace };
    const answer = options.disableEviction ? remove(server, place, wanted) : evict(server, place, wanted);
    // The requests come one after the other, and the controllers look in between.
    cluster.rest();
    return answer.ok ? undefined : answer.status;
  }

  function awaitPod(one: Leaving): void {
    const { name: pod, namespace } = one.place;
    const now = get(server, one.place);
    if (!now.ok || now.object.metadata.uid !== one.pod.metadata.uid) evicted(one);
    else if (cluster.now() >= deadline) {
      const why = "context deadline exceeded";
      failed(
        one,
        options.disableEviction
          ? why
          : `error when waiting for pod ${JSON.stringify(pod)} in namespace ${JSON.stringify(namespace)} to terminate: ${why}`,
      );
    } else {
      one.state = "awaited";
      one.due = Math.min(cluster.now() + poll, deadline);
    }
  }

  /** Everything whose time has come, and a plan for the next time. */
  function goOn(): void {
    for (const one of leaving) {
      if (one.state === "done" || one.due > cluster.now()) continue;
      if (one.state === "tried") tryPod(one);
      else awaitPod(one);
    }
    const left = leaving.filter(({ state }) => state !== "done");
    if (left.length > 0) cluster.after(Math.min(...left.map(({ due }) => due)) - cluster.now(), goOn);
    else finish();
    flush();
  }

  function finish(): void {
    const problems = [...new Set(errors)];
    const pending = problems.length > 0 ? podsToDrain(server, name, options).pods : [];
    if (pending.length > 0) {
      say(`There are pending pods in node "${name}" when an error occurred: ${together(problems)}`);
      for (const { metadata } of pending) say(`pod/${metadata.name}`);
    }
    end(problems);
  }

  function begin(): void {
    const cordoned = cordon(server, node, true, options.dryRun);
    if (cordoned.output !== undefined) say(cordoned.output);
    const { pods, refusals, warnings } = podsToDrain(server, name, options);
    if (refusals.length > 0) {
      end(refusals);
      flush();
      return;
    }
    if (warnings.length > 0) say(`Warning: ${warnings.join("; ")}`);
    const row = server.kinds.named("Pod")!;
    const now = cluster.now();
    leaving = pods.map((pod) => {
      const place = placeOf(row, pod.metadata.name, pod.metadata.namespace);
      return { pod, place, state: "tried", due: now };
    });
    if (options.dryRun === "client") {
      for (const pod of pods) say(`evicting pod ${pathOf(pod)}${suffix}`);
      end([]);
      flush();
    } else goOn();
  }

  begin();
}

/** Several errors as one. Models the aggregates of apimachinery/pkg/util/errors. */
function together(errors: readonly string[]): string {
  return errors.length === 1 ? errors[0]! : `[${errors.join(", ")}]`;
}
