// What becomes of an object when a text is brought to it. The recorded facts are in the conformance suite `apply`.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "yaml";
import { asObject, type JsonObject } from "../../simulator/api/json.ts";
import { anySurroundings, type Surroundings } from "../../simulator/api/registry/surroundings.ts";
import { newestTarget } from "../../simulator/api/target.ts";
import { type Change, changeOf, objectBefore } from "../../simulator/kubectl/change/change.ts";
import type { Mode } from "../../simulator/kubectl/change/outcome.ts";
import { silentText } from "../../simulator/kubectl/change/silent.ts";

const surroundings = anySurroundings(newestTarget);

function brought(old: string, next: string, mode: Mode, more: Partial<Surroundings> = {}): Change {
  return changeOf({ old: parse(old), next: parse(next), mode, surroundings: { ...surroundings, ...more } });
}

const specOf = (object: JsonObject | undefined): JsonObject => asObject(object?.["spec"]);
const codesOf = (change: Change): readonly string[] => change.problems.map(({ code }) => code);

const web = (fields: string) => `{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {${fields}
  selector: {matchLabels: {app: web}},
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: "web:1"}]}}}}`;
const pod = (container: string, more = "") =>
  `{apiVersion: v1, kind: Pod, metadata: {name: web}, spec: {${more} containers: [{name: web, image: "web:1", ${container}}]}}`;
const requests = (cpu: string) => `resources: {requests: {cpu: ${cpu}}}`;

test("a field that leaves the text goes back to its default, in every way", () => {
  for (const mode of ["apply", "replace", "server-side"] as const) {
    const change = brought(web("replicas: 3,"), web(""), mode);
    assert.deepEqual(
      [change.verdict, specOf(change.result)["replicas"], change.silent.kept],
      ["accepted", 1, []],
      mode,
    );
  }
});

test("apply sends nothing when nothing changed, replace changes nothing either", () => {
  assert.deepEqual(brought(web("replicas: 3,"), web("replicas: 3,"), "apply").patch, {});
  assert.equal(brought(web("replicas: 3,"), web("replicas: 3,"), "replace").written, false);
});

test("a field of another manager is a conflict of server-side apply, unless it is forced", () => {
  const request = { old: parse(web("replicas: 3,")), next: parse(web("replicas: 4,")), surroundings };
  const made = objectBefore({ ...request, mode: "server-side" }) ?? {};
  const scaler = {
    manager: "scaler",
    operation: "Update",
    apiVersion: "apps/v1",
    fieldsType: "FieldsV1",
    fieldsV1: { "f:spec": { "f:replicas": {} } },
  };
  const metadata = asObject(made["metadata"]);
  const managedFields = [...(metadata["managedFields"] as JsonObject[]), scaler];
  const live = { ...made, spec: { ...specOf(made), replicas: 5 }, metadata: { ...metadata, managedFields } };
  const refused = changeOf({ ...request, live, mode: "server-side" });
  assert.deepEqual(
    [refused.verdict, codesOf(refused), refused.problems[0]?.params["manager"]],
    ["conflict", ["managed-by-another"], "scaler"],
  );
  const forced = changeOf({ ...request, live, mode: "server-side --force-conflicts" });
  assert.deepEqual([forced.verdict, specOf(forced.result)["replicas"]], ["accepted", 4]);
});

test("a Service keeps its address and loses what its new type has no use for", () => {
  const service = (fields: string) => `{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {${fields}}}`;
  const port = "ports: [{port: 80, nodePort: 30080}]";
  const change = brought(service(`type: NodePort, ${port}`), service(`type: ClusterIP, ${port}`), "apply");
  assert.deepEqual(change.silent.dropped.map(silentText), ["spec.ports[0].nodePort"]);
  assert.equal(specOf(change.result)["clusterIP"], specOf(change.before)["clusterIP"]);
});

test("cpu and memory of a Pod change by the subresource only, within its class of service", () => {
  const ways = [
    brought(pod(requests("1")), pod(requests("2")), "apply"),
    brought(pod(requests("1")), pod(requests("2")), "replace --subresource resize"),
    brought(pod(requests("1")), pod("resources: {limits: {cpu: 1, memory: 1Gi}}"), "replace --subresource resize"),
  ];
  assert.deepEqual(
    ways.map(({ verdict }) => verdict),
    ["invalid", "accepted", "invalid"],
  );
  assert.deepEqual(ways.map(codesOf), [["immutable-fields"], [], ["qos-class-changed"]]);
});

test("a new Pod has an account with its token, tolerations and a priority; a class that is not there refuses it", () => {
  const made = brought(pod("tty: true"), pod("tty: true"), "replace --force");
  const spec = specOf(made.result);
  assert.deepEqual([spec["serviceAccountName"], spec["priority"]], ["default", 0]);
  assert.equal((spec["tolerations"] as JsonObject[]).length, 2);
  assert.deepEqual(
    (spec["volumes"] as JsonObject[]).map(({ projected }) => typeof projected),
    ["object"],
  );
  const classed = pod("tty: true", "priorityClassName: gold,");
  const unknown = { priorityClass: () => null };
  assert.deepEqual(codesOf(brought(classed, classed, "replace --force", unknown)), ["priority-class-missing"]);
});

test("a text with what only the server sets is refused or overruled", () => {
  const stale = web("").replace("{name: web}", '{name: web, resourceVersion: "1"}');
  assert.deepEqual(codesOf(brought(web(""), stale, "replace")), ["object-modified"]);
});
