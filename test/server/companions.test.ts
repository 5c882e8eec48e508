/** What can be added for a workload, and what the file says of the result. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { en } from "../../server/messages/en.ts";
import { diagnose } from "../../server/service/diagnose.ts";
import { openManifest } from "../../server/service/manifest.ts";
import { companionsAt } from "../../server/service/refactor/companions.ts";
import { movesAt } from "../../server/service/refactor/move-value.ts";
import { defaultSettings } from "../../server/service/settings.ts";
import { applyEdits } from "../../server/service/text.ts";

const workload = (kind: string, ports = "") => `apiVersion: apps/v1
kind: ${kind}
metadata:
  name: web
  namespace: shop
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
        tier: front
    spec:
      containers:
        - name: web
          image: nginx:1.27
          resources:
            requests:
              cpu: 100m
${ports}`;
const ports = "          ports:\n            - name: http\n              containerPort: 8080\n";

const at = (text: string, line = 1) =>
  companionsAt(openManifest("file:///a.yaml", "yaml", text), {
    start: { line, character: 0 },
    end: { line, character: 0 },
  });
const kinds = (text: string, line?: number) => at(text, line).map(({ kind }) => kind);

function added(text: string, kind: string): string {
  const found = at(text).find((one) => one.kind === kind);
  assert.ok(found, kind);
  return applyEdits(text, [found.edit]);
}

test("a Service is added behind the workload, with its labels and ports", () => {
  assert.equal(
    added(workload("Deployment", ports), "Service"),
    `${workload("Deployment", ports)}---
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
spec:
  selector:
    app: web
  ports:
    - name: http
      port: 8080
      targetPort: http
`,
  );
});

test("nothing that is added has a finding, wherever the text ends and whatever follows", () => {
  const next = "---\napiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n";
  for (const text of [workload("Deployment", ports), workload("Deployment", ports).trimEnd()]) {
    for (const rest of text.endsWith("\n") ? ["", next] : [""]) {
      for (const kind of kinds(text)) {
        const written = added(text + rest, kind);
        const context = { settings: defaultSettings, words: en, structureElsewhere: false, others: [], now: 0 };
        assert.deepEqual(diagnose(openManifest("file:///a.yaml", "yaml", written), context), [], written);
      }
    }
  }
});

test("only what fits the workload and is not there yet is offered", () => {
  assert.deepEqual(kinds(workload("Deployment", ports)), ["Service", "PodDisruptionBudget", "HorizontalPodAutoscaler"]);
  assert.deepEqual(kinds(workload("Deployment")), ["PodDisruptionBudget", "HorizontalPodAutoscaler"]);
  assert.deepEqual(kinds(workload("DaemonSet", ports)), ["Service"]);
  assert.deepEqual(kinds(added(workload("Deployment", ports), "Service")), [
    "PodDisruptionBudget",
    "HorizontalPodAutoscaler",
  ]);
  assert.deepEqual(kinds("apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n"), []);
  assert.deepEqual(kinds(workload("Deployment", ports).replace("image: nginx:1.27", "image: [")), []);
});

test("the value of a variable is moved to a ConfigMap or Secret of its own, and nothing else changes", () => {
  const env = `          env:\n            - name: MODE\n              value: "fast" # why\n            - name: DB_PASSWORD\n              value: hush\n`;
  const text = workload("Deployment", env);
  const movedAt = (word: string) => {
    const line = text.slice(0, text.indexOf(word)).split("\n").length - 1;
    const at = { line, character: 20 };
    return movesAt(openManifest("file:///a.yaml", "yaml", text), { start: at, end: at });
  };
  assert.deepEqual(
    movedAt("MODE").map(({ kind }) => kind),
    ["ConfigMap", "Secret"],
  );
  const [first] = movedAt("hush");
  assert.equal(first?.kind, "Secret");
  const written = applyEdits(text, first?.edits ?? []);
  assert.equal(
    written,
    `${text.replace("value: hush", "valueFrom:\n                secretKeyRef:\n                  name: web-credentials\n                  key: DB_PASSWORD")}---
apiVersion: v1
kind: Secret
metadata:
  name: web-credentials
  namespace: shop
stringData:
  DB_PASSWORD: hush
`,
  );
  const context = { settings: defaultSettings, words: en, structureElsewhere: false, others: [], now: 0 };
  assert.deepEqual(diagnose(openManifest("file:///a.yaml", "yaml", written), context), []);
  assert.match(applyEdits(text, movedAt("MODE")[0]?.edits ?? []), /key: MODE # why\n/);
});
