/** Golden pictures: the SVG of each kind's sample at five moments, as files that can be read. `UPDATE=1` writes them anew. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { momentsOf, wholeScale } from "../../client/webview/picture/axis.ts";
import { attemptRows, groupsOf, nodeRows, ordinalRows } from "../../client/webview/picture/rows.ts";
import { lightPalette, type SvgRow, svgOf } from "../../client/webview/share/svg.ts";
import { ending } from "../../client/webview/verdict/step-words.ts";
import { livesOf } from "../../simulator/insight/lives.ts";
import { type Rollout, rolloutOf } from "../../simulator/insight/rollout.ts";
import type { Trace } from "../../simulator/trace.ts";
import type { WorkloadName } from "../../simulator/view.ts";
import { named, played, playOfTexts, sample } from "./samples.ts";

interface Case {
  readonly target: WorkloadName;
  readonly before: string | null;
  readonly after: string;
  readonly rows: (trace: Trace, rollout: Rollout) => readonly SvgRow[];
}

const row = (name: string, where: string, lives: SvgRow["lives"]): SvgRow => ({ name, where, lives, isHeading: false });
const byRevision = (target: WorkloadName) => (trace: Trace, rollout: Rollout) =>
  groupsOf(trace, target, rollout.lives, rollout.newest).flatMap((group): SvgRow[] => [
    { name: group.maker, where: group.images.join(", "), lives: [], isHeading: true },
    ...group.lives.map((life) => row(ending(life.name), life.node, [life])),
  ]);

const deployment = sample("deployment.yaml");
const stateful = sample("statefulset.yaml");
const daemon = sample("daemonset.yaml");
const cases: Readonly<Record<string, Case>> = {
  deployment: {
    target: named("Deployment", "web"),
    before: deployment,
    after: deployment.replace("nginx:1.27", "nginx:1.28"),
    rows: byRevision(named("Deployment", "web")),
  },
  replicaset: {
    target: named("ReplicaSet", "cache"),
    before: null,
    after: sample("replicaset.yaml"),
    rows: byRevision(named("ReplicaSet", "cache")),
  },
  statefulset: {
    target: named("StatefulSet", "mysql"),
    before: stateful,
    after: stateful.replace(/image: mysql:\S+/, "image: mysql:9"),
    rows: (_, { lives }) => ordinalRows(lives).map((one) => row(one.name, "", one.lives)),
  },
  daemonset: {
    target: named("DaemonSet", "node-exporter"),
    before: daemon,
    after: daemon.replace("v1.9.1", "v1.9.2"),
    rows: (trace, { lives }) => nodeRows(trace, lives).map((one) => row(one.name, "", one.lives)),
  },
  job: {
    target: named("Job", "resize-photos"),
    before: null,
    after: sample("job.yaml"),
    rows: (trace) =>
      attemptRows(livesOf(trace, named("Job", "resize-photos")), false).map((one) =>
        row(`slot ${one.key}`, "", one.lives),
      ),
  },
};

const shares = [0, 0.25, 0.5, 0.75, 1];

for (const [name, { target, before, after, rows }] of Object.entries(cases)) {
  test(`the picture of the ${target.kind} at five moments is as it was`, () => {
    const { trace, from } = played(playOfTexts(before, after, target));
    const rollout = rolloutOf(trace, target, from);
    const scale = wholeScale({ moments: momentsOf(rollout.lives, from), marks: [rollout.takes] }, () => false);
    const pictures = shares.map((share) => {
      const time = Math.round(rollout.takes * share);
      const picture = {
        title: `${target.kind} ${target.name} at ${time} ms`,
        verdict: "",
        tone: "safe",
        figures: [],
        marks: [],
      } as const;
      return svgOf(
        { ...picture, rollout, rows: rows(trace, rollout), newest: rollout.newest, scale, from, time },
        lightPalette,
      );
    });
    const drawn = pictures.join("\n");
    const file = fileURLToPath(new URL(`./pictures/${name}.svg.txt`, import.meta.url));
    if (process.env["UPDATE"] === "1") writeFileSync(file, drawn);
    assert.equal(drawn, readFileSync(file, "utf8"));
  });
}

test("what a manifest says is text in the picture, never markup", () => {
  const { trace, from } = played(playOfTexts(null, deployment, named("Deployment", "web")));
  const rollout = rolloutOf(trace, named("Deployment", "web"), from);
  const scale = wholeScale({ moments: momentsOf(rollout.lives, from), marks: [] }, () => false);
  const hostile = `"><script>alert(1)</script>`;
  const svg = svgOf(
    {
      title: hostile,
      verdict: hostile,
      tone: "safe",
      figures: [{ label: hostile, value: hostile, note: hostile }],
      marks: [{ time: 0, text: hostile, end: false }],
      rollout,
      rows: [row(hostile, hostile, [])],
      newest: null,
      scale,
      from,
      time: 0,
    },
    lightPalette,
  );
  assert.ok(!svg.includes("<script"));
});
