/** Replacements as text in, findings as text out: rules of which the recorded facts have no case. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseManifest } from "../../../server/yaml/parse.ts";
import { recordedTarget } from "../../../simulator/api/target.ts";
import { admitUpdate } from "../../../simulator/api/update.ts";

function judge(old: string, next: string, status?: unknown): string[] {
  const [before, after] = [old, next].map((text) => parseManifest(text)[0]?.value);
  const { problems } = admitUpdate(before, after, recordedTarget, status);
  return [...new Set(problems.map(({ reason, path }) => `${reason.replace("FieldValue", "")} ${path}`))].sort();
}

const service = (spec: string): string =>
  `{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: web}, ${spec}}}`;
const ports = "ports: [{name: http, port: 80, nodePort: 30080}]";

test("a Service keeps what the server gave it, and loses what its new type has no use for", () => {
  const rows: readonly (readonly [string, string, readonly string[]])[] = [
    [`type: NodePort, ${ports}`, `type: ClusterIP, ${ports}`, []],
    [
      `type: NodePort, ${ports}`,
      "type: ClusterIP, ports: [{port: 80, nodePort: 30081}]",
      ["Forbidden spec.ports[0].nodePort"],
    ],
    [
      `type: NodePort, externalTrafficPolicy: Local, ${ports}`,
      `type: ClusterIP, externalTrafficPolicy: Local, ${ports}`,
      [],
    ],
    [
      `type: NodePort, externalTrafficPolicy: Local, ${ports}`,
      `type: ClusterIP, externalTrafficPolicy: Cluster, ${ports}`,
      ["Invalid spec.externalTrafficPolicy"],
    ],
    [
      `type: LoadBalancer, loadBalancerClass: a.io/b, allocateLoadBalancerNodePorts: false, ${ports}`,
      `type: NodePort, loadBalancerClass: a.io/b, allocateLoadBalancerNodePorts: false, ${ports}`,
      [],
    ],
    [
      `type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 31000, ${ports}`,
      `type: LoadBalancer, externalTrafficPolicy: Cluster, healthCheckNodePort: 31000, ${ports}`,
      [],
    ],
    [
      `type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 31000, ${ports}`,
      `type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 31001, ${ports}`,
      ["Forbidden spec.healthCheckNodePort"],
    ],
    [
      `type: LoadBalancer, ${ports}`,
      `type: LoadBalancer, loadBalancerClass: a.io/b, ${ports}`,
      ["Invalid spec.loadBalancerClass"],
    ],
    [
      `clusterIP: 10.0.0.9, ${ports}, type: NodePort`,
      `clusterIP: 10.0.0.9, type: ExternalName, externalName: a.b, ${ports}`,
      [],
    ],
    [
      `clusterIP: 10.0.0.9, ${ports}, type: NodePort`,
      `clusterIP: 10.0.0.8, type: ExternalName, externalName: a.b, ${ports}`,
      ["Forbidden spec.clusterIPs"],
    ],
    ["type: ExternalName, externalName: a.b", "clusterIP: 10.0.0.9, ports: [{port: 80}]", []],
    // A family of another sort is found first, and nothing else is said then.
    [
      "ports: [{port: 80}]",
      "ipFamilies: [IPv6], sessionAffinity: Cookie, ports: [{port: 80}]",
      ["Invalid spec.clusterIPs[0]"],
    ],
    ["ports: [{port: 80}]", "ipFamilies: [IPv4, IPv6], ports: [{port: 80}]", ["Invalid spec.ipFamilyPolicy"]],
    // One node port for two protocols is nobody's clash once it is there.
    [
      "type: NodePort, ports: [{name: a, port: 53, nodePort: 30053}]",
      "type: NodePort, ports: [{name: a, port: 53, nodePort: 30053}, {name: b, port: 54, protocol: UDP, nodePort: 30053}]",
      [],
    ],
  ];
  for (const [old, next, want] of rows) assert.deepEqual(judge(service(old), service(next)), want, `${old} -> ${next}`);
});

test("what replaces nothing that can be read is a creation", () => {
  const next = service("ipFamilies: [IPv6], type: NodePort, ports: [{port: 80}]");
  assert.deepEqual(judge("kind: Service", next), []);
  assert.deepEqual(judge(pod(""), next), []);
});

const claim = (spec: string): string =>
  `{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], ${spec}}}`;
const asks = (amount: string): string => `resources: {requests: {storage: ${amount}}}`;

test("a bound claim may shrink down to what its volume has, and change its attributes class or take it back", () => {
  const bound = { phase: "Bound", capacity: { storage: "10Gi" } };
  const rows: readonly (readonly [string, string, unknown, readonly string[]])[] = [
    [asks("20Gi"), asks("15Gi"), bound, []],
    [asks("20Gi"), asks("10Gi"), bound, ["Forbidden spec.resources.requests.storage"]],
    [asks("10Gi"), asks("10737418240"), bound, []],
    [asks("1Gi"), asks("1073741824"), undefined, []],
    [
      `${asks("1Gi")}, volumeAttributesClassName: gold`,
      `${asks("1Gi")}, volumeAttributesClassName: iron`,
      undefined,
      ["Forbidden spec"],
    ],
    [asks("1Gi"), `${asks("1Gi")}, volumeAttributesClassName: iron`, bound, []],
    [`${asks("1Gi")}, volumeAttributesClassName: gold`, asks("1Gi"), bound, []],
    [asks("1Gi"), `${asks("1Gi")}, storageClassName: fast`, bound, []],
  ];
  for (const [old, next, status, want] of rows) {
    assert.deepEqual(judge(claim(old), claim(next), status), want, `${old} -> ${next}`);
  }
});

test("a storage class may move from its annotation into the field", () => {
  const annotated = (annotation: string, spec: string) =>
    `{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data, annotations: {${annotation}}}, spec: {accessModes: [ReadWriteOnce], ${asks("1Gi")}, ${spec}}}`;
  const slow = "volume.beta.kubernetes.io/storage-class: slow";
  const path = "metadata.annotations.volume.beta.kubernetes.io/storage-class";
  assert.deepEqual(judge(annotated(slow, ""), annotated("", "storageClassName: slow")), []);
  assert.deepEqual(judge(annotated(slow, ""), annotated(slow, "storageClassName: slow")), []);
  assert.deepEqual(judge(annotated(slow, ""), annotated("", "storageClassName: fast")), [
    "Forbidden spec",
    `Invalid ${path}`,
  ]);
  assert.deepEqual(judge(annotated(slow, ""), annotated("", "")), [`Invalid ${path}`]);
});

const pod = (spec: string, containers = "[{name: a, image: a:1}]"): string =>
  `{apiVersion: v1, kind: Pod, metadata: {name: web}, spec: {containers: ${containers}, ${spec}}}`;
const affinity = (terms: string): string =>
  `schedulingGates: [{name: a}], affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: ${terms}}}}`;

test("the server stops at containers that came or went and at a deadline that was put off", () => {
  const two = "[{name: a, image: a:1}, {name: b, image: b:1}]";
  assert.deepEqual(judge(pod("activeDeadlineSeconds: 9, nodeName: node-a"), pod("activeDeadlineSeconds: 10", two)), [
    "Forbidden spec.containers",
  ]);
  assert.deepEqual(
    judge(pod("activeDeadlineSeconds: 9, tolerations: [{operator: Exists}]"), pod("activeDeadlineSeconds: 10")),
    ["Invalid spec.activeDeadlineSeconds"],
  );
  assert.deepEqual(judge(pod("activeDeadlineSeconds: 9, nodeName: node-a"), pod("nodeName: node-b")), [
    "Forbidden spec",
    "Invalid spec.activeDeadlineSeconds",
  ]);
  assert.deepEqual(judge(pod("terminationGracePeriodSeconds: -5"), pod("terminationGracePeriodSeconds: 1")), []);
  assert.deepEqual(judge(pod("terminationGracePeriodSeconds: -5"), pod("terminationGracePeriodSeconds: 2")), [
    "Forbidden spec",
  ]);
});

test("rules for new Pods are not those for changed ones", () => {
  const gated = "schedulingGates: [{name: a}]";
  assert.deepEqual(judge(pod(gated), pod(`${gated}, nodeName: node-a`)), ["Forbidden spec"]);
  assert.deepEqual(judge(pod(""), pod("ephemeralContainers: [{name: e, image: e}]")), ["Forbidden spec"]);
});

test("a term that asks for nothing cannot be narrowed", () => {
  const path = "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0]";
  const one = "[{matchExpressions: [{key: a, operator: Exists}]}]";
  const both = "[{matchExpressions: [{key: a, operator: Exists}, {key: b, operator: Exists}]}]";
  assert.deepEqual(judge(pod(affinity("[{}]")), pod(affinity(one))), [`Invalid ${path}`]);
  assert.deepEqual(judge(pod(affinity(one)), pod(affinity(both))), []);
});

test("amounts that are equal are no change, however they are written", () => {
  const resources = (cpu: string, memory: string) =>
    `[{name: a, image: a:1, resources: {requests: {cpu: ${cpu}, memory: ${memory}}}}]`;
  assert.deepEqual(judge(pod("", resources("1", "1Gi")), pod("", resources("1e0", "1073741824"))), []);
  assert.deepEqual(judge(pod("", resources("1", "1Gi")), pod("", resources("1", "1G"))), ["Forbidden spec"]);
});

const job = (spec: string, name = "work"): string =>
  `{apiVersion: batch/v1, kind: Job, metadata: {name: ${name}}, spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: a}]}}, ${spec}}}`;

test("an Indexed Job without completions is told so once, and its name is not judged again", () => {
  const indexed = "completionMode: Indexed";
  assert.deepEqual(judge(job(`${indexed}, completions: 3, parallelism: 3`), job(`${indexed}, parallelism: 3`)), [
    "Required spec.completions",
  ]);
  assert.deepEqual(judge(job("parallelism: 3"), job(`${indexed}, completions: 3, parallelism: 3`)), [
    "Invalid spec.completionMode",
  ]);
  const name = "j".repeat(61);
  assert.deepEqual(
    judge(
      job(`${indexed}, completions: 9, parallelism: 9`, name),
      job(`${indexed}, completions: 99, parallelism: 99`, name),
    ),
    [],
  );
});

const cronJob = (spec: string, name = "nightly"): string =>
  `{apiVersion: batch/v1, kind: CronJob, metadata: {name: ${name}}, spec: {jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: a}]}}}}, ${spec}}}`;

test("a CronJob keeps a name and a zone from before the present rules", () => {
  const name = "c".repeat(53);
  const zone = 'schedule: "@daily", timeZone: Nowhere/Town';
  assert.deepEqual(judge(cronJob(zone, name), cronJob(`${zone}, suspend: true`, name)), []);
  assert.deepEqual(judge(cronJob(zone), cronJob('schedule: "@daily", timeZone: Else/Where')), [
    "Invalid spec.timeZone",
  ]);
  const prefixed = 'schedule: "TZ=UTC 0 0 * * *"';
  assert.deepEqual(judge(cronJob(prefixed), cronJob('schedule: "TZ=UTC 1 0 * * *"')), []);
  assert.deepEqual(judge(cronJob(prefixed), cronJob(`${prefixed}, timeZone: UTC`)), ["Invalid spec.schedule"]);
});

test("a Job's template moves only while the Job is suspended, and its amounts only while no Pod is active", () => {
  const job = (suspend: boolean, pod = "", container = "image: a", labels = "a: b"): string =>
    `{apiVersion: batch/v1, kind: Job, metadata: {name: once}, spec: {suspend: ${suspend}, template: {metadata: {labels: {${labels}}}, spec: {restartPolicy: Never, ${pod} containers: [{name: a, ${container}}]}}}}`;
  const startTime = "2031-04-05T06:07:08Z";
  const conditions = [{ type: "Suspended", status: "True" }];
  const moved = "nodeSelector: {disk: fast}, tolerations: [{operator: Exists}],";
  const resized = "image: a, resources: {requests: {cpu: 2}}";
  const whole = ["Invalid spec.template"];
  const pod = ["Invalid spec.template.spec"];
  const rows: readonly (readonly [boolean, unknown, readonly string[], readonly string[], readonly string[]])[] = [
    [true, {}, [], [], pod],
    [true, { startTime }, whole, whole, whole],
    [true, { startTime, conditions }, [], [], pod],
    [true, { startTime, conditions, active: 1 }, whole, whole, whole],
    [true, { active: 1 }, [], whole, whole],
    [false, { conditions }, whole, whole, whole],
    [false, {}, whole, whole, whole],
  ];
  for (const [suspend, status, move, resize, other] of rows) {
    const text = `${suspend} ${JSON.stringify(status)}`;
    assert.deepEqual(judge(job(suspend), job(true, moved), status), move, `${text} moved`);
    assert.deepEqual(judge(job(suspend), job(true, "", "image: a", "a: c"), status), move, `${text} relabelled`);
    assert.deepEqual(judge(job(suspend), job(true, "", resized), status), resize, `${text} resized`);
    assert.deepEqual(judge(job(suspend), job(true, "", "image: b"), status), other, `${text} other`);
    const peers =
      "affinity: {podAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, podAffinityTerm: {topologyKey: x}}]}},";
    assert.deepEqual(judge(job(suspend), job(true, peers), status), other, `${text} with peers`);
    assert.deepEqual(judge(job(suspend), job(true), status), [], `${text} same`);
  }
});
