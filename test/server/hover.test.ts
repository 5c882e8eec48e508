import assert from "node:assert/strict";
import { test } from "node:test";
import { en } from "../../server/messages/en.ts";
import { ko } from "../../server/messages/ko.ts";
import { cronText, daemonText, deploymentText, jobText, statefulText } from "../../server/rules/examples.ts";
import { checkSlice } from "../../server/service/check.ts";
import { openManifest } from "../../server/service/manifest.ts";
import { hover } from "../../server/service/requests/hover.ts";
import { scheduleWords } from "../../server/service/schedule-words.ts";
import { lineStarts, positionAt } from "../../server/service/text.ts";
import { newestTarget, type Target } from "../../simulator/api/target.ts";

/** The hover over the first place where `word` stands, without its first line. */
async function over(word: string, text: string, words = en, target: Target = newestTarget): Promise<string> {
  const position = positionAt(lineStarts(text), text.length, text.indexOf(word));
  const sentence = await scheduleWords(words.language);
  const context = { words, docs: {}, now: Date.UTC(2026, 0, 1), timeZone: "Asia/Seoul", sentence };
  const { markdown } = hover(openManifest("file:///a.yaml", "yaml", text, target), position, context) ?? {
    markdown: "",
  };
  return markdown.split("\n\n").slice(1).join("\n\n");
}

test("the bounds of a rollout", async () => {
  assert.equal(
    await over("replicas", deploymentText("  replicas: 10\n")),
    "Value here: `10`\n\nHere: 3 extra and 2 unavailable; at most 13 pods, never fewer than 8 available.",
  );
});

test("no pod is promised where none is wanted, and none counted where less than none is", async () => {
  const surging = "  strategy: { rollingUpdate: { maxSurge: 3, maxUnavailable: 0 } }\n";
  assert.equal(
    await over("replicas", deploymentText(`  replicas: 0\n${surging}`)),
    "Value here: `0`\n\nHere: 3 extra and 0 unavailable; at most 0 pods, never fewer than 0 available.",
  );
  assert.equal(await over("replicas", deploymentText(`  replicas: -1\n${surging}`)), "Value here: `-1`");
});

test("a schedule as a sentence, with its next runs in its zone and the reader's", async () => {
  const nightly = cronText('  schedule: "30 4 * * 1-5"\n  timeZone: Europe/Berlin\n');
  const said = await over("schedule", nightly);
  assert.match(
    said,
    /At 04:30, Monday through Friday\n\nNext runs \(Europe\/Berlin\):\n\* 2026-01-01 04:30 \(in 4 h\)\n/,
  );
  assert.match(said, /Next runs \(Asia\/Seoul\):\n\* 2026-01-01 12:30\n/);
  assert.match(await over("schedule", nightly, ko), /오전 04:30|04:30/);
  assert.match(
    await over("schedule", cronText('  schedule: "@every 90m"\n')),
    /^Value here: `@every 90m`\n\nNext runs/,
  );
});

test("how long a Job waits between its attempts", async () => {
  assert.equal(
    await over("backoffLimit", jobText("  backoffLimit: 3\n")),
    "Value here: `3`\n\n3 retries, after waits of 10 s, 20 s, 40 s; 70 s of waiting in all.",
  );
  assert.match(await over("backoffLimit", jobText("  backoffLimit: 10\n")), /600 s, 600 s …; 3030 s of waiting in all/);
  assert.match(await over("backoffLimit", jobText("  backoffLimit: 0\n")), /no retry/);
});

test("a Job whose containers are restarted in place waits as the kubelet does", async () => {
  const inPlace = (limit: number) => jobText(`  backoffLimit: ${limit}\n`).replace("Never", "OnFailure");
  assert.equal(
    await over("backoffLimit", inPlace(3)),
    "Value here: `3`\n\n3 retries, after waits of 0 s, 10 s, 20 s; 30 s of waiting in all.",
  );
  assert.match(await over("backoffLimit", inPlace(10)), /300 s, 300 s …; 1510 s of waiting in all/);
});

test("how long a container waits to be restarted", async () => {
  const text = jobText("").replace("Never", "OnFailure");
  assert.match(await over("restartPolicy", text), /after 0 s, 10 s, 20 s, 40 s, 80 s, 160 s, 300 s, 300 s …/);
});

test("a percentage with the steps of its arithmetic", async () => {
  const rolling = (words: string) => deploymentText(`  replicas: 3\n  strategy: { rollingUpdate: { ${words} } }\n`);
  const surge = rolling("maxSurge: 25%, maxUnavailable: 30%");
  assert.match(await over("maxSurge", surge), /\n\n25 % of 3 pods is 0\.75, up to 1\.\n\n/);
  assert.match(await over("25%", surge, ko), /파드 3개의 25%는 0\.75개, 올림하여 1개입니다\./);
  assert.match(await over("maxUnavailable", surge), /30 % of 3 pods is 0\.9, down to 0\.\n\n/);
  assert.match(
    await over("maxUnavailable", rolling("maxSurge: 0, maxUnavailable: 10%")),
    /10 % of 3 pods is 0\.3, down to 0; nothing could move with that, so it counts as 1\./,
  );
});

