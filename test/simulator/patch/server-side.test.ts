/** Server-side apply: who owns what, and what becomes of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Json } from "../../../simulator/api/objects.ts";
import { managersAfterWrite, managersOf, withManagers } from "../../../simulator/api/patch/managers.ts";
import { atomOf } from "../../../simulator/api/patch/schema.ts";
import { serverSideApply } from "../../../simulator/api/patch/server-side.ts";
import type { Fields } from "../../../simulator/api/patch/values.ts";

const base = { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web" } };
const text = (spec: Fields): Fields => ({ ...base, spec });
const containers = (...list: readonly Json[]): Fields => ({ template: { spec: { containers: list } } });

function apply(live: Fields, next: Fields, manager = "kubectl", force = false) {
  const writer = { manager, apiVersion: "apps/v1" };
  return serverSideApply({ live, text: next, writer, force, type: "Deployment", ignored: ["status"] });
}

function merged(live: Fields, next: Fields, manager?: string, force?: boolean): Fields {
  const outcome = apply(live, next, manager, force);
  assert.ok(outcome.is === "merged", JSON.stringify(outcome));
  return outcome.object;
}

function written(live: Fields, next: Fields, manager: string): Fields {
  const writer = { manager, apiVersion: "apps/v1" };
  return withManagers(next, managersAfterWrite(managersOf(live), live, next, writer, atomOf("Deployment"), ["status"]));
}

test("what a manager no longer names goes, and what nobody named stays", () => {
  const first = merged({ ...base }, text({ replicas: 2, minReadySeconds: 5 }));
  const defaulted = { ...first, spec: { replicas: 2, minReadySeconds: 5, revisionHistoryLimit: 10 } };
  assert.deepEqual(merged(defaulted, text({ replicas: 2 }))["spec"], { replicas: 2, revisionHistoryLimit: 10 });
});

test("another value than that of another manager is a conflict in the server's words, and can be forced", () => {
  const first = merged({ ...base }, text({ replicas: 2 }));
  const scaled = written(first, { ...first, spec: { replicas: 5 } }, "kubectl-scale");
  const outcome = apply(scaled, text({ replicas: 3 }));
  assert.ok(outcome.is === "conflict");
  assert.deepEqual(
    outcome.conflicts.map(({ manager, path }) => [manager.manager, path]),
    [["kubectl-scale", ".spec.replicas"]],
  );
  assert.deepEqual(merged(scaled, text({ replicas: 3 }), "kubectl", true)["spec"], { replicas: 3 });
  assert.deepEqual(merged(scaled, text({ replicas: 5 }))["spec"], { replicas: 5 });
});

test("a field that two managers applied stays when one of them leaves it out", () => {
  const first = merged({ ...base }, text({ replicas: 2, paused: true }));
  const both = merged(first, text({ replicas: 2 }), "tuner");
  assert.deepEqual(merged(both, text({ paused: true }))["spec"], { replicas: 2, paused: true });
});

test("entries of a list are merged by their keys, and atomic lists are one value", () => {
  const first = merged({ ...base }, text(containers({ name: "a", image: "a:1", args: ["x"] }, { name: "b" })));
  const next = merged(first, text(containers({ name: "a", image: "a:2", args: ["y", "z"] })));
  assert.deepEqual(next["spec"], containers({ name: "a", image: "a:2", args: ["y", "z"] }));
});

test("conflicts name entries by their keys", () => {
  const first = merged({ ...base }, text(containers({ name: "a", image: "a:1" })), "other");
  const outcome = apply(first, text(containers({ name: "a", image: "a:2" })));
  assert.ok(outcome.is === "conflict");
  assert.equal(outcome.conflicts[0]?.path, '.spec.template.spec.containers[name="a"].image');
});

test("a text with an unknown field, a wrong type or a repeated entry is not applied", () => {
  const outcome = apply(
    { ...base },
    text({ replica: 1, replicas: "two", ...containers({ name: "a" }, { name: "a" }, null) }),
  );
  assert.ok(outcome.is === "untyped");
  assert.deepEqual(
    outcome.problems.map(({ code }) => code),
    ["field-not-declared", "wrong-type", "duplicate-entry", "entry-without-key"],
  );
});
