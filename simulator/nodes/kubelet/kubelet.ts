/**
 * The kubelets of all nodes. A pod with nothing special to it takes the short way (`simple.ts`); any other is played by a machine
 * that does what a real kubelet does, step by step (`worker.ts`, `sync.ts`). Models pkg/kubelet/kubelet.go.
 */
import type { Controller, ControllerContext, ControllerFactory } from "../../cluster/controller.ts";
import { controllerOf, isPodTerminal, type Pod } from "../../cluster/objects.ts";
import type { Behaviour } from "../../scenario/behaviour.ts";
import { type Duration, sampleDuration } from "../../scenario/durations.ts";
import type { Fault, Scenario } from "../../scenario/scenario.ts";
import { createBehaviours, podIndex } from "./behaviours.ts";
import { createConfiguration, refersTo } from "./configuration.ts";
import type { Scope } from "./flow.ts";
import { createImageStore } from "./images.ts";
import { type Environment, type Machine, newMemory, tell } from "./machine.ts";
import { replan } from "./prober.ts";
import { createRuntime, type PodRuntime, type RuntimeContainer } from "./runtime.ts";
import { createSimplePods, isSimpleSpec } from "./simple.ts";
import { interrupt } from "./sync.ts";
import { poke, runtimeChanged } from "./worker.ts";

type KubeletOptions = Pick<Scenario, "timings" | "faults" | "behaviours" | "elsewhere">;

/** The kubelets of all nodes, and what happens to their nodes from outside. */
export interface Kubelet {
  readonly factory: ControllerFactory;
  /** A fault that strikes from now on; containers that have started already keep going. */
  addFault(fault: Fault): void;
  addBehaviour(behaviour: Behaviour): void;
  /** The node stops answering: its kubelet does nothing and says nothing any more; containers go on. */
  loseNode(name: string): void;
  /** The node answers again and catches up; `forgetful` if its kubelet has begun anew. */
  returnNode(name: string, forgetful: boolean): void;
}

