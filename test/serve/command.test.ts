/** `seatrial serve` as a person starts and ends it. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { runServe } from "../../server/serve/command.ts";

const folder = mkdtempSync(join(tmpdir(), "seatrial-command-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const path = (name: string) => join(folder, name);
writeFileSync(
  path("web.yaml"),
  `apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {a: b}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {replicas: -1, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: a}]}}}
`,
);

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command; `meanwhile` is called when it answers, and ends it when it is through. */
async function serve(argv: readonly string[], meanwhile: () => void = () => {}): Promise<Ended> {
  let out = "";
  let err = "";
  let end: () => void = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const code = await runServe(["--lang", "en", ...argv], {
    environment: {},
    now: Date.UTC(2026, 0, 5, 10),
    docs: () => ({}),
    readStandardInput: () => "",
    out(text) {
      out += text;
      if (!text.includes("Ctrl+C")) return;
      meanwhile();
      end();
    },
    err: (text) => {
      err += text;
    },
    ended,
  });
  return { code, out, err };
}

test("files are applied, the kubeconfig is for its owner only and goes at the end, and the trial is kept", async () => {
  const argv = [path("web.yaml"), "--kubeconfig", path("kube"), "--save", path("trial.json"), "--speed", "step"];
  let mode = 0;
  const { code, out, err } = await serve(argv, () => {
    mode = statSync(path("kube")).mode & 0o777;
  });
  assert.equal(code, 0);
  assert.match(
    out,
    /^configmap\/settings created\nThe simulated cluster \(Kubernetes 1\.37\) answers at https:\/\/127\.0\.0\.1:\d+\./,
  );
  assert.match(err, /web\.yaml: not applied: Deployment\.apps "web" is invalid: spec\.replicas: Invalid value: -1/);
  assert.match(err, /The trial is kept in .*trial\.json \(1 step\)/);
  if (process.platform !== "win32") assert.equal(mode, 0o600);
  assert.throws(() => statSync(path("kube")));
  const again = await serve([
    "--resume",
    path("trial.json"),
    "--kubeconfig",
    path("kube"),
    "--save",
    path("more.json"),
  ]);
  assert.equal(again.code, 0);
  const steps = (file: string) => (JSON.parse(readFileSync(path(file), "utf8")) as { steps: unknown }).steps;
  assert.deepEqual(steps("more.json"), steps("trial.json"));
});

test("a file of somebody else is never written to, nor a link followed", async () => {
  writeFileSync(path("own"), "apiVersion: v1\nkind: Config\n");
  symlinkSync(path("elsewhere"), path("link"));
  for (const name of ["own", "link"]) {
    const { code, err } = await serve(["--kubeconfig", path(name)]);
    assert.deepEqual([code, /is there already and was not written by/.test(err)], [2, true], name);
  }
  assert.equal(readFileSync(path("own"), "utf8"), "apiVersion: v1\nkind: Config\n");
  assert.throws(() => statSync(path("elsewhere")));
});

test("what cannot be done is said in a line", async () => {
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [["--speed", "fast"], /`--speed` is a number above 0 or step, not `fast`/],
    [["--port", "x"], /`--port` is a number/],
    [["--nonsense"], /unknown option `--nonsense`/],
    [["nowhere.yaml"], /nowhere\.yaml/],
    [["--resume", path("web.yaml")], /holds no trial/],
    [["--resume", path("trial.json"), "a.yaml"], /takes no files/],
    [["--kubernetes-version", "1.2"], /one of 1\.34/],
  ];
  for (const [argv, expected] of cases) {
    const { code, err } = await serve(argv);
    assert.equal(code, 2, argv.join(" "));
    assert.match(err, expected, argv.join(" "));
  }
});
