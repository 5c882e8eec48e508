/** Plays a recorded case on a simulated node and writes down what the API shows of its pods. */
import type { ManifestObject } from "../../../simulator/api/objects.ts";
import { type Cluster, createCluster } from "../../../simulator/cluster/cluster.ts";
import type { LiveObject, Pod } from "../../../simulator/cluster/objects.ts";
import { controlPlane } from "../../../simulator/controllers/registry.ts";
import { act, type ClusterAction } from "../../../simulator/kubectl/act.ts";
import { createNodeSide } from "../../../simulator/nodes/node-side.ts";
import { createScheduler } from "../../../simulator/nodes/scheduler/scheduler.ts";
import { volumeBinder } from "../../../simulator/nodes/volumes/binder.ts";
import type { Timings } from "../../../simulator/scenario/scenario.ts";
import { behavioursOf, type Case, objectsOf } from "./case.ts";
import type { Played, PlayedEvent, Row } from "./compare.ts";
import { createNames } from "./names.ts";
import { rowOf } from "./rows.ts";

/** How long things took on the recorded node, in milliseconds. */
const timings: Timings = {
  schedule: 50,
  sandbox: 600,
  pull: 0,
  start: 200,
  init: 0,
  warmUp: 0,
  shutdown: 0,
  work: 0,
};
const start = Date.UTC(2026, 0, 5, 10);
const seconds = (milliseconds: number): number => Math.round(milliseconds / 10) / 100;

const resources = { ConfigMap: "configmaps", Secret: "secrets" } as const;

type Fields = Readonly<Record<string, unknown>>;

export function play(recorded: Case): Played {
  const names = createNames();
  const pods = new Map<Pod, { created: number; rows: Row[]; gone?: number }>();
  const events: PlayedEvent[] = [];
  const nodeSide = createNodeSide({
    timings,
    faults: [],
    behaviours: behavioursOf(recorded),
    elsewhere: "missing",
  });
  const cluster: Cluster = createCluster({
    seed: 1,
    start,
    controllers: [
      ...controlPlane(),
      volumeBinder,
      createScheduler({ delay: timings.schedule, elsewhere: "missing" }),
      nodeSide.kubelet.factory,
    ],
    onChange({ type, object }) {
      if (type === "added") names.introduce(object);
      if (object.kind === "Pod") watch(type, object);
    },
    onEvent({ object, level, reason, container }) {
      const name = `${object.kind}/${names.of(object)}`;
      const event = { t: seconds(cluster.now()), object: name, type: level, reason };
      events.push(container === undefined ? event : { ...event, container });
    },
  });

  function watch(type: "added" | "modified" | "deleted", pod: Pod): void {
    const now = seconds(cluster.now());
    let known = pods.get(pod);
    if (!known) {
      known = { created: now, rows: [] };
      pods.set(pod, known);
    }
    if (type === "deleted") known.gone = now;
    // A pod of which nothing is known yet was not written down.
    if (pod.node === "" && pod.conditions.length === 0) return;
    const row = rowOf(pod, now, type === "deleted" ? 0 : pod.grace);
    const before = known.rows.at(-1);
    if (before && JSON.stringify({ ...before, t: 0 }) === JSON.stringify({ ...row, t: 0 })) return;
    known.rows.push(row);
  }

  function run(action: ClusterAction): void {
    const { problem } = act(cluster, action);
    if (problem) throw new Error(`${problem.code} ${JSON.stringify(problem.params)}`);
    cluster.rest();
  }

  function create(object: ManifestObject): void {
    const { kind, metadata } = object;
    if (kind === "ConfigMap" || kind === "Secret") {
      const { apiVersion: _, kind: __, metadata: ___, ...content } = object;
      const rest = { namespace: "default", labels: {}, annotations: {}, owners: [], finalizers: [] };
      const name = metadata.name ?? "";
      cluster.store.create<"Stored">({
        kind: "Stored",
        name,
        ...rest,
        resource: resources[kind],
        content: content as never,
      });
    } else run({ do: "apply", object });
  }

  function doStep(step: Fields): void {
    if (typeof step["create"] === "string") for (const object of objectsOf(step["create"])) create(object);
    if (step["kubelet"] === "stop") nodeSide.lose(cluster, "node-1");
    if (step["kubelet"] === "start") nodeSide.startKubelet(cluster, "node-1");
    for (const name of ["delete", "patch", "condition", "removeCondition", "evict"]) {
      const given = step[name] as Fields | undefined;
      if (given) objectStep(name, given);
    }
    cluster.rest();
  }

  function objectStep(name: string, given: Fields): void {
    const kind = (given["kind"] as string | undefined) ?? "Pod";
    if (kind === "ConfigMap" || kind === "Secret") {
      const stored = cluster.store.getStored(resources[kind], "default", given["name"] as string);
      if (stored) cluster.store.remove(stored);
      return;
    }
    const object: LiveObject | undefined = kind === "Pod" ? names.pod(given["name"] as string) : undefined;
    const target = { kind, name: object?.name ?? (given["name"] as string) };
    const pod = target.name;
    const grace = given["grace"] === undefined ? {} : { grace: given["grace"] as number };
    if (name === "delete") run({ do: "delete", ...target, ...grace });
    else if (name === "patch") patch(target, given);
    else if (name === "evict") run({ do: "evict", pod, ...grace });
    else if (name === "condition") run({ do: "setCondition", pod, ...(given as { type: string; status: "True" }) });
    else run({ do: "setCondition", pod, type: given["type"] as string, status: null });
  }

  /** What is refused changes nothing; the recorded answer is not compared. */
  function patch(target: { readonly kind: string; readonly name: string }, given: Fields): void {
    const resize = given["subresource"] === "resize" ? { subresource: "resize" as const } : {};
    act(cluster, { do: "patch", ...target, ...resize, patch: given["patch"] as Fields });
    cluster.rest();
  }

  const allocatable = { cpu: "2", memory: "8Gi", pods: "110" };
  run({ do: "addNode", node: { name: "node-1", allocatable } });
  for (let index = 0; index < (recorded.otherNodes ?? 0); index++) {
    const taints = [{ key: "other", effect: "NoSchedule" }];
    run({ do: "addNode", node: { name: `node-${index + 2}`, allocatable, taints } });
  }
  for (const object of objectsOf(recorded.manifests)) create(object);
  for (const step of recorded.steps ?? []) {
    cluster.advance(step.at * 1000);
    doStep(step);
  }
  cluster.advance(recorded.until * 1000);
  return {
    pods: Object.fromEntries([...pods].map(([pod, known]) => [names.of(pod), known])),
    events,
  };
}
