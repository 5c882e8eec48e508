// A tree is checked on several threads with the same result as on one.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { mayHoldOurs } from "../../server/service/worth.ts";
import { fileOf } from "../bench/tree.ts";

const cli = fileURLToPath(new URL("../../dist/cli.mjs", import.meta.url));

function seatrial(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...words], { encoding: "utf8" });
  return { status, stdout, stderr };
}

test("on one thread and on three, a tree has the same findings in the same order, neighbours included", () => {
  const folder = mkdtempSync(join(tmpdir(), "seatrial-tree-"));
  try {
    for (let index = 0; index < 1000; index++) {
      const { name, text } = fileOf(index);
      mkdirSync(join(folder, name, ".."), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    writeFileSync(
      join(folder, "app.yaml"),
      "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: db }\nspec: {}\n",
    );
    const one = seatrial("check", "--format", "json", "--threads", "1", folder);
    const three = seatrial("check", "--format", "json", "--threads", "3", folder);
    assert.deepEqual(three, one);
    assert.equal(one.status, 1);
    assert.match(one.stderr, /^seatrial: documents taken: .* \d+ files without any of its kinds passed over\.\n$/);
    const codes = new Set(
      (JSON.parse(one.stdout) as { problems: { code: string }[] }[]).flatMap(({ problems }) =>
        problems.map(({ code }) => code),
      ),
    );
    assert.ok(codes.has("unknown-field") && codes.has("selector-overlap"), [...codes].join());
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a number of threads is a number", () => {
  assert.equal(seatrial("check", "--threads", "none", "a.yaml").status, 2);
});

test("what cannot hold any of the kinds is passed over, and what may is not", () => {
  for (const text of [
    "apiVersion: v1\nkind: Service\n",
    'kind: "Deployment"\n',
    "- kind: &k Pod\n",
    '{"kind":"List","items":[]}',
    "apiVersion: apps/v1\nkind: Deploymnt\n",
    "apiVersion: v1\nkind: Servce\n",
    "kind: ServiceList\n",
    "apiVersion: extensions/v1beta1\nkind: Deployments\n",
    "apiVersion: {{ .Values.api }}\nkind: StatefulSet\n",
    "apiVersion: !!str policy/v1\n",
  ]) {
    assert.equal(mayHoldOurs(text), true, text);
  }
  for (const text of [
    "",
    "replicas: 3\nimage: { tag: v1 }\n",
    "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec: { names: { kind: ServiceMonitor } }\n",
    "apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\n",
    '{"name":"package","version":"1.0.0"}',
  ]) {
    assert.equal(mayHoldOurs(text), false, text);
  }
});
