/** Advice on templates whose pods would be refused: a manifest in, findings out. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { en } from "../../server/messages/en.ts";
import { ko } from "../../server/messages/ko.ts";
import type { Words } from "../../server/messages/words.ts";
import { diagnose } from "../../server/service/diagnose.ts";
import { openManifest } from "../../server/service/manifest.ts";
import { defaultSettings } from "../../server/service/settings.ts";
import { newestTarget, type Target } from "../../simulator/api/target.ts";

function found(text: string, words: Words = en, target: Target = newestTarget): readonly string[] {
  const context = { settings: defaultSettings, words, structureElsewhere: false, others: [], now: 0 };
  return diagnose(openManifest("file:///a.yaml", "yaml", text, target), context)
    .filter(({ code }) => code === "pods-refused")
    .map(
      ({ range, severity, message }) => `${range.start.line + 1}:${range.start.character + 1} ${severity} ${message}`,
    );
}

const manifest = (kind: string, spec: string, name = "web") => `apiVersion: apps/v1
kind: ${kind}
metadata: { name: ${name} }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
${spec}`;
const container = (image: string) => `      containers: [{ name: app, image: ${image} }]\n`;

test("blanks around an image", () => {
  const text = manifest("ReplicaSet", container('" app:1"'));
  assert.deepEqual(found(text), [
    "9:40 warning The API server accepts this but would refuse the pods made from it: " +
      '`spec.containers[0].image: Invalid value: " app:1": must not have leading or trailing whitespace`',
  ]);
  assert.match(found(text, ko)[0] ?? "", /^9:40 warning API 서버가 .*`spec.containers\[0\].image: /);
  assert.deepEqual(found(manifest("ReplicaSet", container("app:1"))), []);
});

test("a Job of a CronJob, and a Job, whose labels the server fills in", () => {
  const pod = '{ restartPolicy: Never, containers: [{ name: a, image: "a " }] }';
  const job = `apiVersion: batch/v1\nkind: Job\nmetadata: { name: pi }\nspec: { template: { spec: ${pod} } }\n`;
  assert.equal(found(job).length, 1);
  assert.deepEqual(found(job.replace('"a "', "a")), []);
  const cron = job
    .replace("kind: Job", "kind: CronJob")
    .replace(/spec: .*/, `spec: { schedule: "0 1 * * *", jobTemplate: { spec: { template: { spec: ${pod} } } } }`);
  assert.match(found(cron)[0] ?? "", /^4:\d+ warning /);
});

test("the name of a StatefulSet, which its pods carry with a hash", () => {
  const named = (length: number) => manifest("StatefulSet", container("app:1"), "s".repeat(length));
  assert.deepEqual(found(named(52)), []);
  for (const length of [53, 63]) {
    assert.deepEqual(found(named(length)), [
      "3:19 warning The API server accepts this name but may refuse the pods: their label `controller-revision-hash`, " +
        "the name with a hash of up to ten characters, can be longer than 63. " +
        `At most 52 characters are safe; these are ${length}.`,
    ]);
  }
  // Refused as it is: there is nothing to add.
  assert.deepEqual(found(named(64)), []);
});

test("a volume of a StatefulSet behind those of its claims, up to 1.36 taken in a template", () => {
  const volumes = "      volumes: [{ name: data, emptyDir: {} }, { name: model, image: {} }]\n";
  const claims = `  volumeClaimTemplates:
    - metadata: { name: data }
      spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
`;
  const [one = "", ...others] = found(manifest("StatefulSet", container("app:1") + volumes + claims), en, "1.36");
  assert.match(one, /^10:\d+ warning .*`spec.volumes\[1\].image.reference: Required value`$/);
  assert.deepEqual(others, []);
});

test("keys that refine a selector which has them already", () => {
  const constraint = (key: string) => `      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: zone
          whenUnsatisfiable: DoNotSchedule
          labelSelector: { matchLabels: { app: web } }
          matchLabelKeys: [${key}]
`;
  const text = (key: string) => manifest("Deployment", container("app:1") + constraint(key));
  assert.match(found(text("app"))[0] ?? "", /^15:28 warning .*exists in both matchLabelKeys and labelSelector`$/);
  assert.deepEqual(found(text("pod-template-hash")), []);
});
