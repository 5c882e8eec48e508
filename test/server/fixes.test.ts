import assert from "node:assert/strict";
import { test } from "node:test";
import { en } from "../../server/messages/en.ts";
import { diagnose } from "../../server/service/diagnose.ts";
import { fixesAt } from "../../server/service/fixes.ts";
import { manifestText, openManifest } from "../../server/service/manifest.ts";
import { defaultSettings } from "../../server/service/settings.ts";
import { applyEdits } from "../../server/service/text.ts";

const good = `# the shop
apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec:
  selector: { matchLabels: { app: shop } }
  strategy:
    rollingUpdate: { maxSurge: 0, maxUnavailable: 1 }
  template:
    metadata: { labels: { app: shop } } # ours
    spec:
      containers:
        - name: shop
          image: shop:1
          imagePullPolicy: Always
          env: [{ name: PORT, value: "8080" }]
`;
const nightly = `apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly }
spec:
  schedule: "0 2 * * 0"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers: [{ name: a, image: a }]
`;

const mistakes: readonly (readonly [name: string, text: string, right: string, wrong: string])[] = [
  ["a field that is nearly right", good, "imagePullPolicy", "imagePullPolcy"],
  ["a value that is nearly right", good, "imagePullPolicy: Always", "imagePullPolicy: always"],
  ["labels that the selector misses", good, "labels: { app: shop }", "labels: { app: shp }"],
  ["a number where a text belongs", good, 'value: "8080"', "value: 8080"],
  ["both bounds at zero", good, "maxUnavailable: 1", "maxUnavailable: 0"],
  ["a version that is gone", good, "apiVersion: apps/v1", "apiVersion: apps/v1beta2"],
  ["Sunday as 7", nightly, "0 2 * * 0", "0 2 * * 7"],
  ["seconds in a schedule", nightly, "0 2 * * 0", "0 0 2 * * 0"],
];

for (const [name, text, right, wrong] of mistakes) {
  test(`puts right ${name}, and nothing else`, () => {
    const manifest = openManifest("file:///a.yaml", "yaml", text.replace(right, wrong));
    const context = { settings: defaultSettings, words: en, structureElsewhere: false, others: [], now: 0 };
    const found = diagnose(manifest, context);
    assert.equal(found.length, 1, JSON.stringify(found));
    const [fix] = fixesAt(manifest, found[0]!.range);
    assert.ok(fix, `no fix for ${found[0]!.code}`);
    assert.equal(applyEdits(manifestText(manifest), fix.edits), text);
  });
}