test("a label, a resource and a claim's size are shown as themselves", async () => {
  const whole = async (word: string, text: string, words = en) => {
    const position = positionAt(lineStarts(text), text.length, text.indexOf(word));
    const context = { words, docs: {}, now: 0, timeZone: "UTC" };
    const manifest = openManifest("file:///a.yaml", "yaml", text);
    for (const slice of manifest.slices) checkSlice(slice);
    return hover(manifest, position, context)?.markdown ?? null;
  };
  const set = statefulText("").concat(
    "  volumeClaimTemplates:\n    - metadata: { name: data }\n" +
      "      spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 10Gi } } }\n",
  );
  assert.equal(
    await whole("storage:", set),
    "**storage** · requests: `10Gi`\n\nStorage of each claim: 10,737,418,240 bytes, 10.74 GB.",
  );
  const pod =
    "apiVersion: v1\nkind: Pod\nmetadata: { name: a, labels: { app: web } }\nspec:\n  containers:\n    - name: main\n      image: a:1\n      resources: { requests: { cpu: 250m, memory: 128M } }\n";
  assert.equal(await whole("cpu", pod), "**cpu** · requests: `250m`\n\n0.25 cores of CPU.");
  assert.equal(
    await whole("memory", pod, ko),
    "**memory** · requests: `128M`\n\n메모리: 128,000,000바이트, 122.07 MiB.",
  );
  assert.equal(await whole("app:", pod), "**labels** · `app: web`");
  const budget =
    "---\napiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: { name: few }\nspec: { minAvailable: 1, selector: { matchLabels: { app: web } } }\n";
  assert.equal(await whole("app:", pod + budget), "**labels** · `app: web`\n\nUsed by PodDisruptionBudget `few`.");
  assert.equal(await whole("app: web } } }", pod + budget), "**matchLabels** · `app: web`\n\nLeads to Pod `a`.");
  for (const blank of ["  containers", "    - name", "- name", "      resources", " requests", "{ requests"]) {
    assert.equal(await whole(blank, pod), null, blank);
  }
});

test("what a pod requests, and when a probe has failed", async () => {
  const text = deploymentText("  replicas: 2\n").replace(
    "containers:",
    "containers:\n        - name: extra\n          image: a:1\n          resources: { requests: { cpu: 250m, memory: 64Mi } }\n          livenessProbe: { tcpSocket: { port: 80 }, periodSeconds: 5 }",
  );
  const said = await over("resources", text);
  assert.match(
    said,
    /Quality of service: Burstable\. A pod requests cpu 250m, memory 64Mi; all 2 pods request cpu 500m, memory 128Mi\./,
  );
  assert.match(
    await over("livenessProbe", text),
    /3 failures in a row, one every 5 s: after about 15 s the container is ended and started again\./,
  );
});

test("what a schema of another tool says of a field is left to it", async () => {
  const text = deploymentText("  replicas: 2\n");
  const docs = { DeploymentSpec: { description: "", fields: { replicas: "Upstream." } } };
  const shown = (more: object) => {
    const position = positionAt(lineStarts(text), text.length, text.indexOf("replicas"));
    const context = { words: en, docs, now: 0, timeZone: "UTC", ...more };
    return hover(openManifest("file:///a.yaml", "yaml", text), position, context)?.markdown ?? "";
  };
  assert.match(shown({}), /Upstream\.$/);
  assert.doesNotMatch(shown({ described: true }), /Upstream/);
});

test("in Korean a field is explained in Korean, where there is a text of ours", async () => {
  assert.match(await over("replicas", deploymentText("  replicas: 2\n"), ko), /유지할 파드의 수입니다\.$/);
});

test("the names of pods and claims", async () => {
  const set = statefulText("")
    .replace("  serviceName: db\n", "  serviceName: db\n  replicas: 3\n  ordinals: { start: 2 }\n")
    .concat(
      "  volumeClaimTemplates:\n    - metadata: { name: data }\n" +
        "      spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }\n",
    );
  assert.equal(await over("volumeClaimTemplates", set), "Claims: `data-db-2` … `data-db-4`");
  assert.match(await over("replicas", set), /Pods: `db-2` … `db-4`. DNS: `db-2\.db\.default\.svc\.cluster\.local`/);
});

test("the nodes of the default cluster that fit", async () => {
  const said = await over("nodeSelector", daemonText("nodeSelector: { topology.kubernetes.io/zone: zone-b }"));
  assert.match(said, /Fits 1 of 4 nodes of the default cluster: `worker-2`\.\n\* `control-plane`: node\(s\) /);
});

test("since when a field is there, and what becomes of it in the version that is asked", async () => {
  const rolling = statefulText("").replace(
    "  serviceName: db\n",
    "  serviceName: db\n  updateStrategy: { rollingUpdate: { maxUnavailable: 2 } }\n",
  );
  assert.match(await over("maxUnavailable", rolling), /^Since Kubernetes 1\.37\.\n\nValue here: `2`$/);
  assert.equal(
    await over("maxUnavailable", rolling, en, "1.36"),
    "Since Kubernetes 1.37.\n\nKubernetes 1.36 drops it unseen: its feature gate is off.",
  );
  const referring = deploymentText("").replace("    spec:\n", "    spec:\n      workloadRef: {}\n");
  assert.equal(await over("workloadRef", referring), "Only in Kubernetes 1.35.");
  assert.match(await over("workloadRef", referring, ko, "1.35"), /기능 게이트가 꺼져/);
  assert.doesNotMatch(await over("replicas", deploymentText("  replicas: 1\n")), /Kubernetes/);
});
