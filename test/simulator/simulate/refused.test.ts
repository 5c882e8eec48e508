/** Templates that the API server takes although it refuses the pods made from them: a scenario in, what is told out. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ManifestObject } from "../../../simulator/api/objects.ts";
import { summarize } from "../../../simulator/insight/summary.ts";
import type { Trace } from "../../../simulator/trace.ts";
import { view } from "../../../simulator/view.ts";
import { run, scenario, workload } from "./help.ts";

type Kind = Parameters<typeof workload>[0];

const template = (image: string, spec: Readonly<Record<string, unknown>> = {}) => ({
  metadata: { labels: { app: "web" } },
  spec: { containers: [{ name: "app", image }], ...spec },
});

/** Each object is applied ten seconds after the one before it. */
function applied(...objects: readonly ManifestObject[]): Trace {
  return run(scenario(objects.map((object, index) => ({ at: index * 10_000, action: { do: "apply", object } }))));
}

/** What the controllers told of pods, random letters left out: the first `count` events. */
function told(trace: Trace, count: number, from = 0): readonly string[] {
  const lines = trace.entries.flatMap((one) =>
    one.type === "event" && one.time >= from && /Create$|Delete$/.test(one.reason)
      ? [`${one.time} ${one.reason} ${one.message.replaceAll(/\b(web|pi)(-[0-9])?(-[a-z0-9]{5})\b/g, "$1$2-*")}`]
      : [],
  );
  return lines.slice(0, count);
}

const why = (trace: Trace, kind: string, name = "web") =>
  summarize(trace, { kind, namespace: "default", name }).unfinished;

const blank = 'spec.containers[0].image: Invalid value: "app:1 ": must not have leading or trailing whitespace';
const refused = { code: "pods-refused", params: { message: blank } };

test("a ReplicaSet tries in vain ever more slowly, one pod at a time", () => {
  const trace = applied(workload("ReplicaSet", { replicas: 3, template: template("app:1 ") }));
  const line = (time: number) => `${time} FailedCreate Error creating: Pod "web-*" is invalid: ${blank}`;
  assert.deepEqual(told(trace, 6), [0, 0, 5, 25, 65, 145].map(line));
  // An hour of it is a handful of entries.
  assert.ok(trace.entries.length < 30);
  assert.equal(trace.entries.filter((one) => one.type === "object" && one.kind === "Pod").length, 0);
  assert.deepEqual(why(trace, "ReplicaSet"), refused);
});

test("a Deployment keeps the old pods, says ReplicaFailure and misses its deadline; a good image ends it", () => {
  const good = workload("Deployment", { replicas: 2, template: template("app:0") });
  const bad = workload("Deployment", { replicas: 2, template: template("app:1 ") });
  const stuck = applied(good, bad);
  const conditions = (trace: Trace, at: number) => view(trace, at).Deployment[0]?.state.conditions;
  const available = ["Available", "True", "MinimumReplicasAvailable"];
  const failure = ["ReplicaFailure", "True", "FailedCreate"];
  assert.deepEqual(conditions(stuck, 10_000), [available, ["Progressing", "True", "NewReplicaSetCreated"], failure]);
  assert.deepEqual(conditions(stuck, 611_000), [
    available,
    ["Progressing", "False", "ProgressDeadlineExceeded"],
    failure,
  ]);
  assert.equal(view(stuck, stuck.end).Pod.filter((pod) => pod.state.ready).length, 2);
  assert.deepEqual(why(stuck, "Deployment"), refused);

  const mended = applied(good, bad, workload("Deployment", { replicas: 2, template: template("app:2") }));
  assert.deepEqual(conditions(mended, 20_000), [available, ["Progressing", "True", "ReplicaSetUpdated"]]);
  assert.equal(why(mended, "Deployment"), null);
  assert.equal(mended.ending, "settled");
});

for (const policy of ["OrderedReady", "Parallel"]) {
  test(`a StatefulSet (${policy}) has its claim but not its pod`, () => {
    const volumeClaimTemplates = [
      {
        metadata: { name: "data" },
        spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
      },
    ];
    const spec = { replicas: 3, podManagementPolicy: policy, volumeClaimTemplates };
    const trace = applied(workload("StatefulSet", { ...spec, template: template("app:1 ") }));
    const line = `FailedCreate Create Pod web-0 in StatefulSet web failed error: Pod "web-0" is invalid: ${blank}`;
    assert.deepEqual(told(trace, 5), [
      "0 SuccessfulCreate Create Claim data-web-0 Pod web-0 in StatefulSet web success",
      ...[0, 0, 5, 25].map((time) => `${time} ${line}`),
    ]);
    assert.deepEqual(why(trace, "StatefulSet"), refused);
  });
}

