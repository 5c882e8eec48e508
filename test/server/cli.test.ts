import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { runCommand } from "../../server/cli/run.ts";
import { runWordsEn } from "../../server/messages/run-words.en.ts";
import { runWordsKo } from "../../server/messages/run-words.ko.ts";

const samples = fileURLToPath(new URL("../workspace/", import.meta.url));

function seatrial(words: readonly string[], input = "") {
  const around = { environment: {}, version: "0", now: Date.UTC(2026, 0, 1), readStandardInput: () => input };
  const { code, out, err } = runCommand(words, around);
  return { code, out: out.replaceAll(samples, ""), err: err.replaceAll(samples, "") };
}

test("a good file is clean", () => {
  const words = ["check", `${samples}deployment.yaml`];
  assert.deepEqual(seatrial(words), { code: 0, out: "No problems: 1 object in 1 file.\n", err: "" });
  assert.equal(seatrial([...words, "--lang", "ko"]).out, "문제 없음: 파일 1개, 오브젝트 1개.\n");
});

const broken = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: web:1
          imagePullPolcy: Always
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings }
`;

test("JSON has an object per document with the server's reasons and paths", () => {
  const { code, out } = seatrial(["check", "--format", "json", "--stdin-filename", "web.yaml", "-"], broken);
  assert.equal(code, 1);
  const documents = JSON.parse(out) as {
    file: string;
    index: number;
    kind: string;
    name: string;
    problems: unknown[];
  }[];
  assert.deepEqual(
    documents.map(({ file, index, kind, name }) => [file, index, kind, name]),
    [
      ["web.yaml", 0, "Deployment", "web"],
      ["web.yaml", 1, "ConfigMap", "settings"],
    ],
  );
  assert.deepEqual(documents[0]?.problems, [
    {
      code: "unknown-field",
      reason: "UnknownField",
      path: "spec.template.spec.containers[0].imagePullPolcy",
      message: "Unknown field `spec.template.spec.containers[0].imagePullPolcy`. Did you mean `imagePullPolicy`?",
      severity: "error",
      range: { start: { line: 11, character: 10 }, end: { line: 11, character: 24 } },
    },
  ]);
});

test("standard input, text that is not YAML, files that are not there", () => {
  assert.equal(seatrial(["check", "-"], "a: [").code, 1);
  // What is named is meant to be applied, and kubectl knows nothing to do with this.
  assert.match(seatrial(["check", "-"], "a: 1").out, /<stdin>:1:1: error: `apiVersion` is missing/);
  assert.equal(seatrial(["check", "-"], "# nothing").code, 0);
  assert.deepEqual(seatrial(["check", "nowhere.yaml"]), {
    code: 2,
    out: "",
    err: "seatrial: nowhere.yaml: no such file or folder\n",
  });
  assert.equal(
    seatrial(["check", "nowhere.yaml", "--lang", "ko"]).err,
    "seatrial: nowhere.yaml: 그런 파일이나 폴더가 없습니다\n",
  );
  assert.equal(seatrial(["check"]).code, 2);
  assert.equal(seatrial(["frobnicate"]).code, 2);
});

test("what cannot be read leaves JSON and SARIF whole, and the others checked", () => {
  const all = seatrial(["check", "--format", "json", "nowhere.yaml", "-"], broken);
  assert.equal(all.code, 2);
  assert.equal(JSON.parse(all.out).length, 2);
  assert.deepEqual(JSON.parse(seatrial(["check", "--format", "json", "nowhere.yaml"]).out), []);
  assert.deepEqual(JSON.parse(seatrial(["check", "--format", "sarif", "nowhere.yaml"]).out).runs[0].results, []);
  const around = { environment: {}, version: "0", now: 0 };
  const closed = runCommand(["check", "--format", "json", "-"], {
    ...around,
    readStandardInput: () => {
      throw Object.assign(new Error("closed"), { code: "EAGAIN" });
    },
  });
  assert.deepEqual([closed.code, closed.err], [2, "seatrial: <stdin>: EAGAIN\n"]);
  assert.deepEqual(JSON.parse(closed.out), []);
});

test("a template that is named is to be rendered first, in one line", () => {
  const template = `{{- if .Values.web }}
apiVersion: apps/v1
kind: Deployment
metadata: { name: {{ .Release.Name }} }
spec: {{ toYaml .Values.spec | nindent 2 }}
{{- end }}
`;
  for (const command of ["check", "simulate"]) {
    assert.deepEqual(seatrial([command, "--stdin-filename", "templates/web.yaml", "-"], template), {
      code: 2,
      out: "",
      err: `seatrial: templates/web.yaml: a template; render it first, for example \`helm template . | seatrial ${command} -\`\n`,
    });
  }
});