/** One kubelet for all nodes; what goes wrong on them is told beforehand or as the run goes on. */
export function createKubelet(options: KubeletOptions): Kubelet {
  const { timings } = options;
  const lost = new Set<string>();
  const frozen = new Map<string, (() => void)[]>();
  let outside: Omit<Kubelet, "factory"> = {
    addFault: () => {},
    addBehaviour: () => {},
    loseNode: () => {},
    returnNode: () => {},
  };

  function create(context: ControllerContext): Controller {
    const { store, now, random, event } = context;
    const sample = (duration: Duration) => sampleDuration(duration, random);
    const behaviours = createBehaviours({
      store,
      timings,
      faults: options.faults,
      behaviours: options.behaviours ?? [],
      sample,
    });
    const configuration = createConfiguration(store, options.elsewhere ?? "there");
    const attempts = new Map<string, Map<number | undefined, number>>();
    /** Pods that the full machine plays. */
    const machines = new Map<Pod, Machine>();
    /** The kubelet of each node, as long as it runs. */
    const scopes = new Map<string, Scope>();
    let writing = false;
    const after = (delay: number, action: () => void) => context.after(delay, action);

    const env: Environment = {
      store,
      now,
      after,
      event,
      sample,
      timings,
      behaviours,
      configuration,
      images: createImageStore(),
      attemptOf,
      waitingForRoom: new Set(),
      roomMade,
      write(pod, patch) {
        writing = true;
        store.update<"Pod">(pod, patch);
        writing = false;
      },
    };
    const simple = createSimplePods({
      env,
      plan: context.after,
      isSilent: (node) => lost.has(node),
      freeze: (node, resume) => frozen.set(node, [...(frozen.get(node) ?? []), resume]),
      handOver: (pod) => adopt(pod, "ready"),
    });

    function scopeOf(node: string): Scope {
      let scope = scopes.get(node);
      if (!scope) {
        const fresh: Scope = {
          over: false,
          after: (delay, action) =>
            after(delay, () => {
              if (!fresh.over) action();
            }),
        };
        scope = fresh;
        scopes.set(node, scope);
      }
      return scope;
    }

    function attemptOf(pod: Pod): number {
      const owner = controllerOf(pod);
      if (owner?.kind !== "Job") return 1;
      let ofJob = attempts.get(owner.uid);
      if (!ofJob) {
        ofJob = new Map();
        attempts.set(owner.uid, ofJob);
      }
      const index = podIndex(pod);
      const attempt = (ofJob.get(index) ?? 0) + 1;
      ofJob.set(index, attempt);
      return attempt;
    }

    /** The machine goes on with a pod from where it is; `sandbox` if the containers of one that is new are about to start. */
    function adopt(pod: Pod, sandbox: PodRuntime["sandbox"]): Machine {
      const begin = runtimeOf(pod, sandbox);
      const scope = scopeOf(pod.node);
      const starts = new Map(begin.containers.map((one) => [one.spec.name, one.restartCount + 1]));
      const runtime = createRuntime({ now, after, sample, begin, onChange: () => noticed(machine) });
      const machine: Machine = {
        env,
        pod,
        runtime,
        attempt: attemptOf(pod),
        starts,
        told: new Map(),
        memory: newMemory(scope, begin),
        wake: () => poke(machine),
        startTime: now(),
      };
      machine.memory.mounted = begin.sandbox === "ready";
      remember(machine);
      machines.set(pod, machine);
      if (lost.has(pod.node)) return machine;
      context.enqueue(pod.uid);
      const deadline = pod.spec.activeDeadlineSeconds;
      if (deadline !== undefined) after(deadline * 1000, machine.wake);
      return machine;
    }

    function noticed(machine: Machine): void {
      runtimeChanged(machine);
      replan(machine);
    }

    /** What containers were when a kubelet meets them counts until probes say something else. */
    function remember({ pod, memory }: Machine): void {
      for (const { id, state, started, ready } of pod.containers) {
        if (id === undefined || state !== "running") continue;
        if (started !== undefined) memory.results.startup.set(id, started);
        memory.results.readiness.set(id, ready);
      }
    }

    function begin(pod: Pod): void {
      const isPlain = isSimpleSpec(pod.spec) && !refersTo(configuration, pod) && !behaviours.concerns(pod);
      if (isPlain) simple.begin(pod);
      else adopt(pod, "none");
    }

    function deleted(pod: Pod): void {
      const machine = machines.get(pod);
      if (!machine) {
        simple.terminate(pod);
        return;
      }
      if (lost.has(pod.node)) return;
      interrupt(machine);
      context.enqueue(pod.uid);
    }

    /** The object is gone: what still runs is stopped behind its back. */
    function gone(pod: Pod): void {
      simple.drop(pod);
      const machine = machines.get(pod);
      if (!machine) return;
      machines.delete(pod);
      machine.memory.stage = "done";
      env.waitingForRoom.delete(machine);
      if (machine.memory.stopped) return;
      for (const one of machine.runtime.look().containers) {
        if (one.state !== "running") continue;
        const { name } = one.spec;
        tell(machine, "Normal", "Killing", `Stopping container ${name}`, name);
        machine.runtime.stop(one.id, 2000);
      }
    }

    /** Pods that wait for room on the node may have it now. */
    function roomMade(node: string): void {
      for (const machine of env.waitingForRoom) if (machine.pod.node === node) machine.wake();
    }

    outside = {
      addFault: behaviours.addFault,
      addBehaviour: behaviours.add,
      loseNode(name) {
        lost.add(name);
        const scope = scopes.get(name);
        if (scope) scope.over = true;
        scopes.delete(name);
      },
      returnNode(name, forgetful) {
        if (!lost.delete(name)) return;
        const waiting = frozen.get(name) ?? [];
        frozen.delete(name);
        if (waiting.length > 0)
          after(0, () => {
            for (const resume of waiting) resume();
          });
        for (const [pod, machine] of machines) {
          if (pod.node !== name || machine.memory.stage === "done") continue;
          const { crashes, pulls, mounted, status, resize, allocated } = machine.memory;
          machine.memory = newMemory(scopeOf(name), machine.runtime.look());
          machine.memory.mounted = mounted;
          machine.memory.resize = resize;
          machine.memory.allocated = allocated;
          if (!forgetful) {
            machine.memory.status = status;
            for (const [key, entry] of crashes) machine.memory.crashes.set(key, entry);
            for (const [key, entry] of pulls) machine.memory.pulls.set(key, entry);
          }
          remember(machine);
          context.enqueue(pod.uid);
        }
      },
    };

    return {
      kinds: ["Pod", "Node"],
      podFields: ["node", "deleted", "spec", "conditions"],
      observe(change) {
        const { object } = change;
        if (object.kind === "Node") {
          if (change.type === "deleted") outside.loseNode(object.name);
          else if (change.type === "added") outside.returnNode(object.name, true);
          return;
        }
        if (object.kind !== "Pod") return;
        if (change.type === "deleted") {
          gone(object);
          roomMade(object.node);
          return;
        }
        if (object.node === "") return;
        const previous = change.type === "modified" ? (change.previous as Partial<Pod>) : undefined;
        if (isPodTerminal(object)) return;
        if (object.deleted !== null) {
          if (!previous || "deleted" in previous) deleted(object);
        } else if (!previous || "node" in previous) begin(object);
        else if (!writing) changed(object, previous);
      },
      sync(uid) {
        const pod = store.byUid(uid);
        const machine = pod?.kind === "Pod" ? machines.get(pod) : undefined;
        if (machine && !lost.has(machine.pod.node)) poke(machine);
      },
    };

    /** Somebody else changed the pod: its spec, or a condition. */
    function changed(pod: Pod, previous: Partial<Pod>): void {
      if (!("spec" in previous) && !("conditions" in previous)) return;
      if (!machines.has(pod)) {
        if (!("spec" in previous) || !simple.has(pod)) return;
        simple.drop(pod);
        adopt(pod, "none");
      } else if (!lost.has(pod.node)) context.enqueue(pod.uid);
    }
  }

  return {
    factory: { name: "kubelet", create },
    addFault: (fault) => outside.addFault(fault),
    addBehaviour: (behaviour) => outside.addBehaviour(behaviour),
    loseNode: (name) => outside.loseNode(name),
    returnNode: (name, forgetful) => outside.returnNode(name, forgetful),
  };
}

/** The containers of a pod that another part of the kubelet has started, as the runtime has them. */
function runtimeOf(pod: Pod, sandbox: PodRuntime["sandbox"]): PodRuntime {
  const specs = [...(pod.spec.initContainers ?? []), ...pod.spec.containers];
  const containers = pod.containers.flatMap((one, index): RuntimeContainer[] => {
    if (one.state === "waiting") return [];
    const { restartCount, startedAt, finishedAt, exitCode, reason, message = "" } = one;
    const state = one.state === "running" ? ("running" as const) : ("exited" as const);
    const made = { restartCount, startedAt, finishedAt, exitCode: exitCode ?? 0, reason, message };
    return [{ id: index + 1, spec: specs[index]!, state, ...made }];
  });
  return { sandbox: containers.length > 0 ? "ready" : sandbox, containers: containers.reverse() };
}
