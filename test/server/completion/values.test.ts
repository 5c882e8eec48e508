/** Values as they are offered, and what else of the text changes with them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { at } from "./at-cursor.ts";

test("a kind brings the version that serves it", () => {
  assert.equal(at("kind: D|").accept("Deployment"), "apiVersion: apps/v1\nkind: Deployment");
  assert.equal(at("apiVersion: v1\nkind: |").accept("CronJob"), "apiVersion: batch/v1\nkind: CronJob");
  assert.equal(at("kind: Dep|\napiVersion:\n").accept("Deployment"), "kind: Deployment\napiVersion: apps/v1\n");
  assert.equal(at('{ "kind": "|" }').accept("Job"), '{ "apiVersion": "batch/v1", "kind": "Job" }');
  assert.equal(at("kind: CronJob\napiVersion: |").labels.join(), "batch/v1");
});

test("pods are restarted as their kind allows", () => {
  const policy = (kind: string, path: string) => at(`kind: ${kind}\n${path}restartPolicy: |`).labels;
  assert.deepEqual(policy("Pod", "spec:\n  "), ["Always", "OnFailure", "Never"]);
  assert.deepEqual(policy("Job", "spec:\n  template:\n    spec:\n      "), ["OnFailure", "Never"]);
  assert.deepEqual(policy("Deployment", "spec:\n  template:\n    spec:\n      "), ["Always"]);
});

test("a value replaces what stands there, keeps the quotes and the comment", () => {
  const policy = "kind: Pod\nspec:\n  containers:\n    - imagePullPolicy: ";
  assert.equal(at(`${policy}Al|ways # why`).accept("Never"), `${policy}Never # why`);
  assert.equal(at(`${policy}"Al|"`).accept("Never"), `${policy}"Never"`);
  assert.equal(at(`${policy.trimEnd()}|`).accept("Never"), `${policy}Never`);
});

test("values of lists stand behind a dash of their own", () => {
  const claim = "kind: PersistentVolumeClaim\nspec:\n  accessModes:";
  assert.equal(at(`${claim} |`).accept("ReadWriteOnce"), `${claim}\n    - ReadWriteOnce`);
  assert.equal(at(`${claim}\n    - |`).accept("ReadWriteMany"), `${claim}\n    - ReadWriteMany`);
  assert.equal(at(`${claim} [|]`).accept("ReadWriteMany"), `${claim} [ReadWriteMany]`);
});
