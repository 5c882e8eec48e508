/** Plays a recorded scenario in lockstep: between two steps only the control plane moves. */
import { parseAllDocuments } from "yaml";
import { kinds } from "../../../simulator/api/kinds.ts";
import { recordedTarget } from "../../../simulator/api/target.ts";
import { evict } from "../../../simulator/apiserver/eviction.ts";
import { apply } from "../../../simulator/apiserver/patch.ts";
import { createApiServer } from "../../../simulator/apiserver/server.ts";
import type { Status } from "../../../simulator/apiserver/status.ts";
import { type Cluster, createCluster } from "../../../simulator/cluster/cluster.ts";
import type { Load } from "../../../simulator/cluster/metrics.ts";
import type { LiveObject, Pod } from "../../../simulator/cluster/objects.ts";
import { controlPlane } from "../../../simulator/controllers/registry.ts";
import { act, type ClusterAction } from "../../../simulator/kubectl/act.ts";
import { startDrain } from "../../../simulator/kubectl/drain.ts";
import { drainOptions } from "../../../simulator/kubectl/drain-options.ts";
import { findTarget, isResult } from "../../../simulator/kubectl/resources.ts";
import { createScheduler } from "../../../simulator/nodes/scheduler/scheduler.ts";
import { canAct, doAct, type PodAct } from "../../../simulator/scenario/manual.ts";
import { drainText } from "./drain-text.ts";
import { createEventLog } from "./events.ts";
import { addNode } from "./nodes.ts";
import { nodesOf, type RecordedStep, type Recording, type Selection, type TraceEntry } from "./scenario.ts";
import { createSchedulerLog } from "./scheduler-events.ts";
import { createChooser, isTogether, limitOf } from "./select.ts";
import { takeSnapshot } from "./snapshot.ts";
import { immediateBinder } from "./stand-ins.ts";
import { createSymbols, namespace } from "./symbols.ts";

type Fields = Readonly<Record<string, unknown>>;

/** How long nothing had to change before the recorder took the controllers to be at rest, unless a scenario says otherwise. */
const usualQuiet = 600;
/** How often autoscalers looked, in milliseconds. */
const autoscalerPeriod = 5_000;
const fullMinute = Date.UTC(2026, 0, 5, 10, 0, 0);

const podActs: Readonly<Record<string, PodAct["act"]>> = {
  deletePod: "delete",
  running: "running",
  ready: "ready",
  unready: "unready",
  exit: "exit",
  disrupt: "disrupt",
  fail: "fail",
  finished: "finished",
  patchPod: "patch",
};

