/** Values that were tried are written into the manifest where they belong: text in, text out. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openManifest } from "../../server/service/manifest.ts";
import { applyEdits } from "../../server/service/text.ts";
import { writeValue } from "../../server/service/write-value.ts";

const text = `# The shop.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 3 # as many as zones
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxSurge: 25%
      maxUnavailable: 25%
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: nginx
`;

function written(path: readonly (string | number)[], value: unknown, from = text): string {
  const edits = writeValue(
    openManifest("file:///a.yaml", "yaml", from),
    { kind: "Deployment", name: "web", namespace: "" },
    path,
    value,
  );
  return applyEdits(from, edits);
}

test("a number is put in the place of another, and the comment behind it stays", () => {
  assert.equal(written(["spec", "replicas"], 5), text.replace("replicas: 3", "replicas: 5"));
});

test("a map is put in the place of another, line by line", () => {
  const strategy = { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } };
  assert.equal(
    written(["spec", "strategy"], strategy),
    text.replace("maxSurge: 25%", "maxSurge: 1").replace("maxUnavailable: 25%", "maxUnavailable: 0"),
  );
});

test("what is not there yet is added behind its neighbours, with what it stands in", () => {
  const toleration = { key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" };
  const added = `
      tolerations:
        - key: nvidia.com/gpu
          operator: Exists
          effect: NoSchedule`;
  assert.equal(
    written(["spec", "template", "spec", "tolerations", "-"], toleration),
    text.replace("image: nginx\n", `image: nginx${added}\n`),
  );
});

test("a list gets one entry more, in its own indentation", () => {
  const listed = text.replace(
    "    spec:\n      containers",
    "    spec:\n      tolerations:\n        - key: a\n          operator: Exists\n      containers",
  );
  const found = written(["spec", "template", "spec", "tolerations", "-"], { key: "b", operator: "Exists" }, listed);
  assert.match(found, / {8}- key: a\n {10}operator: Exists\n {8}- key: b\n {10}operator: Exists\n {6}containers/);
});

test("lines end as those of the text do", () => {
  const windows = text.replaceAll("\n", "\r\n");
  const found = written(["spec", "paused"], true, windows);
  assert.ok(found.includes("\r\n  paused: true\r\n") && !/[^\r]\n/.test(found));
});

test("nothing is written into an object that is not there, or within braces", () => {
  assert.equal(
    written(["metadata", "labels", "a"], "b", text.replace("name: web\nspec", "name: other\nspec")),
    text.replace("name: web\nspec", "name: other\nspec"),
  );
  assert.equal(written(["spec", "selector", "matchExpressions", "-"], { key: "a" }), text);
});
