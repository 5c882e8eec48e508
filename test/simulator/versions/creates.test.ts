/** What versions of Kubernetes say of one manifest: text in, a finding or a field out. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseManifest } from "../../../server/yaml/parse.ts";
import { admit } from "../../../simulator/api/admit.ts";
import { type Target, targets } from "../../../simulator/api/target.ts";
import { admitUpdate } from "../../../simulator/api/update.ts";

const manifestIn = (text: string) => parseManifest(text)[0]?.value;

function found(text: string, target: Target): string[] {
  const { problems } = admit(manifestIn(text), target);
  return [...new Set(problems.map(({ reason, path }) => `${reason.replace("FieldValue", "")} ${path}`))].sort();
}

/** What each version finds, from 1.34 to 1.37. */
const inAll = (text: string): readonly (readonly string[])[] => targets.map((target) => found(text, target));

/** The spec as each version stores it. */
const specs = (text: string) => targets.map((target) => admit(manifestIn(text), target).object?.spec);

const pod = (spec: string, containers = "containers: [{name: web, image: nginx}]") =>
  `{apiVersion: v1, kind: Pod, metadata: {name: web}, spec: {${containers}${spec === "" ? "" : `, ${spec}`}}}`;
const stateful = (spec: string) =>
  `{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: db}, spec: {selector: {matchLabels: {app: db}}, ${spec}, template: {metadata: {labels: {app: db}}, spec: {containers: [{name: db, image: mysql}]}}}}`;
const cronJob = (rest: string) => `{apiVersion: batch/v1, kind: CronJob, metadata: {name: tide}${rest}}`;

test("a field that a version knows but has switched off goes in silence, with what is wrong in it", () => {
  const text = pod("hostnameOverride: Not_A_Name");
  assert.deepEqual(inAll(text), [[], ...Array(3).fill(["Invalid spec.hostnameOverride"])]);
  assert.equal((specs(text)[0] as Record<string, unknown>)["hostnameOverride"], undefined);
});

test("what is switched off is decoded all the same", () => {
  assert.deepEqual(found(pod("schedulingGroup: {podGroupNmae: a}"), "1.37"), [
    "UnknownField spec.schedulingGroup.podGroupNmae",
  ]);
  assert.deepEqual(found(pod("evictionResponders: 3"), "1.37"), ["Malformed spec.evictionResponders"]);
});

test("a field of another version is told from one that there is in none", () => {
  const told = (text: string, target: Target) =>
    admit(manifestIn(text), target).problems.map(({ code, params }) => [code, params["versions"]]);
  assert.deepEqual(told(pod("evictionResponders: []"), "1.36"), [["field-of-another-version", ["1.37"]]]);
  assert.deepEqual(told(pod("workloadRef: {}"), "1.37"), [["field-of-another-version", ["1.35"]]]);
  assert.deepEqual(told(pod("replica: 1"), "1.37"), [["unknown-field", undefined]]);
});

test("1.34 takes volumes of images away with their mounts, and restart policies but those of sidecars", () => {
  const containers = `volumes: [{name: model, image: {reference: a:1}}, {name: data, emptyDir: {}}],
    initContainers: [{name: side, image: a, restartPolicy: Always}, {name: init, image: a, restartPolicy: Never}],
    containers: [{name: web, image: a, restartPolicy: Never, volumeMounts: [{name: model, mountPath: /m}, {name: data, mountPath: /d}]}]`;
  const [old, ...others] = specs(pod("", containers)) as {
    volumes: { name: string }[];
    initContainers: { restartPolicy?: string }[];
    containers: { restartPolicy?: string; volumeMounts: { name: string }[] }[];
  }[];
  assert.deepEqual(
    old?.volumes.map(({ name }) => name),
    ["data"],
  );
  assert.deepEqual(
    old?.containers[0]?.volumeMounts.map(({ name }) => name),
    ["data"],
  );
  assert.deepEqual(
    old?.initContainers.map((one) => one.restartPolicy),
    ["Always", undefined],
  );
  assert.equal(old?.containers[0]?.restartPolicy, undefined);
  for (const one of others) {
    assert.deepEqual(
      one.volumes.map(({ name }) => name),
      ["model", "data"],
    );
    assert.equal(one.containers[0]?.restartPolicy, "Never");
  }
});

test("from 1.37 on a StatefulSet may say how many pods it can spare: one where it says nothing", () => {
  const rolling = (text: string) =>
    specs(stateful(text)).map(
      (spec) => (spec?.["updateStrategy"] as { rollingUpdate?: unknown } | undefined)?.rollingUpdate,
    );
  const three = { partition: 0 };
  assert.deepEqual(rolling("replicas: 3"), [three, three, three, { partition: 0, maxUnavailable: 1 }]);
  const given = "updateStrategy: {rollingUpdate: {maxUnavailable: 50%}}";
  assert.deepEqual(rolling(given), [three, three, three, { partition: 0, maxUnavailable: "50%" }]);
  assert.deepEqual(rolling("updateStrategy: {type: RollingUpdate}"), Array(4).fill(undefined));
  for (const wrong of ["0", "-1", "0%", "101%", "'7'"]) {
    const text = stateful(`updateStrategy: {rollingUpdate: {maxUnavailable: ${wrong}}}`);
    assert.deepEqual(inAll(text), [[], [], [], ["Invalid spec.updateStrategy.rollingUpdate.maxUnavailable"]], wrong);
  }
});

