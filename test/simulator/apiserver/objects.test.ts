/** Live objects as API objects, and back. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { kinds } from "../../../simulator/api/kinds.ts";
import { create } from "../../../simulator/apiserver/create.ts";
import { changesOf } from "../../../simulator/apiserver/in/object.ts";
import { objectOut } from "../../../simulator/apiserver/out/object.ts";
import { get, list } from "../../../simulator/apiserver/read.ts";
import type { ApiServer } from "../../../simulator/apiserver/types.ts";
import { write } from "../../../simulator/apiserver/update.ts";
import type { Kind, LiveObject } from "../../../simulator/cluster/objects.ts";
import type { Fault } from "../../../simulator/scenario/scenario.ts";
import { runs } from "../../runs.ts";
import { at, given, newCluster, newServer, objects, wait, workloads } from "./help.ts";

function filled(server: ApiServer, text = workloads): ApiServer {
  for (const object of objects(text)) {
    given(create(server, at(`${object.kind}/`), object));
    server.cluster.rest();
  }
  return server;
}

const liveKinds = ["Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job", "CronJob", "Pod"] as const;
const otherKinds = ["ControllerRevision", "PersistentVolumeClaim", "Service", "Node"] as const;

function everything({ store }: ApiServer): readonly LiveObject[] {
  const stored = kinds.rows.flatMap((row) => [
    ...store.allStored(row.plural),
    ...store.allStored(`${row.plural}.${row.group}`),
  ]);
  return [...[...liveKinds, ...otherKinds].flatMap((kind: Kind) => [...store.all(kind)]), ...new Set(stored)];
}

test("a pod is given as the server gives it", () => {
  const server = filled(newServer());
  wait(server, 30);
  const [pod] = given(list(server, at("pods"), { labelSelector: "app=web" })).items;
  const { metadata, spec, status } = pod as unknown as Record<string, Record<string, unknown>>;
  assert.deepEqual(Object.keys(metadata!).sort(), [
    "creationTimestamp",
    "generateName",
    "generation",
    "labels",
    "name",
    "namespace",
    "ownerReferences",
    "resourceVersion",
    "uid",
  ]);
  assert.match(String(metadata!["uid"]), /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
  assert.equal(spec!["serviceAccountName"], "default");
  assert.equal(spec!["enableServiceLinks"], true);
  assert.match(String(spec!["nodeName"]), /^worker-/);
  assert.deepEqual(
    (spec!["tolerations"] as { key: string }[]).map((one) => one.key),
    ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"],
  );
  assert.deepEqual(
    (status!["conditions"] as { type: string; status: string }[]).map((one) => `${one.type}=${one.status}`),
    ["PodReadyToStartContainers=True", "Initialized=True", "Ready=True", "ContainersReady=True", "PodScheduled=True"],
  );
  assert.equal(status!["qosClass"], "Burstable");
  assert.match(String(status!["podIP"]), /^10\.244\./);
  assert.deepEqual(
    (status!["containerStatuses"] as { name: string; ready: boolean; state: object }[]).map((one) => [
      one.name,
      one.ready,
      Object.keys(one.state),
    ]),
    [["nginx", true, ["running"]]],
  );
});

test("a Job shows the UUID that it has in its selector and on its pods", () => {
  const server = filled(newServer());
  const job = given(get(server, at("job/once"))) as never as {
    metadata: { uid: string };
    spec: { selector: { matchLabels: Record<string, string> } };
  };
  const uid = job.metadata.uid;
  assert.equal(job.spec.selector.matchLabels["batch.kubernetes.io/controller-uid"], uid);
  const pods = given(list(server, at("pods"), { labelSelector: `batch.kubernetes.io/controller-uid=${uid}` })).items;
  assert.equal(pods.length, 2);
});

test("what nothing simulates is kept as it was given", () => {
  const server = filled(newServer());
  assert.deepEqual(given(get(server, at("cm/settings")))["data"], { colour: "blue" });
  assert.deepEqual(given(get(server, at("ing/web")))["spec"], { rules: [{ host: "example.com" }] });
  assert.equal(given(get(server, at("pod/alone"))).metadata.finalizers?.[0], "example.com/hold");
});

test("a ConfigMap more is no other run", () => {
  const bare = filled(newServer(), workloads.split("---").slice(0, 5).join("---"));
  const more = newServer();
  filled(more, "{apiVersion: v1, kind: ConfigMap, metadata: {name: first}, data: {a: b}}");
  filled(more, workloads.split("---").slice(0, 5).join("---"));
  for (const server of [bare, more]) wait(server, 100);
  const names = (server: ApiServer) => [...server.store.all("Pod")].map((pod) => `${pod.name} ${pod.uid}`);
  assert.deepEqual(names(more), names(bare));
});

const fault: fc.Arbitrary<Fault> = fc.record({
  on: fc.record({ kind: fc.constantFrom("Deployment", "StatefulSet", "DaemonSet", "Job") }),
  fault: fc.constantFrom<Fault["fault"]>(
    { type: "crash", after: 3000 },
    { type: "neverReady" },
    { type: "imagePull" },
    { type: "exit", code: 1 },
  ),
});

test("writing back what was read changes nothing, whatever the run and the moment", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 99 }),
      fc.array(fault, { maxLength: 2 }),
      fc.nat(200),
      (seed, faults, seconds) => {
        const server = filled(newServer(newCluster(seed, faults)));
        wait(server, seconds);
        const version = server.store.version();
        for (const live of everything(server)) {
          const object = objectOut(live, server);
          assert.deepEqual(changesOf(live, object, JSON.parse(JSON.stringify(object)), server.start), {});
          const place = at(`${object.kind}/${live.name}`);
          const answer = write(server, place, live, JSON.parse(JSON.stringify(object)));
          assert.ok(answer.ok, answer.ok ? "" : `${object.kind} ${answer.status.message}`);
          assert.equal(
            answer.object.metadata.resourceVersion,
            object.metadata.resourceVersion,
            `${object.kind} changed`,
          );
        }
        assert.equal(server.store.version(), version);
      },
    ),
    { numRuns: runs(15) },
  );
});

test("out and in again gives the same API object, for every object of a run", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 99 }),
      fc.array(fault, { maxLength: 2 }),
      fc.nat(200),
      (seed, faults, seconds) => {
        const server = filled(newServer(newCluster(seed, faults)));
        wait(server, seconds);
        for (const live of everything(server)) {
          const object = objectOut(live, server);
          // As if another object had been there before: everything differs and is read again.
          const other = {
            ...object,
            spec: { none: true },
            status: { none: true },
            data: null,
            metadata: { name: live.name },
          };
          const again = { ...live, ...changesOf(live, other as never, object, server.start) } as LiveObject;
          assert.deepEqual(objectOut(again, server), object);
        }
      },
    ),
    { numRuns: runs(15) },
  );
});
