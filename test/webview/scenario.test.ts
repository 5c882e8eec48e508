/** What is kept as a scenario's file is played again as it was, here and on the command line. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { scenarioFile } from "../../client/webview/share/scenario-file.ts";
import { playOf, type Wanted } from "../../client/webview/state/play.ts";
import { isTried, nothingTried, trialOf, withOwnStep, withWhatIf } from "../../client/webview/state/trial.ts";
import { playOfFile } from "../../server/scenario/play.ts";
import { readScenarioFile } from "../../server/scenario/read.ts";
import { yamlText } from "../../simulator/kubectl/print/yaml-text.ts";
import { named, objectsIn, played, sample } from "./samples.ts";

const before = objectsIn(sample("deployment.yaml"));
const after = objectsIn(sample("deployment.yaml").replace("nginx:1.27", "nginx:1.28"));
const tried = withWhatIf(
  withOwnStep({ ...nothingTried(3), timings: { pull: 7_500 }, workers: { count: 5, cpu: 4 } }, 12_000, {
    do: "cordon",
    name: "worker-2",
  }),
  "crash-loop",
  true,
);
const wanted: Wanted = {
  mode: "change",
  before,
  after,
  target: named("Deployment", "web"),
  trial: tried,
  kubernetes: "1.36",
  start: null,
  length: null,
};

test("the file reads as a person writes one", () => {
  const text = yamlText({
    ...scenarioFile(playOf({ ...wanted, trial: { ...tried, workers: null } }), "deployment.yaml", true),
    nodes: [],
  });
  assert.equal(
    text,
    `before: HEAD
faults:
- fault:
    after: 3000
    type: crash
  "on":
    image: nginx:1.28
    kind: Deployment
    name: web
kubernetes: "1.36"
manifests:
- deployment.yaml
mode: change
nodes: []
seed: 3
steps:
- at: 12s
  do: cordon
  name: worker-2
timings:
  pull: 7s500ms
`,
  );
});

test("on the command line the file gives the same trace", () => {
  const play = playOf(wanted);
  const read = readScenarioFile(yamlText(scenarioFile(play, "deployment.yaml", false)));
  assert.ok("file" in read, JSON.stringify(read));
  const again = playOfFile(read.file, after, before);
  assert.deepEqual(played(again).trace.entries, played(play).trace.entries);
});

test("opened in the panel the file gives the same trace", () => {
  const play = playOf(wanted);
  const read = readScenarioFile(yamlText(scenarioFile(play, "deployment.yaml", true)));
  assert.ok("file" in read);
  const { mode = null, steps, timings, nodes, faults, behaviours, seed } = read.file;
  const lengths = timings as Readonly<Record<string, number>>;
  const trial = trialOf({ mode, steps, timings: lengths, ...(nodes ? { nodes } : {}), faults, behaviours, seed });
  assert.ok(isTried(trial));
  assert.deepEqual(played(playOf({ ...wanted, trial })).trace.entries, played(play).trace.entries);
});
