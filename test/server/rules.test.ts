import assert from "node:assert/strict";
import { test } from "node:test";
import { en } from "../../server/messages/en.ts";
import { diagnose } from "../../server/service/diagnose.ts";
import { openManifest } from "../../server/service/manifest.ts";
import { defaultSettings } from "../../server/service/settings.ts";

function advice(text: string, runs = false): string[] {
  const context = {
    runs,
    settings: defaultSettings,
    words: en,
    structureElsewhere: false,
    others: [],
    now: Date.UTC(2026, 0, 1),
  };
  return diagnose(openManifest("file:///a.yaml", "yaml", text), context).map(
    ({ range, severity, code }) => `${range.start.line + 1}:${range.start.character + 1} ${severity} ${code}`,
  );
}

const stateful = `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec:
  serviceName: db
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec: { containers: [{ name: db, image: db, ports: [{ name: sql, containerPort: 3306 }] }] }
`;
const service = (spec: string) => `---\napiVersion: v1\nkind: Service\nmetadata: { name: db }\nspec: ${spec}\n`;

test("a StatefulSet and its Service", () => {
  assert.deepEqual(advice(stateful), ["5:16 information service-missing"]);
  assert.deepEqual(
    advice(stateful + service("{ clusterIP: None, selector: { app: db }, ports: [{ port: 3306 }] }")),
    [],
  );
  assert.deepEqual(advice(stateful + service("{ selector: { app: db }, ports: [{ port: 3306 }] }")), [
    "5:16 information service-not-headless",
  ]);
  assert.deepEqual(advice(stateful + service("{ clusterIP: None, selector: { app: dd }, ports: [{ port: 3306 }] }")), [
    "5:16 warning service-selects-others",
  ]);
});

test("a Service that asks for a port which its pods do not have", () => {
  const ports = "{ clusterIP: None, selector: { app: db }, ports: [{ port: 1, targetPort: web }] }";
  assert.deepEqual(advice(stateful + service(ports)), ["14:80 warning target-port-unnamed"]);
});

test("two controllers that select each other's pods", () => {
  const deployment = (name: string) => `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: web }] }
`;
  assert.deepEqual(advice(deployment("one")), []);
  assert.deepEqual(advice(deployment("one") + deployment("two")), [
    "6:3 information selector-overlap",
    "15:3 information selector-overlap",
  ]);
});

test("a schedule without a date, and texts that are none of ours", () => {
  const cron = `apiVersion: batch/v1
kind: CronJob
metadata: { name: never }
spec:
  schedule: "0 0 30 2 *"
  jobTemplate: { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: a, image: a }] } } } }
`;
  assert.deepEqual(advice(cron), ["5:13 warning schedule-never"]);
  assert.deepEqual(advice(cron.replace("never", "{{ .Release.Name }}")), []);
  assert.deepEqual(advice("services:\n  web: { image: nginx }\n"), []);
  assert.deepEqual(advice("apiVersion: example.com/v1\nkind: Deployment\nspec: 3\n"), []);
});

test("a volume that a variable is read from is used", () => {
  const pod = (variable: string) => `apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers: [{ name: web, image: web, env: [{ name: MODE, ${variable} }] }]
  volumes: [{ name: data, emptyDir: {} }]
`;
  assert.deepEqual(advice(pod("value: a")), ["6:21 hint volume-unused"]);
  assert.deepEqual(advice(pod("valueFrom: { fileKeyRef: { volumeName: data, path: env, key: MODE } }")), []);
});

const shop = (name: string, labels: string, namespace = "") => `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}${namespace} }
spec:
  selector: { matchLabels: { ${labels} } }
  template:
    metadata: { labels: { ${labels} } }
    spec: { containers: [{ name: web, image: web }] }
`;
const selects = (selector: string) => service(`{ selector: { ${selector} }, ports: [{ port: 80 }] }`);

test("a Service that nearly selects the pods of a workload", () => {
  const found = (at: string) => [`${at} information service-selects-nothing`];
  assert.deepEqual(advice(shop("front", "app: front") + selects("app: fronnt")), found("14:26"));
  assert.deepEqual(advice(shop("front", "app: front") + selects("name: front")), found("14:21"));
  assert.deepEqual(advice(shop("front", "app: front, tier: web") + selects("app: front, tier: Web")), found("14:39"));
  // The same name tells that the two belong together.
  assert.deepEqual(advice(shop("db", "app: storage") + selects("app: db")), found("14:26"));
  // A workload that is selected, in this file or another, is all it needs; what is not near may be elsewhere.
  assert.deepEqual(advice(shop("a", "app: fronnt") + shop("b", "app: front") + selects("app: front")), []);
  assert.deepEqual(advice(shop("front", "app: front") + selects("app: storage")), []);
  assert.deepEqual(advice(shop("front", "app: front, version: v1") + selects("app: front, version: v2")), []);
  assert.deepEqual(advice(shop("front", "app: front, tier: web") + selects("app: fronnt, tier: Web")), []);
  assert.deepEqual(advice(shop("front", "app: front", ", namespace: other") + selects("app: fronnt")), []);
  assert.deepEqual(advice(shop("front", "app: front") + selects("app: front, pod-template-hash: abc")), []);
  assert.deepEqual(advice(selects("app: front")), []);
});

test("node ports outside the default range", () => {
  const ports =
    "ports: [{ name: a, port: 1, nodePort: 30000 }, { name: b, port: 2, nodePort: 32768 }, { name: c, port: 3 }]";
  assert.deepEqual(advice(service(`{ type: NodePort, selector: { app: a }, ${ports} }`)), [
    "5:124 information node-port-outside-range",
  ]);
});

test("the same object twice in a file", () => {
  const one = shop("front", "app: front");
  assert.deepEqual(advice(one + shop("back", "app: back") + one), ["22:19 warning object-repeated"]);
  assert.deepEqual(advice(one + shop("front", "app: front", ", namespace: other")), []);
  const claim =
    "---\napiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: data }\nspec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }\n";
  assert.deepEqual(advice(claim + claim), ["9:19 warning object-repeated"]);
  const pods =
    "---\napiVersion: v1\nkind: Pod\nmetadata: { generateName: a- }\nspec: { containers: [{ name: a, image: a }] }\n";
  assert.deepEqual(advice(pods + pods), []);
});

test("runs of one minute share a Job, so only what outlasts the minute overlaps", () => {
  const cron = (schedule: string, pods: number) => `apiVersion: batch/v1
kind: CronJob
metadata: { name: report }
spec:
  schedule: "${schedule}"
  jobTemplate:
    spec: { parallelism: 1, completions: ${pods}, template: { spec: { restartPolicy: Never, containers: [{ name: a, image: a }] } } }
`;
  const found = ["5:13 information schedule-overlap"];
  assert.deepEqual(advice(cron("@every 20s", 1), true), []);
  assert.deepEqual(advice(cron("@every 20s", 2), true), found);
  assert.deepEqual(advice(cron("@every 1s", 1), true), []);
  // Of the runs at 180 s and 225 s only the first makes a Job: from there it is 90 s to the next one.
  assert.deepEqual(advice(cron("@every 45s", 2), true), []);
  assert.deepEqual(advice(cron("@every 45s", 3), true), found);
});