/** The entries that the simulator gives for the scenario, with the recorded clock. */
export function play(recording: Recording, clocks: readonly (readonly [number, number])[]): readonly TraceEntry[] {
  const symbols = createSymbols();
  const log = createEventLog(symbols);
  const schedulerLog = createSchedulerLog(symbols);
  let lastChange = 0;
  const cluster: Cluster = createCluster({
    seed: 1,
    start: fullMinute + (recording.startSecond ?? 0) * 1000,
    target: recording.kubernetes ?? recordedTarget,
    controllers: [immediateBinder, createScheduler({ delay: 0 }), ...controlPlane(autoscalerPeriod)],
    servesMetrics: recording.nodes === undefined,
    onChange({ type, object }) {
      if (type === "added") symbols.introduce(object);
      lastChange = cluster.now();
    },
    onEvent(event) {
      log.record(event, cluster.now());
      schedulerLog.record(event);
    },
  });
  const server = createApiServer(cluster);
  const { store } = cluster;
  const chooser = createChooser(store, symbols);
  const quiet = recording.quiet ?? usualQuiet;
  let end = 0;

  /** Lets the controllers come to rest: nothing changes for the quiet time, which the end of the step may cut short. */
  function settle(): void {
    cluster.rest();
    lastChange = cluster.now();
    while (cluster.step(Math.min(lastChange + quiet, end))) {}
    cluster.advance(Math.min(lastChange + quiet, end));
    if (recording.finish === "auto") finishAll();
  }

  function finishAll(): void {
    const terminating = [...store.all("Pod")].filter((pod) => canAct(pod, "finished"));
    if (terminating.length === 0) return;
    for (const pod of terminating) doAct(cluster, pod, { act: "finished" });
    settle();
  }

  function actOnPods(selection: Selection, pods: PodAct): void {
    const able = () => chooser.matching(selection).filter((pod) => canAct(pod, pods.act));
    if (selection === "rest") {
      for (let next = able()[0]; next; next = able()[0]) {
        doAct(cluster, next, pods);
        settle();
      }
      return;
    }
    const chosen: readonly Pod[] = able().slice(0, limitOf(selection));
    for (const pod of chosen) {
      if (store.byUid(pod.uid) !== (pod as LiveObject) || !canAct(pod, pods.act)) continue;
      doAct(cluster, pod, pods);
      // Together is in one instant, but still one request after the other, between which the controllers look.
      if (isTogether(selection)) cluster.rest();
      else settle();
    }
    settle();
  }

  /** The answers, sorted as the recorder did. */
  function evictPods(selection: Selection): readonly object[] {
    const fields = (typeof selection === "object" ? selection : {}) as Fields;
    const going = fields["terminating"] === true;
    const able = chooser.matching(selection).filter(({ deleted }) => (deleted !== null) === going);
    const grace = fields["grace"] as number | undefined;
    const options = {
      dryRun: fields["dryRun"] === true,
      ...(grace === undefined ? {} : { gracePeriodSeconds: grace }),
    };
    const answers = able.slice(0, limitOf(selection)).map((pod) => {
      const name = symbols.inText(pod.name);
      const answer = evict(server, { row: kinds.named("Pod")!, namespace, name: pod.name }, options);
      // Those that go together are still requests one after the other, between which controllers look.
      if (isTogether(selection)) cluster.rest();
      else settle();
      return evictionAnswer(name, answer.ok ? answer.object : answer.status);
    });
    settle();
    return answers.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }

  function loadOf(fields: Fields): Load {
    if ("object" in fields || "external" in fields) return fields as unknown as Load;
    const { cpu, memory, containers, none, pods, ...selection } = fields as Readonly<Record<string, never>>;
    const usage = cpu !== undefined || memory !== undefined;
    return {
      selects: (pod) => chooser.passes(pod, selection),
      ...(usage ? { usage: { cpu: cpu!, memory: memory! } } : {}),
      ...(containers ? { containers } : {}),
      ...(none ? { none } : {}),
      ...(pods ? { pods } : {}),
    };
  }

  /** What kubectl prints while it drains a node; unless `idle`, pods go and come as soon as the controllers are at rest. */
  function drainNode({ node, args = [], idle }: DrainStep): string {
    const lines: string[] = [];
    const found = findTarget(server, { kind: "Node", name: node });
    if (isResult(found)) throw new Error(`no node ${node}`);
    const newest = Math.max(0, ...[...store.all("Pod")].map(({ sequence }) => sequence));
    startDrain(server, found, drainOptions(args), (more) => lines.push(...more));
    while (cluster.now() < end) {
      settle();
      if (idle === true) continue;
      const pods = [...store.all("Pod")];
      const going = pods.filter((pod) => canAct(pod, "finished"));
      const coming = pods.filter((pod) => pod.sequence > newest && canAct(pod, "ready"));
      for (const pod of going) doAct(cluster, pod, { act: "finished" });
      if (going.length === 0) for (const pod of coming) doAct(cluster, pod, { act: "ready" });
    }
    return drainText(lines.map(symbols.inText));
  }

  function run(action: ClusterAction): string | undefined {
    const { output, problem } = act(cluster, action);
    if (problem && output === undefined) throw new Error(`${problem.code} ${JSON.stringify(problem.params)}`);
    settle();
    return output;
  }

  /** Applies an object on the server; gives its refusal. */
  function applyObject(given: unknown): string | undefined {
    const object = given as { apiVersion: string; kind: string; metadata: { name: string } } | null;
    const row = object ? kinds.serving(object.apiVersion, object.kind) : undefined;
    if (!object || !row) return undefined;
    const { name } = object.metadata;
    const place = { row, namespace: row.namespaced ? namespace : "", name };
    const placed = row.namespaced ? { ...object, metadata: { ...object.metadata, namespace } } : object;
    const answer = apply(server, place, placed, { fieldManager: "recorder", force: true });
    settle();
    return answer.ok ? undefined : answer.status.message;
  }

  function doStep(step: RecordedStep): unknown {
    const [name, value] = Object.entries(step)[0]!;
    const fields = value as Fields;
    const pods = podActs[name];
    if (pods !== undefined) {
      actOnPods(value as Selection, podAct(pods, value));
      return undefined;
    }
    switch (name) {
      case "apply": {
        const outputs = parseAllDocuments(value as string).map((document) => applyObject(document.toJS()));
        return step["fails"] === true ? outputs[0] : undefined;
      }
      case "evict":
        return evictPods(value as Selection);
      case "load":
        cluster.metrics.add(loadOf(fields));
        settle();
        return undefined;
      case "drain":
        return drainNode(value as DrainStep);
      case "kubectl": {
        const [verb, node = ""] = value as readonly string[];
        return run({ do: verb === "cordon" ? "cordon" : "uncordon", name: node });
      }
      case "delete":
        run({ do: "delete", namespace, ...fields } as never);
        return undefined;
      case "undo":
      case "restart":
        return run({ do: name, namespace, ...fields } as never);
      case "pause":
      case "resume":
        run({ do: name, namespace, kind: "Deployment", ...fields } as never);
        return undefined;
      case "node":
        if ("add" in fields) for (const node of nodesOf(fields["add"] as never)) addNode(cluster, node);
        else for (const action of nodeActions(fields)) run(action);
        settle();
        return undefined;
      case "wait":
      case "untilSecond":
        settle();
        return undefined;
      default:
        run({ do: name, namespace, ...fields } as never);
        return undefined;
    }
  }

  for (const node of nodesOf(recording.nodes)) addNode(cluster, node);
  cluster.rest();
  return recording.steps.map((step, index) => {
    const clock = clocks[index] ?? [end / 1000, end / 1000];
    cluster.advance(clock[0] * 1000);
    end = clock[1] * 1000;
    const output = doStep(step);
    cluster.advance(end);
    if (recording.finish === "auto") finishAll();
    return {
      clock,
      snapshot: takeSnapshot(cluster, symbols, recording),
      events: log.take(),
      ...(recording.schedulerEvents === true ? { schedulerEvents: schedulerLog.take(cluster) } : {}),
      ...(output === undefined ? {} : { output }),
    };
  });
}

