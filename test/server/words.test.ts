// What a person reads of a manifest: text in, text out, in both languages.
import assert from "node:assert/strict";
import { test } from "node:test";
import { en } from "../../server/messages/en.ts";
import { ko } from "../../server/messages/ko.ts";
import { diagnose } from "../../server/service/diagnose.ts";
import { openManifest } from "../../server/service/manifest.ts";
import { defaultSettings } from "../../server/service/settings.ts";

function told(text: string, words = en): string[] {
  const now = Date.UTC(2026, 0, 1);
  const context = { settings: defaultSettings, words, structureElsewhere: false, others: [], now, runs: true };
  return diagnose(openManifest("file:///a.yaml", "yaml", text), context).map(
    ({ range: { start, end }, code, message }) =>
      `${start.line + 1}:${start.character + 1}-${end.character + 1} ${code} ${message}`,
  );
}

const pod = (lines: string) => `apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec:
  containers: [{ name: web, image: web }]
${lines}`;

test("a value of the wrong type is told as it is written, with the way out", () => {
  const text = pod(`  hostname: no
  priority: "3"
  subdomain: 8080
  nodeName: 0x1F
  hostNetwork: "yes"
  activeDeadlineSeconds: 30s
  schedulerName: { a: b }
  terminationGracePeriodSeconds: 1.5
  tolerations:
    key: a
  hostAliases: none
  imagePullSecrets: { name: a }
  nodeSelector: { a: &a on, b: *a }
`);
  assert.deepEqual(told(text), [
    "6:13-15 wrong-type `spec.hostname`: `no` is read as a boolean; text is expected: put it in quotes.",
    '7:13-16 wrong-type `spec.priority`: `"3"` is text here; a whole number is expected: remove the quotes.',
    "8:14-18 wrong-type `spec.subdomain`: `8080` is read as a number; text is expected: put it in quotes.",
    "9:13-17 wrong-type `spec.nodeName`: `0x1F` is read as a number; text is expected: put it in quotes.",
    '10:16-21 wrong-type `spec.hostNetwork`: `"yes"` is text here; a boolean (`true` or `false`) is expected: remove the quotes.',
    "11:26-29 wrong-type `spec.activeDeadlineSeconds`: `30s` is text here; a whole number is expected.",
    "12:3-16 wrong-type `spec.schedulerName`: a map stands here; text is expected.",
    "13:34-37 wrong-type `spec.terminationGracePeriodSeconds`: `1.5` is not a whole number of 64 bits.",
    "14:3-14 wrong-type `spec.tolerations`: a map stands here; a list is expected: begin each entry with `- `.",
    "16:16-20 wrong-type `spec.hostAliases`: `none` is text here; a list is expected.",
    "17:3-19 wrong-type `spec.imagePullSecrets`: a map stands here; a list is expected.",
    "18:25-27 wrong-type `spec.nodeSelector.a`: `on` is read as a boolean; text is expected: put it in quotes.",
    "18:32-34 wrong-type `spec.nodeSelector.b`: `true` is read as a boolean; text is expected.",
  ]);
  assert.deepEqual(told(text, ko).slice(0, 4), [
    "6:13-15 wrong-type `spec.hostname`: `no`은(는) 불리언으로 읽히지만 텍스트가 필요합니다. 따옴표로 감싸세요.",
    '7:13-16 wrong-type `spec.priority`: `"3"`은(는) 여기서 텍스트이지만 정수가 필요합니다. 따옴표를 지우세요.',
    "8:14-18 wrong-type `spec.subdomain`: `8080`은(는) 숫자로 읽히지만 텍스트가 필요합니다. 따옴표로 감싸세요.",
    "9:13-17 wrong-type `spec.nodeName`: `0x1F`은(는) 숫자로 읽히지만 텍스트가 필요합니다. 따옴표로 감싸세요.",
  ]);
});

test("what is not served is told with what was meant, on the word that is wrong", () => {
  const rest = "metadata: { name: web }\nspec: {}\n";
  const of = (apiVersion: string, kind: string, words = en) =>
    told(`apiVersion: ${apiVersion}\nkind: ${kind}\n${rest}`, words).join("\n");
  const no = (apiVersion: string, kind: string) =>
    `Kubernetes serves no \`${kind}\` under apiVersion \`${apiVersion}\``;
  for (const [apiVersion, kind, place, message] of [
    ["apps/v1", "Deploymnet", "2:7-17", `${no("apps/v1", "Deploymnet")}. Did you mean \`Deployment\`?`],
    ["apps/v1", "deployment", "2:7-17", `${no("apps/v1", "deployment")}. Did you mean \`Deployment\`?`],
    ["v1", "pod", "2:7-10", `${no("v1", "pod")}. Did you mean \`Pod\`?`],
    ["app/v1", "Deployment", "1:13-19", `${no("app/v1", "Deployment")}. Did you mean \`apps/v1\`?`],
    ["apps/V1", "Deployment", "1:13-20", `${no("apps/V1", "Deployment")}. Did you mean \`apps/v1\`?`],
    [
      "app/v1",
      "deployment",
      "1:13-19",
      `${no("app/v1", "deployment")}. Did you mean \`Deployment\` under \`apps/v1\`?`,
    ],
    ["apps/v1", "CronJob", "1:13-20", "CronJob is in `batch/v1`, not in `apps/v1`."],
    ["batch/v1", "Deployment", "1:13-21", "Deployment is in `apps/v1`, not in `batch/v1`."],
    ["v1", "Deployment", "1:13-15", "Deployment is in `apps/v1`, not in `v1`."],
    ["apps/v1", "Pod", "1:13-20", "Pod is in `v1`, not in `apps/v1`."],
    ["batch/v1", "Nonsense", "2:7-15", `${no("batch/v1", "Nonsense")}; workloads there are Job, CronJob.`],
  ] as const) {
    assert.equal(of(apiVersion, kind), `${place} unserved-kind ${message}`);
  }
  assert.equal(
    of("apps/v1", "Deploymnet", ko),
    "2:7-17 unserved-kind Kubernetes는 apiVersion `apps/v1`에서 `Deploymnet`을(를) 제공하지 않습니다. `Deployment`을(를) 의도하셨나요?",
  );
  assert.equal(
    of("apps/v1", "CronJob", ko),
    "1:13-20 unserved-kind CronJob은(는) `apps/v1`이(가) 아니라 `batch/v1`에 있습니다.",
  );
});
