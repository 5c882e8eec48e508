/** A trial that goes on: what is done in it is a scenario that gives the same trace. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { watch } from "../../simulator/apiserver/change-log.ts";
import type { Request, Response } from "../../simulator/apiserver/request.ts";
import type { ApiList, ApiObject } from "../../simulator/apiserver/types.ts";
import { defaultScenario, defaultStart } from "../../simulator/scenario/defaults.ts";
import type { Action } from "../../simulator/scenario/scenario.ts";
import { createSession, type Session } from "../../simulator/session.ts";
import { simulate } from "../../simulator/simulate.ts";
import { runs } from "../runs.ts";
import { at, given, objects, workloads } from "./apiserver/help.ts";

const second = 1000;

function begun(seed = 1, budget?: number): Session {
  const scenario = { ...defaultScenario([], seed), ...(budget === undefined ? {} : { budget }) };
  const session = createSession(scenario);
  assert.ok("request" in session);
  return session;
}

function request(verb: Request["verb"], path: string, more: Partial<Request> = {}): Request {
  const { row, namespace, name } = at(path);
  const place = { ...(namespace === "" ? {} : { namespace }), ...(name === "" ? {} : { name }) };
  return { verb, group: row.group, version: row.versions[0]!, resource: row.plural, ...place, ...more };
}

const all = objects(workloads);
const web = all[0]!;

/** `201 web`, `409 deployments.apps "web" already exists`, `200 [web-1 web-2]` */
function told({ code, body }: Response): string {
  if ("items" in body) {
    return `${code} [${(body as ApiList).items.map(({ metadata }) => metadata.name).join(" ")}]`;
  }
  if ("message" in body) return `${code} ${String(body.message)}`;
  return `${code} ${(body as ApiObject).metadata?.name ?? ""}`;
}

const write: fc.Arbitrary<Request> = fc.oneof(
  fc.constantFrom(...all).chain((object) => {
    const path = `${object.kind}/${object.metadata.name}`;
    return fc.constantFrom<Request>(
      request("create", `${object.kind}/`, { body: object }),
      request("create", `${object.kind}/`, {
        body: { ...object, metadata: { ...object.metadata, name: undefined, generateName: "some-" } },
      }),
      request("create", `${object.kind}/`, { body: object, options: { dryRun: true } }),
      request("delete", path),
      request("delete", path, { options: { propagation: "foreground", gracePeriodSeconds: 0 } }),
      request("patch", path, { patchType: "merge", body: { metadata: { labels: { seen: "yes" } } } }),
      request("patch", path, { patchType: "apply", body: object, options: { fieldManager: "me", force: true } }),
      request("update", `${path}`, { subresource: "scale", body: { spec: { replicas: 3 } } }),
      request("deletecollection", `${object.kind}/`, { options: { labelSelector: "seen=yes" } }),
    );
  }),
  fc.constantFrom<Request>(
    request("create", "ns/", { body: { metadata: { name: "shop" } } }),
    request("delete", "ns/shop"),
    request("create", "cm/", { namespace: "shop", body: { metadata: { name: "settings" } } }),
    request("create", "pods/web-0", { subresource: "eviction", body: {} }),
    request("deletecollection", "pods/"),
  ),
);

const action = fc.constantFrom<Action>(
  { do: "nodeLost", name: "worker-1" },
  { do: "nodeBack", name: "worker-1" },
  { do: "drain", name: "worker-2" },
  { do: "fault", fault: { on: { image: "work:1" }, fault: { type: "exit", code: 1 } } },
  { do: "scale", kind: "Deployment", name: "web", replicas: 5 },
  { do: "fly" } as unknown as Action,
);

const deed = fc.oneof(
  { weight: 6, arbitrary: fc.record({ request: write }) },
  { weight: 1, arbitrary: fc.record({ action }) },
  { weight: 2, arbitrary: fc.record({ pass: fc.integer({ min: 0, max: 400 * second }) }) },
  { weight: 1, arbitrary: fc.constant({ next: true }) },
);

test("what was done, written down and played again, is the same to the byte", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 99 }), fc.array(deed, { minLength: 1, maxLength: 15 }), (seed, deeds) => {
      const session = begun(seed);
      for (const one of deeds) {
        if ("request" in one) session.request(one.request);
        else if ("action" in one) session.perform(one.action);
        else session.advanceTo("pass" in one ? session.now() + one.pass : (session.next() ?? session.now()));
      }
      const kept = JSON.parse(JSON.stringify(session.scenario()));
      const again = simulate(kept);
      assert.ok("trace" in again, JSON.stringify(again));
      const { entries, end, ending } = session.trace();
      const lines = entries.map((entry) => JSON.stringify(entry));
      const others = again.trace.entries.map((entry) => JSON.stringify(entry));
      const differs = lines.findIndex((line, index) => line !== others[index]);
      assert.deepEqual(
        [lines[differs], lines.length, end, ending],
        [others[differs], others.length, again.trace.end, again.trace.ending],
      );
    }),
    { numRuns: runs(40) },
  );
});