interface DrainStep {
  readonly node: string;
  readonly args?: readonly string[];
  readonly idle?: boolean;
}

function evictionAnswer(pod: string, { code, status, reason, message, details }: Status): object {
  const causes = details?.causes?.map((one) => [one.reason, one.message]);
  return {
    pod,
    code,
    status,
    ...(reason ? { reason } : {}),
    ...(message ? { message } : {}),
    ...(causes ? { causes } : {}),
  };
}

function podAct(name: PodAct["act"], value: unknown): PodAct {
  const fields = (typeof value === "object" && value !== null ? value : {}) as Fields;
  if (name === "patch") {
    const { metadata = {}, spec } = fields["patch"] as { metadata?: object; spec?: object };
    return { act: "patch", ...metadata, ...(spec ? { spec } : {}) };
  }
  return { ...fields, act: name } as PodAct;
}

function nodeActions(fields: Fields): readonly ClusterAction[] {
  const [name, value] = Object.entries(fields)[0]!;
  switch (name) {
    case "remove":
      return [{ do: "removeNode", name: value as string }];
    case "label":
      return [{ do: "labelNode", ...(value as object) } as ClusterAction];
    case "cordon":
    case "uncordon":
      return [{ do: name, name: value as string }];
    default:
      return [{ do: name, ...(value as object) } as ClusterAction];
  }
}
