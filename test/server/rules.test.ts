import assert from "node:assert/strict";
import { test } from "node:test";
import { en } from "../../server/messages/en.ts";
import { diagnose } from "../../server/service/diagnose.ts";
import { openManifest } from "../../server/service/manifest.ts";
import { defaultSettings } from "../../server/service/settings.ts";

function advice(text: string): string[] {
  const context = {
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
    "5:16 warning service-not-headless",
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
    "6:3 warning selector-overlap",
    "15:3 warning selector-overlap",
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
