/** What the first screen answers: a change of a sample and what is said of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { speak } from "../../client/webview/messages/words.ts";
import { rolloutFigures } from "../../client/webview/verdict/figures.ts";
import { verdictSentence } from "../../client/webview/verdict/sentence.ts";
import type { JobSpec } from "../../simulator/api/objects.ts";
import { jobRunOf } from "../../simulator/insight/job-run.ts";
import { rolloutOf } from "../../simulator/insight/rollout.ts";
import { jobVerdict } from "../../simulator/insight/run-verdicts.ts";
import { rolloutVerdict } from "../../simulator/insight/verdict.ts";
import type { Play } from "../../simulator/played.ts";
import { named, objectsIn, played, playOfTexts, sample } from "./samples.ts";

const web = named("Deployment", "web");
const deployment = sample("deployment.yaml");
const four = deployment.replace("replicas: 3", "replicas: 4");
const newImage = (text: string) => text.replace("nginx:1.27", "nginx:1.28");
const recreate = (text: string) =>
  text.replace(/strategy:[\s\S]*?maxUnavailable: 25%/, "strategy:\n    type: Recreate");

/** The verdict on a change, in words. */
function said(before: string | null, after: string, target = web, more: Partial<Play> = {}): string {
  const play = playOfTexts(before, after, target, more);
  const { trace, from } = played(play);
  const rollout = rolloutOf(trace, target, from);
  const { word, text } = verdictSentence(rolloutVerdict(trace, target, from, rollout, { mode: play.mode }));
  return `${word} ${text}`.replaceAll("\u00a0", " ");
}

test("a rolling update says how long it takes and how few are left", () => {
  assert.match(
    said(four, newImage(four)),
    /^Safe\. Rolls out in \d+(\.\d)? s and never has fewer than 3 of 4 pods available\.$/,
  );
});

test("a creation says when all pods are ready, and that nothing was missed", () => {
  assert.match(said(null, four), /^Starts\. All 4 pods are ready after \d+(\.\d)? s\.$/);
});

test("Recreate is a downtime with its cause", () => {
  const text = said(recreate(four), newImage(recreate(four)));
  assert.match(
    text,
    /^Downtime\. No pod is available for \d+(\.\d)? s: Recreate stops all old pods before it starts the new ones\.$/,
  );
});

test("the only pod of a StatefulSet is missed while it is replaced", () => {
  const one = sample("statefulset.yaml").replace("replicas: 3", "replicas: 1");
  const text = said(one, one.replace(/image: mysql:\S+/, "image: mysql:9"), named("StatefulSet", "mysql"));
  assert.match(text, /^Downtime\. No pod is available for .*: the only pod is stopped before its successor starts\.$/);
});

test("a StatefulSet is replaced from the highest ordinal down, and what the partition keeps is named", () => {
  const text = sample("statefulset.yaml");
  const cut = text.replace(
    "  replicas: 3\n",
    "  replicas: 3\n  updateStrategy: { type: RollingUpdate, rollingUpdate: { partition: 1 } }\n",
  );
  const found = said(cut, cut.replace(/image: mysql:\S+/, "image: mysql:9"), named("StatefulSet", "mysql"));
  assert.match(
    found,
    /^Safe\. Replaces mysql-2 and mysql-1 one after the other in .*; mysql-0 stays as it is until the partition is lowered\.$/,
  );
});

test("a DaemonSet goes round its nodes", () => {
  const text = sample("daemonset.yaml");
  const found = said(text, text.replace("v1.9.1", "v1.9.2"), named("DaemonSet", "node-exporter"));
  assert.match(found, /^Safe\. Goes round 4 nodes, 1 at a time, in .*; each is without a ready pod for .* s\.$/);
});

test("an image that cannot be pulled is named, with what keeps serving and when the controller gives up", () => {
  const faults = [
    { on: { kind: "Deployment", name: "web", image: "nginx:1.28" }, fault: { type: "imagePull" } },
  ] as const;
  const text = said(four, newImage(four), web, { faults });
  assert.match(
    text,
    /^Gets stuck\. New pods cannot pull `nginx:1\.28`; 3 of 4 old pods keep serving\. After 10 min( \d s)?: ProgressDeadlineExceeded\.$/,
  );
});

test("a drain in the middle is the cause of what falls below the floor, and the figures are red", () => {
  const steps = [{ at: 14_000, action: { do: "drain", name: "worker-1" } }] as const;
  const play = playOfTexts(four, newImage(four), web, { steps });
  const { trace, from } = played(play);
  const rollout = rolloutOf(trace, web, from);
  const verdict = rolloutVerdict(trace, web, from, rollout, { mode: "change" });
  const { text } = verdictSentence(verdict);
  assert.match(
    text.replaceAll("\u00a0", " "),
    /only 2 of 4 pods are available, below the floor of 3: worker-1 is drained at 14 s, in the middle of it\.$/,
  );
  const least = rolloutFigures(rollout, verdict, { from, ownSteps: true })[1];
  assert.deepEqual([least?.value, least?.of, least?.bad], ["2", "of 4", true]);
});

test("scaling up raises the floor, which is not broken while the new pods come", () => {
  const steps = [
    { at: 30_000, action: { do: "scale", kind: "Deployment", name: "web", namespace: "default", replicas: 8 } },
  ] as const;
  assert.match(said(four, newImage(four), web, { steps }), /^Safe\./);
});

test("a lost node is told with the three waits until its pods are replaced", () => {
  const steps = [{ at: 10_000, action: { do: "nodeLost", name: "worker-1" } }] as const;
  assert.match(
    said(four, newImage(four), web, { steps }),
    /^Slow to heal\. worker-1 is lost at 10 s\. Nothing shows it for \d+ s; its pods are replaced only after 5 min( \d+ s)? more/,
  );
});

test("no replicas, and a paused rollout, run nothing", () => {
  assert.match(said(null, deployment.replace("replicas: 3", "replicas: 0")), /^Nothing runs\. `replicas: 0`/);
  const paused = newImage(four).replace("  replicas: 4\n", "  replicas: 4\n  paused: true\n");
  assert.match(said(four, paused), /^Nothing runs\. The rollout is paused\./);
});

test("a change of labels alone replaces no pod", () => {
  assert.match(
    said(four, four.replace("  labels:\n    app: web\nspec", "  labels:\n    app: web\n    tier: front\nspec")),
    /^Safe\. The change replaces no pod\.$/,
  );
});

test("a Job completes with what is left until its deadline, or fails with the reason", () => {
  const text = sample("job.yaml");
  const target = named("Job", "resize-photos");
  const verdictOf = (manifest: string) => {
    const { trace, from } = played(playOfTexts(null, manifest, target));
    const spec = objectsIn(manifest)[0]?.spec as unknown as JobSpec;
    const { word, text: sentence } = verdictSentence(jobVerdict(jobRunOf(trace, target, from, spec)));
    return `${word} ${sentence}`.replaceAll("\u00a0", " ");
  };
  assert.match(verdictOf(text), /^Completes\. All 10 completions succeed in .*\. .* are left until the deadline\.$/);
  assert.match(
    verdictOf(text.replace("activeDeadlineSeconds: 600", "activeDeadlineSeconds: 20")),
    /^Fails\. DeadlineExceeded at \d+ s/,
  );
});

test("in Korean the sentence says the same", () => {
  speak("ko");
  try {
    assert.match(
      said(four, newImage(four)),
      /^안전합니다\. \S+초 만에 롤아웃되며, 그동안 파드 4개 중 3개 이상이 늘 가용합니다\.$/,
    );
  } finally {
    speak("en");
  }
});
