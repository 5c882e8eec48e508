/** Who stands in which row, and how thin rows become. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { densityOf, groupsOf, nodeRows, ordinalRows } from "../../client/webview/picture/rows.ts";
import { rolloutOf } from "../../simulator/insight/rollout.ts";
import { named, played, playOfTexts, sample } from "./samples.ts";

test("up to 12 pods have names, up to 20 and 40 thin rows, more are a strip", () => {
  assert.deepEqual([12, 13, 20, 21, 40, 41, 5_000].map(densityOf), [
    "rows",
    "dense",
    "dense",
    "hair",
    "hair",
    "strip",
    "strip",
  ]);
});

test("the new revision stands first, also after an undo brought back an old template", () => {
  const text = sample("deployment.yaml");
  const target = named("Deployment", "web");
  const steps = [
    { at: 60_000, action: { do: "undo", kind: "Deployment", name: "web", namespace: "default" } },
  ] as const;
  const { trace, from } = played(playOfTexts(text, text.replace("nginx:1.27", "nginx:1.28"), target, { steps }));
  const rollout = rolloutOf(trace, target, from);
  const groups = groupsOf(trace, target, rollout.lives, rollout.newest);
  assert.deepEqual(
    groups.map(({ revision, isNew, images }) => [revision, isNew, images[0]]),
    [
      [3, true, "nginx:1.27"],
      [2, false, "nginx:1.28"],
    ],
  );
});

test("the highest ordinal stands above, with all pods that held it in one row", () => {
  const text = sample("statefulset.yaml");
  const target = named("StatefulSet", "mysql");
  const { trace, from } = played(playOfTexts(text, text.replace(/image: mysql:\S+/, "image: mysql:9"), target));
  const rows = ordinalRows(rolloutOf(trace, target, from).lives);
  assert.deepEqual(
    rows.map(({ index, lives }) => [index, lives.length]),
    [
      [2, 2],
      [1, 2],
      [0, 2],
    ],
  );
});

test("every node has a row, also one without a pod", () => {
  const text = sample("daemonset.yaml").replace(/\n\s+tolerations:[\s\S]*?NoSchedule/, "");
  const target = named("DaemonSet", "node-exporter");
  const { trace, from } = played(playOfTexts(null, text, target));
  const rows = nodeRows(trace, rolloutOf(trace, target, from).lives);
  assert.deepEqual(
    rows.map(({ name, lives }) => [name, lives.length]),
    [
      ["control-plane", 0],
      ["worker-1", 1],
      ["worker-2", 1],
      ["worker-3", 1],
    ],
  );
});
