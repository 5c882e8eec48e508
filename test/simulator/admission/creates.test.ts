/** Creations as text in, findings as text out: rules of which the recorded facts have no case. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseManifest } from "../../../server/yaml/parse.ts";
import { admit } from "../../../simulator/api/admit.ts";
import { recordedTarget } from "../../../simulator/api/target.ts";

function judge(text: string): string[] {
  const { problems } = admit(parseManifest(text)[0]?.value, recordedTarget);
  return [...new Set(problems.map(({ reason, path }) => `${reason.replace("FieldValue", "")} ${path}`))].sort();
}

const service = (spec: string): string =>
  `{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: web}, ${spec}}}`;

test("addresses and node ports of a Service are looked at before all else, and the server stops there", () => {
  const clash =
    "ports: [{name: a, port: 1, nodePort: 30001}, {name: b, port: 2, nodePort: 30001}, {name: B, port: 3, nodePort: 30001}]";
  const rows: readonly (readonly [string, readonly string[]])[] = [
    [`type: NodePort, ${clash}`, ["Invalid spec.ports[1].nodePort"]],
    [`type: LoadBalancer, allocateLoadBalancerNodePorts: false, ${clash}`, ["Invalid spec.ports[1].nodePort"]],
    ["type: LoadBalancer, allocateLoadBalancerNodePorts: false, ports: [{name: a, port: 1}, {name: b, port: 2}]", []],
    ["type: NodePort, ports: [{port: 80, nodePort: -1, name: B}]", ["Invalid spec.ports[0].nodePort"]],
    ["type: LoadBalancer, ports: [{port: 80, nodePort: 65536}]", ["Invalid spec.ports[0].nodePort"]],
    ["ipFamilies: [IPv4, IPv6], type: Odd, ports: [{port: 80}]", ["Invalid spec.ipFamilyPolicy"]],
    ["ipFamilies: [IPv4, IPv6], ipFamilyPolicy: SingleStack, ports: [{port: 80}]", ["Invalid spec.ipFamilyPolicy"]],
    [
      'clusterIP: 10.0.0.1, clusterIPs: [10.0.0.1, "2001:db8::1"], ports: [{port: 80}]',
      ["Invalid spec.ipFamilyPolicy"],
    ],
    ["ipFamilies: [IPv4, IPv6], ipFamilyPolicy: PreferDualStack, ports: [{port: 80}]", []],
    ["clusterIP: None, ipFamilies: [IPv4, IPv6]", ["Invalid spec.ipFamilyPolicy"]],
    [
      "type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 70000, ports: [{port: 80}]",
      ["Invalid spec.healthCheckNodePort"],
    ],
  ];
  for (const [spec, want] of rows) assert.deepEqual(judge(service(spec)), want, spec);
});

test("a time is one that the calendar has", () => {
  const created = (time: string) =>
    judge(
      `{apiVersion: v1, kind: Service, metadata: {name: web, creationTimestamp: "${time}"}, spec: {ports: [{port: 1}]}}`,
    );
  for (const time of ["2032-02-29T00:00:00Z", "2031-12-31T23:59:59.123456789+14:00", "2031-01-01T1:02:03,5Z"]) {
    assert.deepEqual(created(time), [], time);
  }
  const wrong = [
    "2031-02-29T00:00:00Z",
    "2031-04-31T00:00:00Z",
    "2031-04-01T24:00:00Z",
    "2031-04-01T00:00:00",
    "2031-04-01",
    "",
  ];
  for (const time of [...wrong, "2031-04-01T00:00:60Z", "2031-04-01T00:00:00+25:00", "2031-04-01 00:00:00Z"]) {
    assert.deepEqual(created(time), ["Malformed "], time);
  }
  // What is no text at all is told with its field.
  const number = "{apiVersion: v1, kind: Service, metadata: {name: web, creationTimestamp: 2031}}";
  assert.deepEqual(judge(number), ["Malformed metadata.creationTimestamp"]);
});

test("annotations that stand for numbers keep an object from being read when they are none", () => {
  const workload = (kind: string, annotation: string) =>
    judge(
      `{apiVersion: apps/v1, kind: ${kind}, metadata: {name: web, annotations: {${annotation}}}, spec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: a, image: a}]}}}}`,
    );
  const generation = "deprecated.daemonset.template.generation";
  for (const value of ["3", "+3", "-1"])
    assert.deepEqual(workload("DaemonSet", `${generation}: "${value}"`), [], value);
  for (const value of ["", "three", "3.0", "9223372036854775808"]) {
    assert.deepEqual(workload("DaemonSet", `${generation}: "${value}"`), ["Malformed "], value);
  }
  assert.deepEqual(workload("Deployment", `${generation}: any`), []);
  assert.deepEqual(workload("Deployment", 'deprecated.deployment.rollback.to: ""'), []);
  assert.deepEqual(workload("Deployment", "deprecated.deployment.rollback.to: last"), ["Malformed "]);
});

test("an image is pulled always when its tag is latest, whatever digest it has", () => {
  const policy = (image: string) => {
    const { object } = admit(
      {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name: "web" },
        spec: { containers: [{ name: "a", image }] },
      },
      recordedTarget,
    );
    const spec = object?.spec as { containers: { imagePullPolicy: string }[] } | undefined;
    return spec?.containers[0]?.imagePullPolicy;
  };
  const hex = "0123456789abcdef".repeat(4);
  for (const image of ["web", "web:latest", "r:5000/web", `web:latest@sha256:${hex}`, "localhost/a_b/c__d"]) {
    assert.equal(policy(image), "Always", image);
  }
  const pinned = ["web:1", `web@sha256:${hex}`, `web:latest@sha256:${hex.slice(1)}`, `web@sha256:${hex.toUpperCase()}`];
  for (const image of [...pinned, hex, "Web", "web:", " web", "r:5000/web:v1", "a//b"]) {
    assert.equal(policy(image), "IfNotPresent", image);
  }
});

test("fields that an ephemeral container must not have count even when they hold nothing", () => {
  const pod = (fields: string) =>
    judge(
      `{apiVersion: v1, kind: Pod, metadata: {name: web}, spec: {containers: [{name: a, image: a}], ephemeralContainers: [{name: e, image: e, ${fields}}]}}`,
    );
  const always = "Forbidden spec.ephemeralContainers";
  assert.deepEqual(pod("resources: {}"), [always]);
  assert.deepEqual(pod("lifecycle: {}"), [always, `${always}[0].lifecycle`]);
  assert.deepEqual(pod('restartPolicy: ""'), [always, `${always}[0].restartPolicy`]);
});

test("a ScaleIO volume is returned with its secret even when it has none", () => {
  const pod =
    "{apiVersion: v1, kind: Pod, metadata: {name: web}, spec: {containers: [{name: a, image: a}], volumes: [{name: v, scaleIO: {gateway: g, system: s, volumeName: a}}]}}";
  const { object, problems } = admit(parseManifest(pod)[0]?.value, recordedTarget);
  const spec = object?.spec as { volumes: { scaleIO: Record<string, unknown> }[] } | undefined;
  assert.deepEqual([problems, spec?.volumes[0]?.scaleIO["secretRef"]], [[], null]);
});
