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
  serviceAccountName: !!int 3
  hostIPC: |
    true
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
    "16:16-20 wrong-type `spec.hostAliases`: `none` is text here; a list is expected: leave the field out, or write `null`.",
    "17:3-19 wrong-type `spec.imagePullSecrets`: a map stands here; a list is expected.",
    "18:25-27 wrong-type `spec.nodeSelector.a`: `on` is read as a boolean; text is expected: put it in quotes.",
    "18:32-34 wrong-type `spec.nodeSelector.b`: `true` is read as a boolean; text is expected.",
    "19:29-30 wrong-type `spec.serviceAccountName`: `3` is read as a number; text is expected.",
    "20:12-13 wrong-type `spec.hostIPC`: `true` is text here; a boolean (`true` or `false`) is expected.",
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

test("a mistake in a schedule is told by its field, without the words of a library", () => {
  const of = (schedule: string, words = en) =>
    told(
      `apiVersion: batch/v1
kind: CronJob
metadata: { name: report }
spec:
  schedule: "${schedule}"
  jobTemplate: { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: a, image: a }] } } } }
`,
      words,
    ).map((line) =>
      line.replace(/^\S+ \S+ /, "").replace(`\`spec.schedule\` is not valid (it is \`${schedule}\`). `, ""),
    );
  for (const [schedule, message] of [
    ["0 24 * * *", "In the hour: `24` is above 23."],
    ["60 25 * * 8", "In the minute: `60` is above 59."],
    ["0 6 * * 7", "In the day of the week: `7` is above 6; Sunday is 0."],
    ["0 6 0 * *", "In the day of the month: `0` is below 1."],
    ["0 0 L * *", "In the day of the month: `L` is not a number."],
    ["0 0 * may-jum *", "In the month: `jum` is not a number or the first three letters of an English month."],
    ["- 0 * * *", "In the minute: a number is missing."],
    ["99999999999999999999 * * * *", "In the minute: `99999999999999999999` is too large."],
    ["*/-5 * * * *", "In the minute: `-5` is negative."],
    ["0 22-6 * * *", "In the hour: the range `22-6` ends before it begins; write two ranges."],
    ["*/0 * * * *", "In the minute: the step of `*/0` has to be 1 or more."],
    ["1/2/3 * * * *", "In the minute: `1/2/3` has more than one `/`."],
    ["0 0 * *", "Five fields are needed: minute, hour, day of month, month, day of week; here there are 4."],
    ["@every 1 hour", "A duration looks like `1h30m`."],
  ] as const) {
    assert.deepEqual(of(schedule), [message]);
    assert.doesNotMatch(of(schedule, ko).join(), /strconv|range|syntax|found|duration/);
  }
  const start = "`spec.schedule`의 값이 올바르지 않습니다 (현재 값: `0 0 L * *`). ";
  assert.deepEqual(of("0 0 L * *", ko), [`${start}일 필드: \`L\`은(는) 숫자가 아닙니다.`]);
});

test("a value that begins with a star is told once, with the quotes that it needs, and nothing that follows from it", () => {
  const cron = (schedule: string) => `apiVersion: batch/v1
kind: CronJob
metadata: { name: no }
spec:
${schedule}
  concurrencyPolicyy: Forbid
  jobTemplate: { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: a, image: a }] } } } }
`;
  const name = "3:19-21 wrong-type `metadata.name`: `no` is read as a boolean; text is expected: put it in quotes.";
  const quote = (value: string) => `yaml-syntax Quote it: a value cannot begin with \`*\` (write \`"${value}"\`).`;
  for (const [line, place, value] of [
    ["  schedule: */5 * * * *", "5:13-24", "*/5 * * * *"],
    ["  schedule: * * * * *", "5:13-22", "* * * * *"],
    ["  schedule: * * * * * # often", "5:13-22", "* * * * *"],
    ["  schedule: *", "5:13-14", "*"],
    ["  schedule: */5", "5:13-16", "*/5"],
  ] as const) {
    assert.deepEqual(told(cron(line)), [name, `${place} ${quote(value)}`]);
  }
  assert.deepEqual(told("apiVersion: v1\nkind: Pod\nspec: { hostname: */5 * * * *, nodeName: 3 }\n"), [
    `3:19-30 ${quote("*/5 * * * *")}`,
  ]);
  assert.deepEqual(told(cron("  schedule: */5 * * * *"), ko).slice(1), [
    '5:13-24 yaml-syntax 따옴표로 감싸세요. 값은 `*`로 시작할 수 없습니다 (`"*/5 * * * *"`로 쓰세요).',
  ]);
  // What could be an alias is looked up as one.
  assert.deepEqual(told(pod("  hostname: *other\n")), [
    "6:13-19 yaml-unknown-anchor There is no anchor `other` above.",
  ]);
});

test("of each line that is no YAML one thing is told", () => {
  const text = pod('  hostname: "a" b c\n  subdomain: x\n  nodeName: "c" d\n  unknown: 1\n');
  const lines = told(text).map((line) => line.replace(/-.*/, ""));
  assert.deepEqual(lines, ["6:17", "8:17"]);
});

test("runs that come more than once a minute are told with the Jobs that they make", () => {
  const text = `apiVersion: batch/v1
kind: CronJob
metadata: { name: report }
spec:
  schedule: "@every 20s"
  jobTemplate:
    spec: { parallelism: 1, completions: 2, template: { spec: { restartPolicy: Never, containers: [{ name: a, image: a }] } } }
`;
  assert.deepEqual(told(text), [
    "5:13-25 schedule-overlap At most one Job a minute is made, because their names count minutes. " +
      "They are due every 60 s or sooner but take about 70 s if each pod works for 30 s: they pile up.",
  ]);
});
