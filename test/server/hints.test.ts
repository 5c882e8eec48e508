// What values come to stands inside of the text, each sort as long as its setting is on.
import assert from "node:assert/strict";
import { test } from "node:test";
import { en } from "../../server/messages/en.ts";
import { ko } from "../../server/messages/ko.ts";
import { inlayHint } from "../../server/service/requests/inlay-hint.ts";
import { defaultSettings, readSettings } from "../../server/service/settings.ts";
import { ask, opened } from "./lib/asked.ts";

const text = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  strategy:
    rollingUpdate: { maxSurge: 25%, maxUnavailable: 40% }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: # all
        - name: main
          image: web:1
          resources: { requests: { cpu: 250m, memory: 64Mi } }
          readinessProbe:
            httpGet: { port: 80 }
            periodSeconds: 5
          startupProbe: { httpGet: { port: 80 }, initialDelaySeconds: 10, failureThreshold: 30 }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web }
spec: { minAvailable: 50%, selector: { matchLabels: { app: web } } }
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly }
spec:
  schedule: "0 7 * * *"
  jobTemplate:
    spec:
      template:
        spec: { restartPolicy: Never, containers: [{ name: main, image: "a:1" }] }
`;

async function shown(
  settings: object = {},
  words = en,
  lines: readonly [number, number] = [0, 100],
): Promise<readonly string[]> {
  const preferences = { settings: { ...defaultSettings, hints: readSettings({ inlayHints: settings }).hints } };
  const range = { start: { line: lines[0], character: 0 }, end: { line: lines[1], character: 0 } };
  const hints = await ask(inlayHint, opened(text, { words, preferences }), { range });
  return hints.map(({ position: { line, character }, label }) => {
    const written = text.split("\n")[line] ?? "";
    return `${line + 1} ${written.slice(0, character).trimStart()}«${label}»${written.slice(character)}`;
  });
}

test("percentages, requests, probes and schedules, behind what they are about", async () => {
  assert.deepEqual(await shown(), [
    "8 rollingUpdate: { maxSurge: 25%«= 1 pod (0.75, up)», maxUnavailable: 40% }",
    "8 rollingUpdate: { maxSurge: 25%, maxUnavailable: 40%«= 1 pod (1.2, down)» }",
    "12 containers: # all«Burstable, requests cpu 250m, memory 64Mi»",
    "16 readinessProbe:«unready after 15 s»",
    "19 startupProbe: { httpGet: { port: 80 }, initialDelaySeconds: 10, failureThreshold: 30 }«fails after 310 s»",
    "24 spec: { minAvailable: 50%«= 2 pods (1.5, up)», selector: { matchLabels: { app: web } } }",
    '30 schedule: "0 7 * * *"«next run in 7 h»',
    '34 spec: { restartPolicy: Never, containers: [{ name: main, image: "a:1" }] }«BestEffort, requests nothing»',
  ]);
});

test("the same in Korean", async () => {
  assert.deepEqual(await shown({}, ko, [7, 15]), [
    "8 rollingUpdate: { maxSurge: 25%«= 파드 1개 (0.75 올림)», maxUnavailable: 40% }",
    "8 rollingUpdate: { maxSurge: 25%, maxUnavailable: 40%«= 파드 1개 (1.2 내림)» }",
    "12 containers: # all«Burstable, 요청 cpu 250m, memory 64Mi»",
    "16 readinessProbe:«15초 뒤 준비 안 됨»",
  ]);
});

test("each sort can be switched off, and defaults on", async () => {
  const off = { percentages: false, schedules: false, resources: false, probes: false };
  assert.deepEqual(await shown(off), []);
  assert.deepEqual(await shown({ ...off, probes: true }, en, [0, 17]), ["16 readinessProbe:«unready after 15 s»"]);
  assert.deepEqual(await shown({ ...off, defaults: true }, en, [0, 16]), [
    "4 spec:«default revisionHistoryLimit: 10, progressDeadlineSeconds: 600»",
    "7 strategy:«default type: RollingUpdate»",
    "11 spec:«default dnsPolicy: ClusterFirst, restartPolicy: Always, terminationGracePeriodSeconds: 30, schedulerName: default-scheduler»",
    "13 - name: main«default imagePullPolicy: IfNotPresent, terminationMessagePath: /dev/termination-log, terminationMessagePolicy: File»",
    "16 readinessProbe:«default timeoutSeconds: 1, successThreshold: 1, failureThreshold: 3»",
    "17 httpGet: { port: 80 }«default path: /, scheme: HTTP»",
  ]);
});
