// Where a finding speaks of two places of an object, the one at fault is marked and the other is linked.
import assert from "node:assert/strict";
import { test } from "node:test";
import { en } from "../../server/messages/en.ts";
import { diagnose } from "../../server/service/diagnose.ts";
import { openManifest } from "../../server/service/manifest.ts";
import { defaultSettings } from "../../server/service/settings.ts";

/** Each finding as the text that is marked, its code, and the text that is linked. */
function told(text: string): readonly string[] {
  const context = { settings: defaultSettings, words: en, structureElsewhere: false, others: [], now: 0 };
  const lines = text.split("\n");
  const shown = ({
    start,
    end,
  }: {
    start: { line: number; character: number };
    end: { line: number; character: number };
  }) =>
    `${start.line + 1}:${(lines[start.line] ?? "").slice(start.character, start.line === end.line ? end.character : undefined)}`;
  return diagnose(openManifest("file:///a.yaml", "yaml", text), context).map(
    ({ code, range, related }) =>
      `${code} ${shown(range)}${related === undefined ? "" : ` -> ${related.message} ${shown(related.range)}`}`,
  );
}

const pod = (spec: string) => `apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n${spec}`;

test("what is repeated links to where it stands first", () => {
  assert.deepEqual(
    told(pod("  initContainers:\n  - name: web\n    image: a\n  containers:\n  - name: web\n    image: a\n")),
    ["duplicate-container-name 7:web -> `spec.containers[0].name` 10:web"].map((line) =>
      line.replace("10:web", "10:web"),
    ),
  );
  const ports =
    "  containers:\n  - name: web\n    image: a\n    ports:\n    - name: http\n      containerPort: 1\n    - name: http\n      containerPort: 2\n";
  assert.deepEqual(told(pod(ports)), ["duplicate-port-name 12:http -> `spec.containers[0].ports[0].name` 10:http"]);
  const volumes =
    "  containers:\n  - name: web\n    image: a\n    volumeMounts:\n    - { name: a, mountPath: /a }\n    - { name: a, mountPath: /a }\n  volumes:\n  - name: a\n    emptyDir: {}\n";
  assert.deepEqual(told(pod(volumes)), [
    "duplicate-mount-path 11:/a -> `spec.containers[0].volumeMounts[0].mountPath` 10:/a",
  ]);
});

test("a mount links to the volumes that there are, and labels to the selector", () => {
  const mount =
    "  containers:\n  - name: web\n    image: a\n    volumeMounts:\n    - name: dta\n      mountPath: /a\n    - name: data\n      mountPath: /b\n  volumes:\n  - name: data\n    emptyDir: {}\n";
  assert.deepEqual(told(pod(mount)), ["volume-not-found 10:dta -> `spec.volumes` 14:volumes"]);
  const shop = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  selector:
    matchLabels:
      app: shop
  template:
    metadata:
      labels:
        app: shp
    spec:
      containers:
      - name: web
        image: web
`;
  assert.deepEqual(told(shop), ["selector-mismatch 11:labels -> `spec.selector` 6:selector"]);
});

test("a value of another type hides nothing that does not depend on it", () => {
  const text = pod(
    "  terminationGracePeriodSeconds: nil\n  containers:\n  - name: web\n    image: a\n    command: nil\n  - name: web\n    image: a\n    volumeMounts:\n    - name: data\n      mountPath: /a\n",
  );
  const codes = told(text).map((line) => line.replace(/ .*/, ""));
  assert.deepEqual(codes.sort(), ["duplicate-container-name", "volume-not-found", "wrong-type", "wrong-type"]);
});

test("what templates leave where they have no value", () => {
  assert.deepEqual(told(pod("  containers:\n  - name: web\n    image: a:<no value>\n")), [
    "template-value-missing 8:a:<no value>",
  ]);
  assert.deepEqual(told(pod("  containers:\n  - name: web\n    image: a\n    args: ['<nil>']\n")), []);
  const context = { settings: defaultSettings, words: en, structureElsewhere: false, others: [], now: 0 };
  const [found] = diagnose(
    openManifest(
      "file:///a.yaml",
      "yaml",
      pod("  hostNetwork: <no value>\n  containers:\n  - name: web\n    image: a\n"),
    ),
    context,
  );
  assert.match(
    found?.message ?? "",
    /`<no value>` is text here; a boolean .* is expected: the template had no value for it\./,
  );
});