test("SARIF and GitHub name line and column from 1", () => {
  const words = (format: string) => ["check", "--format", format, "--stdin-filename", "web.yaml", "-"];
  const sarif = JSON.parse(seatrial(words("sarif"), broken).out);
  assert.equal(sarif.runs[0].results[0].locations[0].physicalLocation.region.startLine, 12);
  assert.match(seatrial(words("github"), broken).out, /^::error file=web\.yaml,line=12,endLine=12,col=11,/);
});

test("--against finds the changes that would be refused", () => {
  const folder = mkdtempSync(join(tmpdir(), "seatrial-"));
  try {
    const old = join(folder, "old.yaml");
    const text = readFileSync(`${samples}statefulset.yaml`, "utf8");
    writeFileSync(old, text);
    assert.equal(seatrial(["check", "--against", old, "-"], text).code, 0);
    const { code, out } = seatrial(
      ["check", "--against", folder, "-"],
      text.replace(/serviceName: \S+/, "serviceName: x"),
    );
    assert.equal(code, 1);
    assert.match(out, /: error: `spec\.serviceName` cannot be changed .* \[immutable\]/);
    assert.equal(seatrial(["check", "--against", join(folder, "none.yaml"), "-"], text).code, 2);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("explain prints the page of a code, in a chosen language", () => {
  const { code, out } = seatrial(["explain", "schedule-never"]);
  assert.equal(code, 0);
  assert.match(out, /^# schedule-never\n\nwarning: This schedule never fires/);
  assert.match(seatrial(["explain", "schedule-never", "--lang", "ko"]).out, /경고: 이 스케줄은/);
  assert.match(seatrial(["explain"]).out, /^rollout-downtime$/m);
  assert.deepEqual(seatrial(["explain", "schedule-nevr"]), {
    code: 2,
    out: "",
    err: "seatrial: there is no page for `schedule-nevr`; did you mean `schedule-never`?\n",
  });
});

test("comments silence findings", () => {
  const text = "apiVersion: apps/v1\nkind: Deploymnt # seatrial-ignore unserved-kind\n";
  assert.equal(seatrial(["check", "-"], text.replace(/ #.*/, "")).code, 1);
  assert.equal(seatrial(["check", "-"], `# seatrial-ignore-file\n${text}`).code, 0);
});

test("a simulated rollout ends with everything available", () => {
  const { code, out } = seatrial(["simulate", `${samples}deployment.yaml`]);
  assert.equal(code, 0);
  assert.match(
    out,
    /at most 3 pods at once, those being terminated included, never fewer than 3 available once all were/,
  );
});

test("a Job is told with how many pods have succeeded and failed", () => {
  const { code, out } = seatrial(["simulate", `${samples}job.yaml`]);
  assert.equal(code, 0);
  assert.match(out, /^ +TIME +DESIRED +PODS +READY +SUCCEEDED +FAILED$/m);
  assert.match(out, /^ +131\.2s +0 +0 +0 +10 +0$/m);
});

const nightly = `apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly }
spec:
  schedule: "30 2 * * *"
  timeZone: Asia/Seoul
  jobTemplate: { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: a, image: a }] } } } }
`;

test("a CronJob is told by its clock", () => {
  const { out } = seatrial(["simulate", "-"], nightly);
  assert.match(out, /^ +TIME \(Asia\/Seoul\) +JOBS +PODS +READY$/m);
  assert.match(out, /^ +2026-01-06 02:30:00 +1 +1 +0$/m);
  assert.match(out, /5 runs until 2026-01-10 02:30:3\d, at most 1 pod at once/);
});

const web = readFileSync(`${samples}deployment.yaml`, "utf8");

test("what does not finish says why, and is a problem", () => {
  const paused = seatrial(["simulate", "-"], web.replace("  replicas: 3", "  paused: true\n  replicas: 3"));
  assert.equal(paused.code, 1);
  assert.match(paused.out, /, unfinished: the Deployment is paused\n$/);
  const nowhere = web.replace("      containers:", "      nodeSelector: { disk: tape }\n      containers:");
  const { code, out } = seatrial(["simulate", "--lang", "ko", "-"], nowhere);
  assert.equal(code, 1);
  assert.match(out, /끝나지 않음: 파드 web-\S+을\(를\) 받을 노드가 없음: 0\/4 nodes are available/);
  const json = seatrial(["simulate", "--format", "json", "-"], nowhere);
  assert.equal(json.code, 1);
  assert.equal(JSON.parse(json.out).workloads[0].summary.unfinished.code, "unschedulable");
});

test("what cannot be run says where and why", () => {
  const many = web.replace("replicas: 3", "replicas: 600000");
  assert.deepEqual(seatrial(["simulate", "-"], many), {
    code: 1,
    out: "",
    err: "seatrial: Deployment web: spec.replicas: 600000 is no number of pods that can be run: at most 500000 can\n",
  });
  assert.match(
    seatrial(["simulate", "--lang", "ko", "-"], many).err,
    /spec\.replicas: 파드 600000개는 실행할 수 없습니다/,
  );
  assert.equal(seatrial(["simulate", "-"], "a: 1").err, "seatrial: <stdin> holds no workload\n");
  assert.match(seatrial(["simulate", "-"], broken).err, /Deployment web would be refused; `seatrial check` says why/);
});

test("simulate --against plays the change from what is applied", () => {
  const old = `${samples}deployment.yaml`;
  const { code, out } = seatrial(["simulate", "--against", old, "-"], web.replace("nginx:1.27", "nginx:1.28"));
  assert.equal(code, 0);
  assert.match(out, /^ +0\.0s +3 +4 +3 +1 +3$/m);
  assert.match(out, /at most 5 pods at once, .*, never fewer than 3 available from the change on/);
  const same = seatrial(["simulate", "--against", old, "-"], web);
  assert.match(same.out, /took 0\.0 s/);
  const refused = seatrial(["simulate", "--against", old, "-"], web.replaceAll("app: web", "app: shop"));
  assert.equal(refused.code, 1);
  assert.match(refused.err, /`seatrial check --against` says why/);
  assert.equal(seatrial(["simulate", "--against", "nowhere.yaml", "-"], web).code, 2);
});

test("simulate --as plays the change as that way makes it", () => {
  const folder = mkdtempSync(join(tmpdir(), "seatrial-"));
  const old = join(folder, "old.yaml");
  const plain = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: "web:1" }] } }
`;
  writeFileSync(old, plain);
  const simulate = (text: string, ...words: readonly string[]) =>
    seatrial(["simulate", "--against", old, ...words, "-"], text);
  // To another strategy the default of the first one stays, which server-side apply is refused for.
  const recreate = plain.replace("spec:\n", "spec:\n  strategy: { type: Recreate }\n").replace("web:1", "web:2");
  assert.match(simulate(recreate).out, /none available for/);
  assert.match(simulate(recreate, "--as", "replace").out, /none available for/);
  assert.deepEqual(
    [simulate(recreate, "--as", "server-side").code, /says why/.test(simulate(recreate, "--as", "server-side").err)],
    [1, true],
  );
  assert.equal(seatrial(["simulate", "--as", "replace", "-"], plain).code, 2);
  rmSync(folder, { recursive: true });
});

test("every problem that a scenario can have is put into words", () => {
  const source = readFileSync(new URL("../../simulator/scenario/check.ts", import.meta.url), "utf8");
  const codes = [...new Set([...source.matchAll(/"(scenario-[a-z-]+)"/g)].map((match) => match[1] ?? ""))];
  for (const words of [runWordsEn, runWordsKo]) assert.deepEqual(Object.keys(words.scenario).sort(), codes.sort());
});

const cronJob = (name: string, schedule: string) => `apiVersion: batch/v1
kind: CronJob
metadata: { name: ${name} }
spec:
  schedule: "${schedule}"
  jobTemplate:
    spec:
      template:
        spec: { restartPolicy: Never, containers: [{ name: work, image: "work:1" }] }
`;

test("a frequent CronJob beside a rare one does not run until the rare one has run often", () => {
  const both = `${cronJob("often", "0 * * * *")}---\n${cronJob("leap", "0 9 29 2 *")}`;
  const { code, out } = seatrial(["simulate", "-"], both);
  assert.equal(code, 0);
  assert.match(out, /CronJob often[\s\S]* 6\d runs until [\s\S]*CronJob leap[\s\S]* 0 runs until/);
  assert.match(seatrial(["simulate", "-"], cronJob("leap", "0 9 29 2 *")).out, / 5 runs until 2044-02-29 /);
});

test("what only says how its name begins gets a name and is run", () => {
  const job = cronJob("x", "* * * * *").replace(
    /^[\s\S]*template:/,
    "apiVersion: batch/v1\nkind: Job\nmetadata: { generateName: load- }\nspec:\n      template:",
  );
  const { code, out } = seatrial(["simulate", "-"], job);
  assert.equal(code, 0);
  assert.match(out, /^Job load-\w{5}\n[\s\S]*took \d/);
});

test("kinds of other groups are not taken for those of the same name", () => {
  const custom = "apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: { name: kn }\nspec: {}\n---\n";
  const { code, out } = seatrial(["simulate", "-"], custom + readFileSync(`${samples}deployment.yaml`, "utf8"));
  assert.equal(code, 0);
  assert.match(out, /^Deployment /);
});

test("OnDelete waits, and says so; a terminating pod is not available", () => {
  const folder = mkdtempSync(join(tmpdir(), "seatrial-"));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const set = (image: string, strategy: string) => `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec:
  replicas: 3
  updateStrategy: { type: ${strategy} }
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec: { containers: [{ name: db, image: "${image}" }] }
`;
  const waits = seatrial([
    "simulate",
    "--against",
    file("a.yaml", set("db:1", "OnDelete")),
    file("b.yaml", set("db:2", "OnDelete")),
  ]);
  assert.equal(waits.code, 1);
  assert.match(waits.out, /unfinished: 0 of 3 pods are updated; with OnDelete the others wait to be deleted/);
  const rolls = seatrial([
    "simulate",
    "--against",
    file("a.yaml", set("db:1", "RollingUpdate")),
    file("b.yaml", set("db:2", "RollingUpdate")),
  ]);
  assert.equal(rolls.code, 0);
  const rows = rolls.out
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([time]) => /^[\d.]+s$/.test(time ?? ""));
  assert.ok(rows.length > 3);
  for (const [time, , , ready, , available] of rows) assert.ok(Number(available) <= Number(ready), `at ${time}`);
  rmSync(folder, { recursive: true });
});

test("simulate --for says how long the run is", () => {
  const often = cronJob("often", "0 * * * *");
  const week = seatrial(["simulate", "--for", "7d12h", "-"], often);
  assert.equal(/\d+ runs until \S+ \d+/.exec(week.out)?.[0], "179 runs until 2026-01-12 21");
  const short = seatrial(["simulate", "--for=2s", "-"], web);
  assert.equal(short.code, 1);
  assert.match(short.out, /unfinished/);
  for (const text of ["soon", "", "5", "1s2d"]) {
    const { code, err } = seatrial(["simulate", "--for", text, "-"], often);
    assert.equal(code, 2);
    assert.match(err, /`--for` is a time such as 90s, 1h30m or 7d, not `/);
  }
});

test("--against says when there was nothing to compare with", () => {
  const folder = mkdtempSync(join(tmpdir(), "seatrial-"));
  const old = join(folder, "old.yaml");
  writeFileSync(old, cronJob("other", "* * * * *"));
  const { code, err } = seatrial(["check", "--against", old, "-"], cronJob("often", "0 * * * *"));
  assert.equal(code, 0);
  assert.match(err, /nothing was compared: none of the 1 objects has one of the same kind, namespace and name there/);
  writeFileSync(old, `${cronJob("often", "* * * * *")}{{ .Values.rest }}\n`);
  const template = seatrial(["check", "--against", old, "-"], cronJob("often", "0 * * * *"));
  assert.deepEqual([template.code, /a template; render it first/.test(template.err)], [2, true]);
  writeFileSync(old, "kind: Deployment\na: {{ .Values.a }}: b\n");
  writeFileSync(join(folder, "values.yaml"), "a: 1\n");
  assert.match(
    seatrial(["check", folder]).err,
    /documents taken: 1 as template .*\. 1 file without any of its kinds passed over\.\n/,
  );
  rmSync(folder, { recursive: true });
});

test("a file in UTF-16 with its mark is read as kubectl reads it", () => {
  const folder = mkdtempSync(join(tmpdir(), "seatrial-"));
  try {
    writeFileSync(join(folder, "web.yaml"), Buffer.from(`\ufeff${broken}`, "utf16le"));
    const said = (name: string) => seatrial(["check", name]).out.replaceAll(name, "web.yaml");
    writeFileSync(join(folder, "plain.yaml"), broken);
    assert.equal(said(join(folder, "web.yaml")), said(join(folder, "plain.yaml")));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
