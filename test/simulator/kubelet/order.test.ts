/** Pods of all shapes under all kinds of trouble: no container runs before what has to come before it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Container, PodSpec } from "../../../simulator/api/objects.ts";
import { createCluster } from "../../../simulator/cluster/cluster.ts";
import type { ContainerStatus, Pod } from "../../../simulator/cluster/objects.ts";
import { act } from "../../../simulator/kubectl/act.ts";
import { createNodeSide } from "../../../simulator/nodes/node-side.ts";
import { createScheduler } from "../../../simulator/nodes/scheduler/scheduler.ts";
import type { Behaviour, ContainerBehaviour } from "../../../simulator/scenario/behaviour.ts";
import { runs } from "../../runs.ts";
import { timings } from "../simulate/help.ts";

const seconds = (most: number) => fc.integer({ min: 0, max: most }).map((one) => one * 1000);
const code = fc.constantFrom(0, 0, 1, 3);
const does: fc.Arbitrary<ContainerBehaviour> = fc.record(
  {
    attempts: fc.array(fc.record({ runs: seconds(20), exit: code }), { minLength: 1, maxLength: 3 }),
    onTerm: fc.oneof(fc.constant("ignore" as const), fc.record({ exit: code, after: seconds(10) })),
    up: seconds(15).map((from) => [[from]] as const),
    live: seconds(20).map((to) => [[0, to]] as const),
    postStart: fc.record({ takes: seconds(6), exit: code }),
    image: fc.constantFrom({ fails: 404 }, { pull: 3000 }, { onNode: true }),
    startError: fc.constant(true),
  },
  { requiredKeys: [] },
);

const probe = { exec: { command: ["true"] }, periodSeconds: 2, failureThreshold: 2 };
const hook = { postStart: { exec: { command: ["true"] } } };
const extras: fc.Arbitrary<Partial<Container>> = fc.record(
  {
    startupProbe: fc.constant({ ...probe, failureThreshold: 5 }),
    livenessProbe: fc.constant(probe),
    lifecycle: fc.constant(hook),
  },
  { requiredKeys: [] },
);

interface Case {
  readonly spec: PodSpec;
  readonly behaviours: readonly Behaviour[];
  readonly deletedAt: number;
  /** When the kubelet stops for a while; null: never. */
  readonly outage: { readonly at: number; readonly lasts: number } | null;
}

const inits = fc.array(fc.record({ sidecar: fc.boolean(), extra: extras, does }), { maxLength: 3 });
const regulars = fc.array(fc.record({ extra: extras, does }), { minLength: 1, maxLength: 2 });
const outages = fc.option(fc.record({ at: seconds(60), lasts: seconds(20) }));
const shapes = fc.record({
  inits,
  regulars,
  policy: fc.constantFrom("Always", "OnFailure", "Never"),
  deletedAt: seconds(90),
  outage: outages,
});
const cases: fc.Arbitrary<Case> = shapes.map(({ inits: before, regulars: after, policy, deletedAt, outage }) => {
  const behaviours: Behaviour[] = [];
  const container = (name: string, said: ContainerBehaviour): Container => {
    behaviours.push({ on: { container: name }, does: said });
    return { name, image: `${name}:1` };
  };
  // Only containers that stay may have probes and hooks.
  const initContainers = before.map((one, index) => ({
    ...container(`init-${index}`, one.does),
    ...(one.sidecar ? { ...one.extra, restartPolicy: "Always" } : {}),
  }));
  const containers = after.map((one, index) => ({ ...container(`app-${index}`, one.does), ...one.extra }));
  return { spec: { restartPolicy: policy, initContainers, containers }, behaviours, deletedAt, outage };
});

/** Every state in which a pod was. */
function states({ spec, behaviours, deletedAt, outage }: Case): readonly (readonly ContainerStatus[])[] {
  const seen: (readonly ContainerStatus[])[] = [];
  const nodeSide = createNodeSide({ timings, faults: [], behaviours });
  const cluster = createCluster({
    seed: 1,
    start: Date.UTC(2026, 0, 5, 10),
    controllers: [createScheduler({ delay: 0 }), nodeSide.kubelet.factory],
    onChange({ object }) {
      if (object.kind === "Pod") seen.push(object.containers);
    },
  });
  act(cluster, { do: "addNode", node: { name: "n1" } });
  const { problem } = act(cluster, {
    do: "apply",
    object: { apiVersion: "v1", kind: "Pod", metadata: { name: "web" }, spec: spec as never },
  });
  assert.equal(problem, undefined);
  if (outage) {
    cluster.advance(outage.at);
    nodeSide.lose(cluster, "n1");
    cluster.advance(outage.at + outage.lasts);
    nodeSide.startKubelet(cluster, "n1");
  }
  cluster.advance(Math.max(deletedAt, cluster.now()));
  if (cluster.store.get("Pod", "default", "web")) act(cluster, { do: "deletePod", pod: "web" });
  cluster.advance(cluster.now() + 120_000);
  assert.equal(
    cluster.store.get("Pod", "default", "web") as Pod | undefined,
    undefined,
    "a deleted pod goes in the end",
  );
  return seen;
}

const hasRun = (one: ContainerStatus) => one.state !== "waiting" || one.last !== undefined;

test("an init container runs after those before it are through, and a container after all of them", () => {
  fc.assert(
    fc.property(cases, (one) => {
      /** Containers that are through: ended with 0, or a sidecar that has started. */
      const through = new Set<string>();
      for (const containers of states(one)) {
        for (const [index, status] of containers.entries()) {
          const isThrough =
            status.role === "sidecar"
              ? status.started === true
              : status.role === "init" && status.state === "terminated" && status.exitCode === 0;
          if (isThrough) through.add(status.name);
          // What was never found is only known to be lost.
          if (!hasRun(status) || status.reason === "ContainerStatusUnknown" || status.reason === "") continue;
          for (const before of containers.slice(0, index)) {
            if (before.role === "regular") continue;
            assert.ok(through.has(before.name), `${status.name} has run before ${before.name} was through`);
          }
        }
      }
    }),
    { numRuns: runs(150) },
  );
});

test("RESTARTS never goes back, and a container that is ready runs", () => {
  fc.assert(
    fc.property(cases, (one) => {
      const counts = new Map<string, number>();
      for (const containers of states(one)) {
        for (const { name, restartCount, ready, state, role } of containers) {
          assert.ok(restartCount >= (counts.get(name) ?? 0), `${name} has lost restarts`);
          counts.set(name, restartCount);
          if (ready && role !== "init") assert.equal(state, "running", name);
        }
      }
    }),
    { numRuns: runs(100) },
  );
});
