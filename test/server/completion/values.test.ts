/** Values as they are offered, and what else of the text changes with them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { at } from "./at-cursor.ts";

test("a kind brings the version that serves it", () => {
  assert.equal(at("kind: D|").accept("Deployment"), "apiVersion: apps/v1\nkind: Deployment");
  assert.equal(at("apiVersion: v1\nkind: |").accept("CronJob"), "apiVersion: batch/v1\nkind: CronJob");
  assert.equal(at("kind: Dep|\napiVersion:\n").accept("Deployment"), "kind: Deployment\napiVersion: apps/v1\n");
  assert.equal(at('{ "kind": "|" }').accept("Job"), '{ "apiVersion": "batch/v1", "kind": "Job" }');
  assert.equal(at("kind: CronJob\napiVersion: |").labels.join(), "batch/v1");
});

test("pods are restarted as their kind allows", () => {
  const policy = (kind: string, path: string) => at(`kind: ${kind}\n${path}restartPolicy: |`).labels;
  assert.deepEqual(policy("Pod", "spec:\n  "), ["Always", "OnFailure", "Never"]);
  assert.deepEqual(policy("Job", "spec:\n  template:\n    spec:\n      "), ["OnFailure", "Never"]);
  assert.deepEqual(policy("Deployment", "spec:\n  template:\n    spec:\n      "), ["Always"]);
});

test("a value replaces what stands there, keeps the quotes and the comment", () => {
  const policy = "kind: Pod\nspec:\n  containers:\n    - imagePullPolicy: ";
  assert.equal(at(`${policy}Al|ways # why`).accept("Never"), `${policy}Never # why`);
  assert.equal(at(`${policy}"Al|"`).accept("Never"), `${policy}"Never"`);
  assert.equal(at(`${policy.trimEnd()}|`).accept("Never"), `${policy}Never`);
});

test("values of lists stand behind a dash of their own", () => {
  const claim = "kind: PersistentVolumeClaim\nspec:\n  accessModes:";
  assert.equal(at(`${claim} |`).accept("ReadWriteOnce"), `${claim}\n    - ReadWriteOnce`);
  assert.equal(at(`${claim}\n    - |`).accept("ReadWriteMany"), `${claim}\n    - ReadWriteMany`);
  assert.equal(at(`${claim} [|]`).accept("ReadWriteMany"), `${claim} [ReadWriteMany]`);
});

const shop = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 3
  selector:
    matchLabels:
      app: web
  strategy:
    rollingUpdate:
      maxSurge: 1
  template:
    metadata:
      labels:
        app: web
        tier: front
    spec:
      volumes:
        - name: data
          emptyDir: {}
      containers:
        - name: web
          image: nginx:1.27
          ports:
            - name: http
              containerPort: 80
          tty: true
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings }
data: { mode: fast }
`;
const detailed = (text: string) => at(text).items.map(({ label, detail }) => `${label} (${detail})`);
const inShop = (from: string, to: string) => shop.replace(from, to);
const inContainer = (lines: string) => inShop("          tty: true", lines.replaceAll(/^/gm, "          "));

test("a bound says how many pods it comes to, by the arithmetic of its controller", () => {
  assert.deepEqual(detailed(inShop("maxSurge: 1", "maxSurge: |")).slice(0, 3), [
    "25% (1 of 3 pods)",
    "50% (2 of 3 pods)",
    "1 (1 of 3 pods)",
  ]);
  assert.equal(detailed(inShop("maxSurge: 1", "maxUnavailable: |"))[0], "25% (0 of 3 pods)");
  const budget = "---\nkind: PodDisruptionBudget\nspec:\n  selector: { matchLabels: { app: web } }\n  minAvailable: |";
  assert.equal(detailed(shop + budget)[1], "50% (2 of 3 pods)");
});

test("labels come from what they have to match, on both sides", () => {
  assert.deepEqual(at(inShop("      app: web\n", "      |\n")).labels, ["app: web", "tier: front"]);
  assert.deepEqual(at(inShop("app: web\n        tier: front", "|")).labels.slice(0, 1), ["app: web"]);
  const service = `${shop}---\nkind: Service\nspec:\n  selector:\n    |`;
  assert.equal(detailed(service)[0], "app: web (a label of the pods of Deployment web)");
  assert.equal(at(service).accept("tier: front"), service.replace("|", "tier: front"));
});

test("names come from the pod, the file and the installation", () => {
  assert.deepEqual(at(inContainer("volumeMounts:\n  - name: |")).labels, ["data"]);
  assert.deepEqual(at(inContainer("livenessProbe:\n  httpGet:\n    port: |")).labels, ["http", "80"]);
  assert.deepEqual(at(inContainer("envFrom:\n  - configMapRef:\n      name: |")).labels, ["settings"]);
  const key = "env:\n  - name: A\n    valueFrom:\n      configMapKeyRef:\n        name: settings\n        key: |";
  assert.deepEqual(detailed(inContainer(key)), ["mode (ConfigMap settings)"]);
  assert.deepEqual(at(`${shop}---\nkind: Service\nspec:\n  ports:\n    - targetPort: |`).labels, ["http", "80"]);
  assert.deepEqual(at(`${shop}---\nkind: Pod\nspec:\n  containers:\n    - image: |`).labels, ["nginx:1.27"]);
  const autoscaler = "kind: HorizontalPodAutoscaler\nspec:\n  scaleTargetRef:\n    kind: Deployment\n    name: |";
  assert.deepEqual(at(`${shop}---\n${autoscaler}`).labels, ["web"]);
});

test("a schedule is said in words and with its next runs; what is written already comes first", () => {
  const cron = at("kind: CronJob\nspec:\n  timeZone: Asia/Seoul\n  schedule: '5 4 * * *|'");
  assert.deepEqual([cron.items[0]?.label, cron.items[0]?.detail], ["5 4 * * *", "At 04:05"]);
  assert.match(cron.items[0]?.documentation ?? "", /\(Asia\/Seoul\):\n\* 2026-01-02 04:05\n/);
  assert.equal(
    at("kind: CronJob\nspec:\n  schedule: |").accept("0 0 * * *"),
    'kind: CronJob\nspec:\n  schedule: "0 0 * * *"',
  );
  assert.ok(at("kind: CronJob\nspec:\n  timeZone: Eu|").labels.includes("Europe/Berlin"));
});

test("amounts are those of what is asked for", () => {
  const requests = "resources:\n  requests:\n    ";
  assert.deepEqual(at(inContainer(`${requests}|`)).labels, ["cpu", "memory", "ephemeral-storage"]);
  assert.equal(at(inContainer(`${requests}cpu: |`)).labels[1], "250m");
  assert.equal(
    at("kind: PersistentVolumeClaim\nspec:\n  resources:\n    requests:\n      storage: |").labels[0],
    "1Gi",
  );
});
