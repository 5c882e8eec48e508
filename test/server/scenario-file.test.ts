/** Scenario files: text in, what is played and whether it is as expected out. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { runCommand } from "../../server/cli/run.ts";
import { readScenarioFile } from "../../server/scenario/read.ts";
import { durationText, parseDurationText } from "../../simulator/scenario/duration-text.ts";

const web = (image: string, replicas = 3) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: "${image}" }]
`;

/** Plays a scenario in a folder with these files; what is printed of the tables is left out. */
function play(files: Readonly<Record<string, string>>, words: readonly string[] = [], committed = false) {
  const folder = mkdtempSync(join(tmpdir(), "seatrial-scenario-"));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    if (committed) {
      const git = (...args: string[]) => execFileSync("git", args, { cwd: folder, stdio: "ignore" });
      git("init", "-q");
      git("add", ".");
      git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "first");
      writeFileSync(join(folder, "web.yaml"), web("web:2"));
    }
    const around = { environment: {}, version: "0", now: 0, readStandardInput: () => "" };
    const { code, out, err } = runCommand(["simulate", join(folder, "web.seatrial.yaml"), ...words], around);
    return { code, out: out.split("\n\n").at(-1), err: err.replaceAll(`${folder}/`, "") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("the manifest beside a scenario is played, and what is expected is judged", () => {
  const scenario = `
timings: { pull: 5s }
expect:
  - { of: Deployment/web, finishes: 1m, podsAtMost: 3 }
  - { finishes: 1s }
  - { of: Deployment/api, finishes: true }
`;
  assert.deepEqual(play({ "web.yaml": web("web:1"), "web.seatrial.yaml": scenario }), {
    code: 1,
    out: `✓ Deployment/web: finishes within 1m
✓ Deployment/web: at most 3 pods
✗ Deployment/web: finishes within 1s, but it took 6s100ms
✗ Deployment/api: finishes, but there is no such workload
2 of 4 expectations hold
`,
    err: "",
  });
});

test("the change from what is committed is played with HEAD", () => {
  const scenario = `
before: HEAD
expect:
  - { finishes: true, availableAtLeast: 3, podsAtMost: 5 }
  - event: { reason: ScalingReplicaSet, contains: Scaled down }
`;
  assert.deepEqual(play({ "web.yaml": web("web:1"), "web.seatrial.yaml": scenario }, [], true), {
    code: 0,
    out: `✓ Deployment/web: finishes
✓ Deployment/web: at least 3 available
✓ Deployment/web: at most 5 pods
✓ the event ScalingReplicaSet: Scaled down
4 of 4 expectations hold
`,
    err: "",
  });
  assert.deepEqual(
    play({ "web.yaml": web("web:1"), "web.seatrial.yaml": scenario }).err,
    "seatrial: web.seatrial.yaml: web.yaml is not committed: `before: HEAD` finds nothing\n",
  );
});

test("objects, nodes, faults, behaviours and steps are written in the file itself", () => {
  const scenario = `
title: The new image never becomes ready, and somebody goes back
before:
  - ${JSON.stringify({ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web" }, spec: { replicas: 2, selector: { matchLabels: { app: "web" } }, template: { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "web", image: "web:1" }] } } } })}
nodes: [{ name: only, allocatable: { cpu: "4" } }]
behaviours:
  - on: { image: "web:2" }
    does: { neverReady: true, onTerm: { after: 500ms } }
steps:
  - { at: 1m, do: undo, kind: Deployment, name: web }
expect:
  - { finishes: 2m, availableAtLeast: 2 }
`;
  const { code, out } = play({ "web.yaml": web("web:2", 2), "web.seatrial.yaml": scenario }, ["--lang", "ko"]);
  assert.equal(
    out,
    "✓ Deployment/web: 2m 안에 끝남\n✓ Deployment/web: 사용 가능한 파드 2개 이상\n기대 2개 중 2개 충족\n",
  );
  assert.equal(code, 0);
});

test("what is wrong with a scenario is told with its place, all of it at once", () => {
  const scenario = "for: soon\nstep: []\nsteps: [{ at: 3 minutes, do: scale }, { at: 1s }]\nexpect: [{ pods: 3 }]\n";
  assert.deepEqual(play({ "web.seatrial.yaml": scenario }), {
    code: 2,
    out: "",
    err: "seatrial: web.seatrial.yaml: there is no field `step`; `for` does not hold what it should; times are written as 10s or 1h30m; `steps[0].at` does not hold what it should; times are written as 10s or 1h30m; `steps[1].do` is missing; there is no field `expect[0].pods`\n",
  });
  assert.match(play({ "web.seatrial.yaml": "- a\n- b\n" }).err, /this is no scenario/);
  assert.match(play({ "web.seatrial.yaml": "{}" }).err, /the manifest web\.yaml cannot be read/);
  const unknown = "steps: [{ at: 1s, do: explode }]\n";
  assert.match(
    play({ "web.yaml": web("web:1"), "web.seatrial.yaml": unknown }).err,
    /steps\[1\]\.action\.do: .*explode/,
  );
});

test("whatever a scenario holds, reading it throws nothing", () => {
  const value = fc.jsonValue({ maxDepth: 4 });
  const file = fc.dictionary(
    fc.constantFrom(
      "manifests",
      "before",
      "steps",
      "expect",
      "for",
      "timings",
      "nodes",
      "faults",
      "behaviours",
      "start",
      "kubernetes",
    ),
    value,
  );
  fc.assert(fc.property(file, (one) => void readScenarioFile(JSON.stringify(one))));
});

test("lengths of time are read as they are written", () => {
  assert.deepEqual(
    ["90s", "1h30m", "7d", "1.5s", "250ms", "0s"].map(parseDurationText),
    [90_000, 5_400_000, 604_800_000, 1500, 250, 0],
  );
  assert.deepEqual(["", "5", "m", "1h 30m", "-1s", "1y"].map(parseDurationText), Array(6).fill(undefined));
  fc.assert(fc.property(fc.nat(), (time) => parseDurationText(durationText(time)) === time));
});
