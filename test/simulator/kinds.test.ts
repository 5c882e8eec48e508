/** The table of kinds is a value: rows are found by every name that kubectl knows them under. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { admit } from "../../simulator/api/admit.ts";
import type { Draft } from "../../simulator/api/defaults-pod.ts";
import { FieldPath, invalid } from "../../simulator/api/field-path.ts";
import { numberAt, objectAt } from "../../simulator/api/json.ts";
import {
  apiVersionOf,
  groupKind,
  isScalable,
  type KindRow,
  kindTable,
  resourceName,
  resourcePlural,
} from "../../simulator/api/kind.ts";
import { kindRow, kindRows, kinds } from "../../simulator/api/kinds.ts";
import { create } from "../../simulator/apiserver/create.ts";
import { get } from "../../simulator/apiserver/read.ts";
import { createApiServer } from "../../simulator/apiserver/server.ts";
import { createCluster } from "../../simulator/cluster/cluster.ts";

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

test("a made-up kind is admitted, kept and found again by nothing but its row", () => {
  const defaults = (object: Draft) => {
    (object["spec"] as Draft)["sails"] ??= 1;
  };
  const validate: KindRow["validate"] = (object) =>
    numberAt(objectAt(object, "spec"), "sails") === 0
      ? [invalid("not-positive", FieldPath.root.child("spec").child("sails"), { value: 0 })]
      : [];
  const boat = {
    ...kindRow("harbour.example/v1", "Boat", "boats", { shortNames: ["bo"] }),
    defaults,
    validate,
    emptyStatus: { phase: "Docked" },
  };
  const table = kindTable([...kindRows, boat]);
  const manifest = (spec: object) => ({
    apiVersion: "harbour.example/v1",
    kind: "Boat",
    metadata: { name: "gull" },
    spec,
  });
  const admitted = admit(manifest({ name: "Gull" }), "1.37", { kinds: table });
  assert.deepEqual([admitted.problems, admitted.object?.spec], [[], { name: "Gull", sails: 1 }]);
  const refused = admit(manifest({ sails: 0 }), "1.37", { kinds: table });
  assert.deepEqual(
    refused.problems.map(({ path }) => path),
    ["spec.sails"],
  );
  assert.equal(admit(manifest({}), "1.37").problems[0]?.code, "unserved-kind");
  const server = createApiServer(createCluster({ seed: 1, start: 0, controllers: [] }), { kinds: table });
  const place = { row: boat, namespace: "default", name: "gull" };
  const created = create(server, place, manifest({ name: "Gull" }));
  assert.ok(created.ok, JSON.stringify(created));
  const found = get(server, place);
  assert.ok(found.ok);
  assert.deepEqual([found.object["spec"], found.object["status"]], [{ name: "Gull", sails: 1 }, { phase: "Docked" }]);
});
