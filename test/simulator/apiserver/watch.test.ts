/** Changes as a sequence, Events as objects, and requests as values. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createChangeLog, type WatchEvent, watch } from "../../../simulator/apiserver/change-log.ts";
import { recordEvents } from "../../../simulator/apiserver/event-recorder.ts";
import { list } from "../../../simulator/apiserver/read.ts";
import { answer, type Request } from "../../../simulator/apiserver/request.ts";
import type { ApiObject, ApiServer } from "../../../simulator/apiserver/types.ts";
import { runs } from "../../runs.ts";
import { at, given, newCluster, newServer, objects, refusal, wait, workloads } from "./help.ts";

const kindsToWatch = [
  "deploy",
  "rs",
  "sts",
  "ds",
  "jobs",
  "cj",
  "pods",
  "svc",
  "pvc",
  "nodes",
  "cm",
  "controllerrevisions",
];
const all = objects(workloads);

/** What a watcher holds who began with nothing and followed every change. */
function followed(events: readonly WatchEvent[], held: Map<string, ApiObject>): void {
  for (const { type, object } of events) {
    const key = `${object.metadata.namespace}/${object.metadata.name}`;
    if (type === "DELETED") held.delete(key);
    else held.set(key, object);
  }
}

function request(verb: Request["verb"], object: ApiObject, more: Partial<Request> = {}): Request {
  const { row } = at(`${object.kind}/`);
  const { group, plural, versions } = row;
  return {
    verb,
    group,
    version: versions[0],
    resource: plural,
    namespace: "default",
    name: object.metadata.name,
    ...more,
  };
}

/** Something that may be asked of one of the sample objects; most of it is refused at one time or another. */
const asked: fc.Arbitrary<Request> = fc
  .constantFrom(...all)
  .chain((object) =>
    fc.constantFrom<Request>(
      request("create", object, { body: object }),
      request("delete", object),
      request("delete", object, { options: { propagation: "foreground" } }),
      request("patch", object, { patchType: "merge", body: { metadata: { labels: { seen: "yes" } } } }),
      request("patch", object, { patchType: "merge", body: { metadata: { labels: { seen: null }, finalizers: [] } } }),
      request("patch", object, { patchType: "apply", body: object, options: { fieldManager: "me", force: true } }),
      request("update", object, { subresource: "scale", body: { spec: { replicas: 3 } } }),
      request("patch", object, { subresource: "scale", body: { spec: { replicas: -1 } } }),
      request("deletecollection", object, { options: { labelSelector: "seen=yes" } }),
    ),
  );

test("versions only grow, and whoever follows the changes holds what a list gives, whatever is asked", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 99 }),
      fc.array(fc.tuple(asked, fc.nat(20)), { maxLength: 12 }),
      (seed, steps) => {
        const server = newServer(newCluster(seed));
        const log = createChangeLog(server.cluster);
        const held = new Map(kindsToWatch.map((kind) => [kind, new Map<string, ApiObject>()]));
        const since = new Map<string, number | undefined>();
        let last = server.store.version();
        server.cluster.watch(({ object }) => {
          assert.ok(object.version > last);
          last = object.version;
        });
        for (const [step, seconds] of steps) {
          answer(server, step);
          wait(server, seconds);
          for (const kind of kindsToWatch) {
            const seen = given(watch(server, log, { ...at(kind), namespace: "" }, since.get(kind)));
            followed(seen.events, held.get(kind)!);
            since.set(kind, seen.version);
          }
        }
        for (const kind of kindsToWatch) {
          const items = given(list(server, { ...at(kind), namespace: "" })).items;
          const versions = (objects: Iterable<ApiObject>) =>
            [...objects].map(({ metadata }) => `${metadata.name} ${metadata.resourceVersion}`).sort();
          if (since.has(kind)) assert.deepEqual(versions(held.get(kind)!.values()), versions(items), kind);
        }
      },
    ),
    { numRuns: runs(25) },
  );
});

test("with a selector an object comes when it begins to match and goes when it no longer does", () => {
  const server = newServer();
  const log = createChangeLog(server.cluster);
  const settings = all.find(({ kind }) => kind === "ConfigMap")!;
  const from = server.store.version();
  const label = (seen: string | null) => ({ patchType: "merge", body: { metadata: { labels: { seen } } } }) as const;
  answer(server, request("create", settings, { body: settings }));
  for (const seen of ["yes", "no", "yes", null]) answer(server, request("patch", settings, label(seen)));
  answer(server, request("delete", settings));
  const { events } = given(watch(server, log, at("cm"), from, { labelSelector: "seen=yes" }));
  assert.deepEqual(
    events.map(({ type }) => type),
    ["ADDED", "DELETED", "ADDED", "DELETED"],
  );
});

test("what is too long ago is no longer known", () => {
  const server = newServer();
  const log = createChangeLog(server.cluster, 4);
  const from = server.store.version();
  for (const object of all) answer(server, request("create", object, { body: object }));
  assert.match(refusal(watch(server, log, at("pods"), from)), /^410 too old resource version: \d+ \(\d+\)$/);
});

test("Events are objects like any others, equal ones added up, and go after an hour", () => {
  const server = newServer(newCluster(1, [{ on: {}, fault: { type: "imagePull" } }]));
  const stop = recordEvents(server.cluster);
  answer(server, request("create", all[0]!, { body: all[0] }));
  wait(server, 120);
  const events = given(list(server, at("events"), { fieldSelector: "involvedObject.kind=Deployment" })).items;
  assert.deepEqual(
    events.map(({ reason, count, source }) => [reason, count, source]),
    [["ScalingReplicaSet", 1, { component: "deployment-controller" }]],
  );
  const failed = given(list(server, at("events"), { fieldSelector: "reason=Failed" })).items;
  assert.ok(failed.some(({ count }) => (count as number) > 1));
  wait(server, 7200);
  assert.equal(given(list(server, at("events"), { fieldSelector: "involvedObject.kind=Deployment" })).items.length, 0);
  stop();
});

test("a run is the same whether somebody watches it or not", () => {
  const [watched, alone] = [newServer(), newServer()];
  createChangeLog(watched.cluster);
  recordEvents(watched.cluster);
  const story = (server: ApiServer) => {
    for (const object of all) answer(server, request("create", object, { body: object }));
    wait(server, 200);
    return [...server.store.all("Pod")].map((pod) => `${pod.name} ${pod.uid} ${pod.node} ${pod.readyTime}`);
  };
  assert.deepEqual(story(watched), story(alone));
});

test("a request names what it is about, and what is not served is not found", () => {
  const server = newServer();
  const [deployment] = all;
  const created = answer(server, request("create", deployment!, { body: deployment }));
  assert.equal(created.code, 201);
  assert.equal(answer(server, request("get", deployment!)).code, 200);
  assert.equal(answer(server, request("get", deployment!, { version: "v2" })).code, 404);
  assert.equal(answer(server, request("get", deployment!, { subresource: "log" })).code, 404);
  assert.equal(answer(server, request("create", deployment!, { subresource: "scale" })).code, 405);
  const odd = { ...deployment!, spec: { ...(deployment!["spec"] as object), colour: "blue" } };
  assert.deepEqual(answer(server, request("update", deployment!, { body: odd })).warnings, [
    'unknown field "spec.colour"',
  ]);
});
