import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { runCommand } from "../../server/cli/run.ts";

const samples = fileURLToPath(new URL("../workspace/", import.meta.url));

function seatrial(words: readonly string[], input = "") {
  const around = { environment: {}, version: "0", now: Date.UTC(2026, 0, 1), readStandardInput: () => input };
  const { code, out, err } = runCommand(words, around);
  return { code, out: out.replaceAll(samples, ""), err: err.replaceAll(samples, "") };
}

test("a good file is clean", () => {
  assert.deepEqual(seatrial(["check", `${samples}deployment.yaml`]).code, 0);
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
  assert.equal(seatrial(["check", "-"], "a: 1").code, 0);
  assert.deepEqual(seatrial(["check", "nowhere.yaml"]), {
    code: 2,
    out: "",
    err: "seatrial: nowhere.yaml: no such file or folder\n",
  });
  assert.equal(seatrial(["check"]).code, 2);
  assert.equal(seatrial(["frobnicate"]).code, 2);
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
    assert.match(out, /: error: `spec\.serviceName` cannot be changed .* \[immutable-fields\]/);
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
  assert.match(out, /never fewer than 3 available/);
});