test("a write is a step and is answered at once; reading, trying and being refused are none", () => {
  const session = begun();
  const answers = [
    session.request(request("get", "deploy/web")),
    session.request(request("create", "deploy/", { body: web, options: { dryRun: true } })),
    session.request(request("create", "deploy/", { body: web })),
    session.request(request("create", "deploy/", { body: web })),
    session.request(request("list", "deploy/")),
    session.request(request("create", "deploy/", { namespace: "nowhere", body: web })),
  ];
  assert.deepEqual(
    answers.map(told),
    [
      '404 deployments.apps "web" not found',
      "201 web",
      "201 web",
      '409 deployments.apps "web" already exists',
      "200 [web]",
      "400 the namespace of the provided object does not match the namespace sent on the request",
    ].map((text, index) => (index === 5 ? '404 namespaces "nowhere" not found' : text)),
  );
  assert.deepEqual(
    session.scenario().steps.map(({ action }) => action.do),
    ["request"],
  );
});

test("time passes as it is told to, and nothing happens before", () => {
  const session = begun();
  assert.equal(session.now(), defaultStart);
  session.request(request("create", "deploy/", { body: web }));
  assert.equal(told(session.request(request("list", "pods/"))).includes("web-"), true);
  const ready = () =>
    ((session.request(request("get", "deploy/web")).body as ApiObject)["status"] as { readyReplicas?: number })
      .readyReplicas;
  assert.equal(ready(), undefined);
  assert.ok(session.next()! > session.now());
  session.advanceTo(session.now() + 60 * second);
  assert.equal(session.now(), defaultStart + 60 * second);
  assert.equal(ready(), 1);
});

test("a session keeps what changes for those who watch, and Events are objects in it", () => {
  const session = begun();
  const from = session.server.store.version();
  let told = 0;
  session.changes.onChange(() => told++);
  session.request(request("create", "deploy/", { body: web }));
  session.advanceTo(session.now() + 60 * second);
  const { events } = given(watch(session.server, session.changes, at("deploy"), from));
  assert.equal(events[0]!.type, "ADDED");
  assert.ok(events.slice(1).every(({ type }) => type === "MODIFIED"));
  assert.ok(told > events.length);
  const reasons = (session.request(request("list", "events/")).body as ApiList).items.map(({ reason }) => reason);
  assert.ok(reasons.includes("ScalingReplicaSet"));
});

test("names that the server draws are the same when the steps are played again", () => {
  const session = begun();
  session.request(request("get", "deploy/web"));
  session.request(request("create", "deploy/", { body: web }));
  session.request(request("create", "deploy/", { body: web }));
  const { name: _, ...metadata } = web.metadata;
  const body = { ...web, metadata: { ...metadata, generateName: "web-" } };
  const drawn = told(session.request(request("create", "deploy/", { body })));
  const again = createSession(JSON.parse(JSON.stringify(session.scenario())));
  assert.ok("request" in again);
  assert.ok(told(again.request(request("list", "deploy/"))).includes(drawn.slice(4)));
});

test("a session that has used up its budget says so, and what was done in it is still there", () => {
  const session = begun(1, 30);
  assert.equal(told(session.request(request("create", "deploy/", { body: web }))), "201 web");
  const going = session.advanceTo(session.now() + 600 * second);
  const scaled = request("update", "deploy/web", { subresource: "scale", body: { spec: { replicas: 50 } } });
  if (going) session.request(scaled);
  session.advanceTo(session.now() + 600 * second);
  assert.match(told(session.request(scaled)), /^503 the trial has become too long/);
  assert.equal(session.trace().ending, "budget");
  assert.ok(session.scenario().steps.length > 0);
});

test("a number of pods that no cluster could hold is refused before it begins", () => {
  const session = begun();
  session.request(request("create", "deploy/", { body: web }));
  const many = [
    request("update", "deploy/web", { subresource: "scale", body: { spec: { replicas: 1e9 } } }),
    request("patch", "deploy/web", {
      patchType: "json",
      body: [{ op: "replace", path: "/spec/replicas", value: 1e9 }],
    }),
  ];
  for (const one of many)
    assert.match(told(session.request(one)), /^400 body.*: a simulated cluster takes at most 500000 pods/);
});

test("a session that cannot begin says why", () => {
  const session = createSession({ ...defaultScenario([]), seed: "one" as never });
  assert.deepEqual("problems" in session && session.problems.map(({ path }) => path), ["seed"]);
});
