import assert from "node:assert/strict";
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

test("JSON has an object per document with the server's reasons and paths", () => {
  const { code, out } = seatrial(["check", "--format", "json", `${samples}broken.yaml`]);
  const documents = JSON.parse(out) as {
    index: number;
    kind: string;
    name: string;
    problems: { reason: string; path: string }[];
  }[];
  assert.equal(code, 1);
  assert.deepEqual(
    documents.map(({ index, kind, name }) => [index, kind, name]),
    [
      [0, "Deployment", "broken"],
      [1, "CronJob", "broken-schedule"],
    ],
  );
  assert.deepEqual(
    documents[0]?.problems.map(({ reason, path }) => [reason, path]),
    [["UnknownField", "spec.template.spec.containers[0].imagePullPolcy"]],
  );
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
  const sarif = JSON.parse(seatrial(["check", "--format", "sarif", `${samples}broken.yaml`]).out);
  assert.equal(sarif.runs[0].results[0].locations[0].physicalLocation.region.startLine, 25);
  assert.match(
    seatrial(["check", "--format", "github", `${samples}broken.yaml`]).out,
    /^::error file=broken\.yaml,line=25,endLine=25,col=11,/,
  );
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
