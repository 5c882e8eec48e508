/** Patches laid over objects, and the patch that kubectl computes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Json } from "../../../simulator/api/objects.ts";
import { jsonMergePatch, threeWayJsonMergePatch } from "../../../simulator/api/patch/json-merge.ts";
import { jsonPatch } from "../../../simulator/api/patch/json-patch.ts";
import { strategicMergePatch } from "../../../simulator/api/patch/strategic.ts";
import { threeWayStrategicPatch } from "../../../simulator/api/patch/strategic-diff.ts";
import type { Fields } from "../../../simulator/api/patch/values.ts";

const strategic = (object: Json, patch: Json, type = "PodSpec") => {
  const outcome = strategicMergePatch(object, patch, type);
  return outcome.ok ? outcome.value : outcome.problem;
};

const two = {
  containers: [
    { name: "a", image: "a:1" },
    { name: "b", image: "b:1" },
  ],
};

test("a strategic patch finds list entries by their merge key and adds new ones", () => {
  assert.deepEqual(strategic(two, { containers: [{ name: "b", image: "b:2" }, { name: "c" }] }), {
    containers: [{ name: "a", image: "a:1" }, { name: "b", image: "b:2" }, { name: "c" }],
  });
});

test("directives delete an entry, replace a list and keep only some keys", () => {
  assert.deepEqual(strategic(two, { containers: [{ name: "a", $patch: "delete" }] }), {
    containers: [{ name: "b", image: "b:1" }],
  });
  assert.deepEqual(strategic(two, { containers: [{ $patch: "replace" }, { name: "c" }] }), {
    containers: [{ name: "c" }],
  });
  const strategy = { strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1 } } };
  const retained = { strategy: { $retainKeys: ["type"], type: "Recreate" } };
  assert.deepEqual(strategic(strategy, retained, "DeploymentSpec"), { strategy: { type: "Recreate" } });
});

test("the order of a list and deletions from a list of texts have directives of their own", () => {
  const order = [{ name: "b" }, { name: "a" }];
  assert.deepEqual(strategic(two, { "$setElementOrder/containers": order }), {
    containers: [two.containers[1], two.containers[0]],
  });
  const metadata = { finalizers: ["x", "y", "z"] };
  assert.deepEqual(strategic(metadata, { "$deleteFromPrimitiveList/finalizers": ["y"] }, "ObjectMeta"), {
    finalizers: ["x", "z"],
  });
});

test("a list without a merge key is one value, null removes a field", () => {
  const tolerations = { tolerations: [{ key: "a" }], nodeName: "n" };
  assert.deepEqual(strategic(tolerations, { tolerations: [{ key: "b" }], nodeName: null }), {
    tolerations: [{ key: "b" }],
  });
});

test("an entry without its merge key and an unknown directive are problems", () => {
  assert.deepEqual(strategic(two, { containers: [{ image: "x" }] }), { code: "no-merge-key", value: "name" });
  assert.deepEqual(strategic(two, { $patch: "spoil" }), { code: "bad-directive", value: "spoil" });
});

const threeWay = (last: Fields, next: Fields, live: Fields, type = "PodSpec") => {
  const outcome = threeWayStrategicPatch(last, next, live, type);
  return outcome.ok ? outcome.value : outcome.problem;
};

test("kubectl's patch deletes what left the text, changes what is live otherwise, and leaves the rest", () => {
  const live = { containers: [{ name: "a", image: "a:1", stdin: true, tty: true }], nodeName: "n", hostIPC: true };
  const last = { containers: [{ name: "a", image: "a:1", stdin: true }], hostIPC: true };
  assert.deepEqual(threeWay(last, { containers: [{ name: "a", image: "a:2" }] }, live), {
    "$setElementOrder/containers": [{ name: "a" }],
    containers: [{ name: "a", image: "a:2", stdin: null }],
    hostIPC: null,
  });
});

test("a volume whose source changed loses the old one", () => {
  const before = { volumes: [{ name: "v", emptyDir: {} }] };
  const next = { volumes: [{ name: "v", configMap: { name: "c" } }] };
  const patch = threeWay(before, next, before);
  assert.deepEqual(patch, {
    "$setElementOrder/volumes": [{ name: "v" }],
    volumes: [{ name: "v", configMap: { name: "c" }, emptyDir: null, $retainKeys: ["configMap", "name"] }],
  });
  assert.deepEqual(strategic(before, patch as Json), next);
});

test("of two ports of one number kubectl sees one", () => {
  const tcp = { containerPort: 53, name: "tcp", protocol: "TCP" };
  const udp = { containerPort: 53, name: "udp", protocol: "UDP" };
  const patch = threeWay({ ports: [tcp] }, { ports: [tcp, udp] }, { ports: [tcp] }, "Container");
  assert.deepEqual((strategic({ ports: [tcp] }, patch as Json, "Container") as { ports: unknown[] }).ports.length, 1);
});

test("a JSON merge patch replaces lists and removes with null", () => {
  assert.deepEqual(jsonMergePatch({ a: { b: 1, c: 2 }, l: [1, 2] }, { a: { b: null, d: { e: null } }, l: [3] }), {
    a: { c: 2, d: {} },
    l: [3],
  });
  const made = threeWayJsonMergePatch({ a: 1, b: { c: 1 } }, { b: { d: 2 } }, { a: 1, b: { c: 1 }, s: 1 });
  assert.deepEqual(made, { ok: true, value: { a: null, b: { c: null, d: 2 } } });
});

const json = (value: Json, ...operations: readonly Json[]) => {
  const outcome = jsonPatch(value, operations);
  return outcome.ok ? outcome.value : outcome.problem.code;
};

test("a JSON patch adds, removes, replaces, moves, copies and tests", () => {
  assert.deepEqual(json({ a: [1, 3] }, { op: "add", path: "/a/1", value: 2 }, { op: "add", path: "/a/-", value: 4 }), {
    a: [1, 2, 3, 4],
  });
  assert.deepEqual(json({ "a/b": 1, "c~d": 2 }, { op: "remove", path: "/a~1b" }, { op: "remove", path: "/c~0d" }), {});
  assert.deepEqual(json({ a: 1 }, { op: "move", from: "/a", path: "/b" }, { op: "copy", from: "/b", path: "/c" }), {
    b: 1,
    c: 1,
  });
  assert.equal(json({ a: 1 }, { op: "test", path: "/a", value: 2 }), "test-failed");
  assert.equal(json({ a: 1 }, { op: "replace", path: "/b", value: 2 }), "no-such-path");
  assert.equal(json({ a: [] }, { op: "remove", path: "/a/0" }), "no-such-path");
  assert.equal(json({ a: 1 }, { op: "spoil", path: "/a" }), "bad-operation");
});
