/** The table of kinds is a value: rows are found by every name that kubectl knows them under. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  apiVersionOf,
  groupKind,
  isScalable,
  kindTable,
  resourceName,
  resourcePlural,
} from "../../simulator/api/kind.ts";
import { kindRow, kindRows, kinds } from "../../simulator/api/kinds.ts";

test("a kind is found by the names that kubectl takes", () => {
  for (const name of ["deploy", "deployment", "deployments", "Deployment", "deploy.apps", "deployments.v1.apps"]) {
    assert.equal(kinds.resource(name)?.kind, "Deployment", name);
  }
  assert.equal(kinds.resource("pods")?.kind, "Pod");
  assert.equal(kinds.resource("po.v1.")?.kind, "Pod");
  assert.equal(kinds.resource("events")?.group, "");
  assert.equal(kinds.resource("events.events.k8s.io")?.group, "events.k8s.io");
  assert.equal(kinds.resource("deploys"), undefined);
});

test("a kind is found by the version and name that a manifest gives", () => {
  assert.equal(kinds.serving("apps/v1", "Deployment")?.plural, "deployments");
  assert.equal(kinds.serving("autoscaling/v1", "HorizontalPodAutoscaler")?.versions[0], "v2");
  assert.equal(kinds.serving("v1", "Deployment"), undefined);
  assert.equal(kinds.named("Ingress")?.plural, "ingresses");
});

test("names are written as kubectl writes them", () => {
  const cases = ["Deployment", "Job", "Pod"].map((kind) => {
    const row = kinds.named(kind)!;
    return [apiVersionOf(row), resourceName(row), resourcePlural(row), groupKind(row)];
  });
  assert.deepEqual(cases, [
    ["apps/v1", "deployment.apps", "deployments.apps", "Deployment.apps"],
    ["batch/v1", "job.batch", "jobs.batch", "Job.batch"],
    ["v1", "pod", "pods", "Pod"],
  ]);
});

test("a row more is a kind more", () => {
  const boat = kindRow("harbour.example/v1", "Boat", "boats", { shortNames: ["bo"], subresources: ["scale"] });
  const table = kindTable([...kindRows, boat]);
  assert.equal(table.resource("bo"), boat);
  assert.equal(table.serving("harbour.example/v1", "Boat"), boat);
  assert.ok(isScalable(boat));
  assert.equal(kinds.named("Boat"), undefined);
});