test("what may not change of a StatefulSet is one finding up to 1.36, and one for each field from then on", () => {
  const [old, next] = ["serviceName: a, podManagementPolicy: Parallel", "serviceName: B_, replicas: 2"].map((text) =>
    manifestIn(stateful(text)),
  );
  const changes = targets.map((target) =>
    admitUpdate(old, next, target).problems.map(({ reason, path }) => `${reason} ${path}`),
  );
  assert.deepEqual(changes[2], ["FieldValueForbidden spec"]);
  assert.deepEqual(changes[3], ["FieldValueInvalid spec.serviceName", "FieldValueInvalid spec.podManagementPolicy"]);
});

test("the schedule of a CronJob without a spec is not missed from 1.37 on, only what its template lacks", () => {
  const template = ["containers", "restartPolicy"].map((key) => `Required spec.jobTemplate.spec.template.spec.${key}`);
  const all = [...template, "Required spec.schedule"];
  assert.deepEqual(inAll(cronJob("")), [all, all, all, template]);
  assert.deepEqual(inAll(cronJob(", spec: null"))[3], template);
  assert.deepEqual(inAll(cronJob(", spec: {}"))[3], all);
});

test("addresses that can be read any which way are warned of up to 1.35 and refused from then on", () => {
  const text = pod("hostAliases: [{ip: 010.0.0.1}, {ip: '::ffff:1.2.3.4'}, {ip: '2001:DB8::1'}]");
  const paths = [0, 1].map((index) => `Invalid spec.hostAliases[${index}].ip`);
  assert.deepEqual(inAll(text), [[], [], paths, paths]);
  const warned = targets.map((target) => admit(manifestIn(text), target).warnings.map(({ code }) => code));
  assert.deepEqual(warned[0], ["address-not-standard", "address-not-standard", "ipv6-not-canonical"]);
  const ranges = `{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {type: LoadBalancer, ports: [{port: 1}], loadBalancerSourceRanges: [10.0.0.1/8]}}`;
  assert.deepEqual(inAll(ranges), [[], [], ...Array(2).fill(["Invalid spec.LoadBalancerSourceRanges[0]"])]);
  assert.deepEqual(
    admit(manifestIn(ranges), "1.35").warnings.map(({ path }) => path),
    ["spec.loadBalancerSourceRanges[0]"],
  );
});

test("a negative grace period is 1 in a Pod and stays as it is in a template", () => {
  for (const spec of specs(pod("terminationGracePeriodSeconds: -5"))) {
    assert.equal(spec?.["terminationGracePeriodSeconds"], 1);
  }
});

test("an autoscaler may come down to nothing from 1.37 on, where something tells it to get up again", () => {
  const scaler = (metric: string) =>
    `{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: web}, spec: {scaleTargetRef: {kind: Deployment, name: web}, minReplicas: 0, maxReplicas: 3, metrics: [${metric}]}}`;
  const queue = "{type: External, external: {metric: {name: queue}, target: {type: Value, value: 30}}}";
  assert.deepEqual(inAll(scaler(queue)), [...Array(3).fill(["Invalid spec.minReplicas"]), []]);
  const cpu = "{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 60}}}";
  assert.deepEqual(inAll(scaler(cpu))[3], ["Forbidden spec.metrics"]);
});

test("bundles of trust and certificates for pods are judged from 1.37 on", () => {
  const projected = (source: string) => pod(`volumes: [{name: tls, projected: {sources: [${source}]}}]`);
  const at = "spec.volumes[0].projected.sources[0]";
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ["{clusterTrustBundle: {name: 'a.example:s:ca', path: ca.pem}}", []],
    [
      "{clusterTrustBundle: {name: '', path: ''}}",
      ["Invalid .clusterTrustBundle.name", "Required .clusterTrustBundle.name", "Required .clusterTrustBundle.path"],
    ],
    ["{clusterTrustBundle: {path: /ca.pem}}", ["Invalid .clusterTrustBundle.path", "Required .clusterTrustBundle"]],
    ["{clusterTrustBundle: {signerName: a/b, path: ca.pem}}", ["Invalid .clusterTrustBundle.signerName"]],
    [
      "{podCertificate: {signerName: a.example/s, keyType: ED25519, keyPath: k, maxExpirationSeconds: 7862401}}",
      ["Invalid .podCertificate.maxExpirationSeconds"],
    ],
    [
      "{podCertificate: {signerName: kubernetes.io/s, keyType: ED25519, keyPath: k, maxExpirationSeconds: 86401}}",
      ["Invalid .podCertificate.maxExpirationSeconds"],
    ],
    ["{podCertificate: {keyType: ED25519, keyPath: k}}", ["Required .podCertificate.signerName"]],
  ];
  for (const [source, want] of rows) {
    const [old, , , latest] = inAll(projected(source));
    assert.deepEqual(old, [], source);
    const named = want.map((one) => one.replace(" .", ` ${at}.`)).sort();
    assert.deepEqual(latest, named, source);
  }
});

test("what one version makes of a manifest does not depend on which was asked before", () => {
  const texts = [pod("hostnameOverride: a"), stateful("replicas: 2"), cronJob(""), pod("workloadRef: {}")];
  const answers = (order: readonly Target[]) =>
    new Map(order.map((target) => [target, texts.map((text) => admit(manifestIn(text), target))]));
  const [forth, back] = [answers(targets), answers(targets.toReversed())];
  for (const target of targets) assert.deepEqual(forth.get(target), back.get(target), target);
});
