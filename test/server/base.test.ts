import assert from "node:assert/strict";
import { test } from "node:test";
import { en } from "../../server/messages/en.ts";
import { readBase, type Way } from "../../server/service/base.ts";
import { diagnose } from "../../server/service/diagnose.ts";
import { openManifest } from "../../server/service/manifest.ts";
import { defaultSettings } from "../../server/service/settings.ts";

const open = (text: string) => openManifest("file:///a.yaml", "yaml", text);

function refused(old: string, next: string): string[] {
  const base = readBase(open(old));
  const context = { settings: defaultSettings, words: en, structureElsewhere: false, others: [], now: 0, base };
  return diagnose(open(next), context)
    .filter(({ severity }) => severity === "error")
    .map(({ range, code, message }) => `${range.start.line + 1}:${range.start.character + 1} ${code} ${message}`);
}

const stateful = `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec:
  replicas: 2
  serviceName: db
  podManagementPolicy: OrderedReady
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec: { containers: [{ name: db, image: "db:1" }] }
`;
const job = `apiVersion: batch/v1
kind: Job
metadata: { name: load }
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: load
          image: load:1
`;
const web = stateful
  .replace("StatefulSet", "Deployment")
  .replace("  serviceName: db\n  podManagementPolicy: OrderedReady\n", "")
  .replaceAll("db", "web");

test("a change that is allowed says nothing", () => {
  assert.deepEqual(refused(stateful, stateful), []);
  assert.deepEqual(refused(stateful, stateful.replace("replicas: 2", "replicas: 5").replace("db:1", "db:2")), []);
  assert.deepEqual(refused(web, web.replace("replicas: 2", "strategy: { type: Recreate }")), []);
});

test("another object, or one that is new, is not compared", () => {
  assert.deepEqual(refused(job, job.replace("name: load }", "name: load-2 }").replace("load:1", "load:2")), []);
  assert.deepEqual(refused(job, job.replace("name: load }", "name: load, namespace: b }").replace("load:1", "x")), []);
});

test("each field of a StatefulSet that may not change is marked, with the way out", () => {
  const next = stateful.replace("serviceName: db", "serviceName: sql").replace("OrderedReady", "Parallel");
  const wayOut = "Way out: `kubectl delete statefulset db --cascade=orphan`, then apply; its pods and claims stay.";
  assert.deepEqual(refused(stateful, next).toSorted(), [
    `6:16 immutable \`spec.serviceName\` cannot be changed on the existing StatefulSet \`db\`. ${wayOut}`,
    `7:24 immutable \`spec.podManagementPolicy\` cannot be changed on the existing StatefulSet \`db\`. ${wayOut}`,
  ]);
});

test("in a Job's template the very field is marked", () => {
  assert.deepEqual(refused(job, job.replace("load:1", "load:2")), [
    "10:18 immutable-part `spec.template.spec.containers[0].image` cannot be changed on the existing Job `load`. " +
      "Way out: another name for the new run, or `kubectl delete job load` and apply anew.",
  ]);
});

test("a selector that changes together with its labels", () => {
  const [found, ...more] = refused(web, web.replaceAll("app: web", "app: www"));
  assert.match(found ?? "", /^6:\d+ immutable `spec\.selector\.matchLabels\.app` cannot be changed/);
  assert.deepEqual(more, []);
});

test("what was only a default stays when a manifest is silent about it", () => {
  // The first one left completions at 1; applying the second one does not take that away.
  assert.deepEqual(refused(job, job.replace("spec:\n", "spec:\n  parallelism: 3\n")), []);
  assert.equal(refused(job.replace("spec:\n", "spec:\n  completions: 5\n"), job).length, 1);
});

test("a claim that is committed has been bound: it may grow, not shrink", () => {
  const claim = (storage: string) => `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data }
spec:
  accessModes: [ReadWriteOnce]
  resources: { requests: { storage: ${storage} } }
`;
  assert.deepEqual(refused(claim("5Gi"), claim("9Gi")), []);
  assert.match(refused(claim("5Gi"), claim("1Gi"))[0] ?? "", /^6:37 claim-shrinks /);
});

/** All that is said of a change, at any severity. */
function said(old: string, next: string, way: Way = "apply"): string[] {
  const context = {
    settings: defaultSettings,
    words: en,
    structureElsewhere: false,
    others: [],
    now: 0,
    base: readBase(open(old), way),
  };
  return diagnose(open(next), context).map(({ severity, code, problem }) => `${severity} ${code} ${problem.path}`);
}

test("a mistake of the new text hides no field that may not change, and none of the old one keeps it from being compared", () => {
  const changed = stateful.replace("serviceName: db", "serviceName: sql");
  assert.deepEqual(said(stateful, changed.replace("replicas: 2", "replicas: -2")), [
    "error negative spec.replicas",
    "error immutable spec.serviceName",
  ]);
  assert.deepEqual(said(stateful.replace("replicas: 2", "replicas: -2"), changed), [
    "error immutable spec.serviceName",
    "information service-missing spec.serviceName",
  ]);
});

test("what would be said only of a new object is not said of one that is there", () => {
  const zoned = (more: string) => `apiVersion: batch/v1
kind: CronJob
metadata: { name: report }
spec:
  schedule: TZ=UTC 0 6 * * *${more}
  jobTemplate: { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: report, image: "report:1" }] } } } }
`;
  assert.deepEqual(said("", zoned("")), ["error schedule-tz-in-schedule spec.schedule"]);
  const findings = said(zoned(""), zoned("\n  suspend: true"));
  assert.deepEqual(findings, [
    "warning zone-in-schedule cannot use TZ or CRON_TZ in spec.spec.schedule, use timeZone instead, see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details",
  ]);
});

test("what takes no effect and what stays depends on how the text is brought to the cluster", () => {
  const scaled = web.replace("replicas: 2", "replicas: 2\n  minReadySeconds: 5");
  const live = `${web}status: { replicas: 2 }\n`
    .replace("metadata: { name: web }", "metadata: { name: web, uid: 7b1c, resourceVersion: '9' }")
    .replace("replicas: 2\n  sel", "replicas: 2\n  minReadySeconds: 5\n  sel");
  for (const way of ["apply", "replace", "server-side"] as const) assert.deepEqual(said(scaled, web, way), []);
  // Nobody knows that the text before gave it: the object itself does not say so.
  assert.deepEqual(said(live, web, "apply"), ["information kept-from-before spec.minReadySeconds"]);
  assert.deepEqual(said(live, web, "replace"), []);
});

test("resources of a running Pod name the way that there is", () => {
  const pod = (cpu: string) => `apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { containers: [{ name: web, image: "web:1", resources: { requests: { cpu: ${cpu} } } }] }
`;
  assert.match(refused(pod("1"), pod("2"))[0] ?? "", /Way out: `kubectl replace --subresource resize`/);
});

test("what the server shows of an object was made by apply or create: server-side apply meets other managers", () => {
  const live = web.replace("metadata: { name: web }", "metadata: { name: web, uid: 7b1c }");
  const [found] = said(live, web.replace("web:1", "web:2"), "server-side");
  assert.match(found ?? "", /^error managed-by-another \.spec\.template\.spec\.containers/);
  assert.deepEqual(said(web, web.replace("web:1", "web:2"), "server-side"), []);
});