test("the label of a StatefulSet's revision is its name and a hash: a name may be too long for pods alone", () => {
  const named = (length: number) => ({ ...workload("StatefulSet"), metadata: { name: "s".repeat(length) } });
  const name = "s".repeat(60);
  assert.match(
    told(applied(named(60)), 1)[0] ?? "",
    new RegExp(
      `Pod "${name}-0" is invalid: metadata.labels: Invalid value: "${name}-\\w+": must be no more than 63 bytes$`,
    ),
  );
  const [both = ""] = told(applied(named(63)), 1);
  assert.match(
    both,
    /is invalid: \[metadata.labels: .*, spec.hostname: Invalid value: "s{63}-0": must be no more than 63 characters\]$/,
  );
  assert.equal(why(applied(named(52)), "StatefulSet", "s".repeat(52)), null);
});

for (const [rollingUpdate, current] of [
  [{ maxUnavailable: 1 }, 0],
  [{ maxSurge: 1, maxUnavailable: 0 }, 1],
] as const) {
  test(`a DaemonSet whose new pods are refused, ${JSON.stringify(rollingUpdate)}`, () => {
    const daemon = (image: string) =>
      workload("DaemonSet", { updateStrategy: { type: "RollingUpdate", rollingUpdate }, template: template(image) });
    const trace = applied(daemon("app:0"), daemon("app:1 "));
    const lines = told(trace, 4, 10_000).filter((one) => !one.includes("Deleted"));
    for (const one of lines) assert.match(one, /FailedCreate Error creating: Pod "web-\*" is invalid: spec.containers/);
    const { state } = view(trace, trace.end).DaemonSet[0]!;
    assert.deepEqual([state.current, state.upToDate], [current, 0]);
    assert.deepEqual(why(trace, "DaemonSet"), refused);
    assert.equal(why(applied(daemon("app:0"), daemon("app:1 "), daemon("app:2")), "DaemonSet"), null);
    assert.equal(why(applied(daemon("app:0"), daemon("app:1 "), daemon("app:0")), "DaemonSet"), null);
  });
}

function job(name: string, spec: Readonly<Record<string, unknown>>, image: string): ManifestObject {
  const pod = { restartPolicy: "Never", containers: [{ name: "app", image }] };
  return { apiVersion: "batch/v1", kind: "Job", metadata: { name }, spec: { ...spec, template: { spec: pod } } };
}

test("a Job tries again after 1 s, 2 s, 4 s ... and its deadline still ends it", () => {
  const trace = applied(job("pi", { parallelism: 2, completions: 2 }, "app:1 "));
  const line = `FailedCreate Error creating: Pod "pi-*" is invalid: ${blank}`;
  assert.deepEqual(
    told(trace, 5),
    [0, 1000, 3000, 7000, 15_000].map((time) => `${time} ${line}`),
  );
  assert.equal(view(trace, trace.end).Job[0]?.state.active, 0);
  assert.deepEqual(why(trace, "Job", "pi"), refused);
  const late = applied(job("pi", { activeDeadlineSeconds: 30 }, "app:1 "));
  assert.deepEqual(why(late, "Job", "pi"), { code: "job-failed", params: { reason: "DeadlineExceeded", failed: 0 } });
});

test("whatever else only Pods are held to", () => {
  const constraint = {
    maxSkew: 1,
    topologyKey: "kubernetes.io/hostname",
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels: { app: "web" } },
  };
  const answers: readonly (readonly [Readonly<Record<string, unknown>>, string | null])[] = [
    [
      { nodeName: "n1", schedulingGates: [{ name: "example.com/gate" }] },
      "spec.nodeName: Forbidden: cannot be set until all schedulingGates have been cleared",
    ],
    [
      { topologySpreadConstraints: [{ ...constraint, matchLabelKeys: ["app"] }] },
      'spec.topologySpreadConstraints[0][0]: Invalid value: "app": exists in both matchLabelKeys and labelSelector',
    ],
    [{ topologySpreadConstraints: [{ ...constraint, matchLabelKeys: ["pod-template-hash"] }] }, null],
    [{ volumes: [{ name: "model", image: {} }] }, "spec.volumes[0].image.reference: Required value"],
    // The account that a token is for is filled in before the Pod is judged.
    [{ volumes: [{ name: "token", projected: { sources: [{ serviceAccountToken: { path: "token" } }] } }] }, null],
    [{ hostNetwork: true, containers: [{ name: "app", image: "app:1", ports: [{ containerPort: 80 }] }] }, null],
    [
      { initContainers: [{ name: "init", image: "\tinit" }] },
      'spec.initContainers[0].image: Invalid value: "\\tinit": must not have leading or trailing whitespace',
    ],
  ];
  for (const kind of ["ReplicaSet", "Deployment", "StatefulSet"] satisfies readonly Kind[]) {
    for (const [spec, answer] of answers) {
      const found = why(applied(workload(kind, { template: template("app:1", spec) })), kind);
      assert.deepEqual(found?.params["message"] ?? null, answer, `${kind} ${JSON.stringify(spec)}`);
    }
  }
});
