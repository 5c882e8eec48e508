import assert from "node:assert/strict";
import { test } from "node:test";
import { judge, warnings } from "./judge.ts";

interface Example {
  readonly title: string;
  readonly spec: string;
  readonly problems: readonly string[];
}

const container = (fields: string): string => `containers: [{name: app, image: app, ${fields}}]`;

const examples: readonly Example[] = [
  {
    title: "a mount needs its volume",
    spec: container("volumeMounts: [{name: data, mountPath: /data}]"),
    problems: ["NotFound spec.containers[0].volumeMounts[0].name (volume-not-found)"],
  },
  {
    title: "a volume with a problem does not exist for mounts",
    spec: `${container("volumeMounts: [{name: data, mountPath: /data}]")}\nvolumes: [{name: data, secret: {}}]`,
    problems: [
      "Required spec.volumes[0].secret.secretName (field-required)",
      "NotFound spec.containers[0].volumeMounts[0].name (volume-not-found)",
    ],
  },
  {
    title: "a sub path stays inside, and is spelled without index",
    spec: `${container("volumeMounts: [{name: data, mountPath: /data, subPath: ../up}]")}\nvolumes: [{name: data, emptyDir: {}}]`,
    problems: ["Invalid spec.containers[0].volumeMounts.subPath (path-with-backstep)"],
  },
  {
    title: "two sources of a volume",
    spec: "volumes: [{name: data, emptyDir: {}, cephfs: {monitors: [a]}}]",
    problems: ["Forbidden spec.volumes[0].cephFS (second-volume-source)"],
  },
  {
    title: "a request above its limit is reported at the requests",
    spec: container("resources: {requests: {cpu: 2}, limits: {cpu: 1500m}}"),
    problems: ["Invalid spec.containers[0].resources.requests (request-above-limit)"],
  },
  {
    title: "an extended resource needs a limit",
    spec: container("resources: {requests: {example.com/gpu: 1}}"),
    problems: ["Required spec.containers[0].resources.limits (limit-missing)"],
  },
  {
    title: "a pod's limit holds for each container",
    spec: `${container("resources: {limits: {cpu: 1}}")}\nresources: {limits: {cpu: 500m}}`,
    problems: ["Invalid spec.resources.containers[0][cpu].limits (container-limit-above-pod)"],
  },
  {
    title: "probes have one handler",
    spec: container("livenessProbe: {successThreshold: 1, exec: {command: [a]}, tcpSocket: {port: 1}}"),
    problems: ["Forbidden spec.containers[0].livenessProbe.tcpSocket (second-handler)"],
  },
  {
    title: "names of variables",
    spec: container("env: [{name: A=B, value: x}]"),
    problems: ["Invalid spec.containers[0].env[0].name (invalid-environment-name)"],
  },
  {
    title: "the host's namespaces beside one of one's own",
    spec: "hostUsers: false\nhostPID: true",
    problems: ["Forbidden spec.HostPID (host-namespace-with-user-namespace)"],
  },
  {
    title: "a toleration's value is reported at the operator",
    spec: "tolerations: [{key: a, operator: Equal, value: a b}]",
    problems: ["Invalid spec.tolerations[0].operator (invalid-label-value)"],
  },
  {
    title: "a key both matched and mismatched",
    spec: "affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: zone, labelSelector: {}, matchLabelKeys: [a], mismatchLabelKeys: [a]}]}}",
    problems: [
      "Invalid spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].matchLabelKeys[0] (label-key-in-both)",
    ],
  },
  {
    title: "restart rules need a policy",
    spec: container("restartPolicyRules: [{action: Restart, exitCodes: {operator: In, values: [3]}}]"),
    problems: ["Required spec.containers[0].restartPolicy (restart-rules-without-policy)"],
  },
  {
    title: "an init container has no probes unless it is a sidecar",
    spec: "initContainers: [{name: prepare, image: a, livenessProbe: {exec: {command: [a]}}}]",
    problems: ["Forbidden spec.initContainers[0].livenessProbe (not-for-init-containers)"],
  },
  {
    title: "nameservers are addresses without leading zeros",
    spec: "dnsConfig: {nameservers: [10.0.0.010]}",
    problems: ["Invalid spec.dnsConfig.nameservers[0] (invalid-ip-address)"],
  },
];

for (const { title, spec, problems } of examples) {
  test(title, () => assert.deepEqual(judge(spec), problems));
}

test("hostname is not checked in a StatefulSet, which names its pods itself", () => {
  assert.deepEqual(judge("hostname: Not_A_Label", {}, "StatefulSet"), []);
  assert.equal(judge("hostname: Not_A_Label").length, 1);
});

test("annotations are spelled without metadata, and point to the real place", () => {
  assert.deepEqual(judge("{}", { "controller.kubernetes.io/pod-deletion-cost": "+1" }), [
    "Invalid template.annotations[controller.kubernetes.io/pod-deletion-cost] (deletion-cost-invalid)".replace(
      "template.",
      "",
    ),
  ]);
});

test("what is only warned about", () => {
  assert.deepEqual(warnings(container("env: [{name: A, value: x}, {name: A, value: y}]")), [
    "spec.containers[0].env[1] (variable-hides-another)",
  ]);
  assert.deepEqual(warnings(container("env: [{name: A, value: x}, {name: A, value: $(A)y}]")), []);
  assert.deepEqual(warnings("hostAliases: [{ip: '2001:DB8::1', hostnames: [a]}]"), [
    "spec.hostAliases[0].ip (ipv6-not-canonical)",
  ]);
  assert.deepEqual(warnings("volumes: [{name: files, projected: {sources: [{}]}}]"), [
    'volume "files" (Projected) has no sources provided (projection-without-source)',
  ]);
  assert.deepEqual(warnings("{}", { "scheduler.alpha.kubernetes.io/critical-pod": "" }), [
    "metadata.annotations[scheduler.alpha.kubernetes.io/critical-pod] (annotation-replaced)",
  ]);
});
