/** The picture of the kind that is shown: steps, ruler, line and rows on one axis. */
import { say } from "../messages/words.ts";
import * as model from "../state/model.ts";
import { toggleHidden } from "../state/trying.ts";
import { AttemptRows, attemptCount, SucceededLine } from "./attempt-rows.tsx";
import { Calendar } from "./calendar.tsx";
import { CompareTable, RunHead, SmallRun } from "./compare.tsx";
import { variantWord } from "./headline.tsx";
import { AvailableLine } from "./line.tsx";
import { timeMenu } from "./menus.tsx";
import { NodeRows } from "./node-rows.tsx";
import { OrdinalRows } from "./ordinal-rows.tsx";
import { RevisionRows } from "./revision-rows.tsx";
import { seekByClick } from "./row-frame.ts";
import { columns, onPointerMove, onWheel, Playhead, Ruler } from "./ruler.tsx";
import { Overlay, StepLane } from "./steps.tsx";
import { WhatIfSheet } from "./what-if.tsx";

const legends = {
  rollout: ["pulling", "starting", "ready", "readyOld", "stopping"],
  job: ["creating", "ready", "attempt", "backoff"],
} as const;

/** Stages that are told in the legend only where they occur. */
const rare = ["pending", "unready", "failing", "backoff", "unknown"] as const;

function Legend() {
  const isJob = model.jobRun.value !== null;
  // What is shorter than a hair is not seen, so it needs no explanation.
  const hair = (model.scale.value.end - model.scale.value.start) / 100;
  const seen = model.lives.value.flatMap(({ spans }) => spans.filter(({ from, to }) => to - from >= hair));
  const occur = new Set<string>(seen.map(({ stage }) => stage));
  const entries: readonly string[] = isJob ? legends.job : [...legends.rollout, ...rare];
  const isShown = (stage: string): boolean => {
    if (stage === "readyOld") return model.lives.value.some((life) => life.revision !== model.rollout.value?.newest);
    if (stage === "attempt") return occur.has("failed");
    if (isJob && stage === "backoff") return (model.jobRun.value?.waits.length ?? 0) > 0;
    return occur.has(stage);
  };
  const words: Readonly<Record<string, string>> = isJob
    ? { ready: say("legendRuns"), attempt: say("legendFails"), creating: say("starting") }
    : {};
  return (
    <div class="legend" role="group" aria-label={say("legend")}>
      {entries.filter(isShown).map((stage) => (
        <button
          key={stage}
          type="button"
          aria-pressed={!model.hidden.value.includes(stage)}
          onClick={() => toggleHidden(stage)}
        >
          <span class="sample">
            <i class={`bar ${stage === "readyOld" ? "ready old" : stage}`} />
          </span>
          {words[stage] ?? say(stage as "ready")}
        </button>
      ))}
    </div>
  );
}

function CalendarLegend() {
  const runs = model.cronRuns.value?.runs ?? [];
  const entries = [
    ["run succeeded", "legendRun", true],
    ["run failed", "legendFail", runs.some((run) => run.outcome === "failed")],
    ["late", "legendLate", runs.some((run) => run.late > 0)],
    ["run replaced", "legendReplaced", runs.some((run) => run.outcome === "replaced")],
    ["skip", "legendSkipped", runs.some((run) => run.outcome === "skipped")],
    ["no-hour", "legendNoHour", (model.cronRuns.value?.missing.length ?? 0) > 0],
  ] as const;
  return (
    <div class="legend" role="group" aria-label={say("legend")}>
      {entries
        .filter(([, , shown]) => shown)
        .map(([name, word]) => (
          <span key={name}>
            <span class="sample">
              <i class={name} />
            </span>
            {say(word)}
          </span>
        ))}
    </div>
  );
}

/** Pixels of the line above the rows. */
function lineHeight(): number {
  if (model.width.value >= 1280) return 128;
  const kind = model.target.value?.kind;
  if (kind === "StatefulSet") return 60;
  return kind === "DaemonSet" || kind === "Job" ? 64 : 72;
}

function Rows() {
  const found = model.result.value;
  const scale = model.scale.value;
  const kind = model.target.value?.kind;
  const { rollout, jobRun } = model;
  if (!found) return null;
  const frame = { scale, from: found.from };
  if (jobRun.value) {
    const height = attemptCount(jobRun.value) > 0 ? lineHeight() : 60;
    return (
      <>
        <SucceededLine run={jobRun.value} {...frame} height={height} />
        <WhatIfSheet />
        <AttemptRows run={jobRun.value} {...frame} />
      </>
    );
  }
  if (!rollout.value) return null;
  if (model.variant.value && model.other.value) {
    return (
      <>
        <RunHead letter="A" name={say("cmpText")} mine />
        <SmallRun second={false} />
        <RunHead letter="B" name={variantWord(model.variant.value)} mine={false} />
        <SmallRun second />
      </>
    );
  }
  return (
    <>
      <AvailableLine rollout={rollout.value} {...frame} height={lineHeight()} />
      <WhatIfSheet />
      {kind === "StatefulSet" ? (
        <OrdinalRows rollout={rollout.value} {...frame} />
      ) : kind === "DaemonSet" ? (
        <NodeRows rollout={rollout.value} {...frame} />
      ) : (
        <RevisionRows rollout={rollout.value} {...frame} />
      )}
    </>
  );
}

export function Picture() {
  const { label, state } = columns();
  const style = { "--label": `${label}px`, "--state": `${state}px` } as Record<string, string>;
  const calendar = model.cronRuns.value;
  if (calendar) {
    return (
      <div class="centre" style={style}>
        <section class="picture" id="picture" aria-label={say("picture")} data-part="picture" tabIndex={-1}>
          <Calendar calendar={calendar} />
        </section>
        <CalendarLegend />
      </div>
    );
  }
  return (
    <div class="centre" style={style}>
      {model.variant.value && <CompareTable />}
      <section
        class="picture"
        id="picture"
        aria-label={say("picture")}
        data-part="picture"
        tabIndex={-1}
        onWheel={onWheel}
        onPointerMove={onPointerMove}
        onPointerLeave={() => (model.pointed.value = null)}
        onClick={seekByClick}
      >
        <Overlay />
        <div class="sticky" onContextMenu={timeMenu}>
          <StepLane />
          <Ruler />
        </div>
        <div role="grid" aria-label={say("picture")}>
          <Rows />
        </div>
        <Playhead />
      </section>
      <Legend />
    </div>
  );
}
