/** The attempts of a Job by index or slot, and what has succeeded so far. */
import { useComputed } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { attemptsOf, endOf, type JobRun } from "../../../simulator/insight/job-run.ts";
import { countLine } from "../../../simulator/insight/lines.ts";
import { duration, say } from "../messages/words.ts";
import { areaPolygon, curvePath } from "../picture/curve.ts";
import { attemptRows, type Row as RowModel } from "../picture/rows.ts";
import * as model from "../state/model.ts";
import { Bars } from "./bars.tsx";
import { hideCard, showCard } from "./card.tsx";
import { percent, Row } from "./grid.tsx";
import { Glyph } from "./icon.tsx";
import { Big } from "./line.tsx";
import { podMenu } from "./menus.tsx";
import { GlyphNow, WordNow } from "./now.tsx";
import { type Frame, mostRows, rowKeys, stagesInWords, stop } from "./row-frame.ts";

/** A Job: a row for each index or slot, its attempts one after the other with the wait between them. */
export function AttemptRows({ run, scale, from }: Frame & { readonly run: JobRun }) {
  const rows = useMemo(() => attemptRows(run.lives, run.indexed), [run]);
  return (
    <>
      {rows.slice(0, mostRows).map((row, index) => (
        <AttemptRow key={row.key} row={row} indexed={run.indexed} scale={scale} from={from} first={index === 0} />
      ))}
      {rows.length > mostRows && <small>{say("andMore", { n: rows.length - mostRows })}</small>}
    </>
  );
}

/** A wait in words needs so much of the track, in percent. */
const waitRoom = 7;

function AttemptRow({
  row,
  indexed,
  scale,
  from,
  first,
}: Frame & { readonly row: RowModel; readonly indexed: boolean; readonly first: boolean }) {
  const drawn = useMemo(
    () =>
      row.lives.map((life, index) => {
        const end = endOf(life);
        const next = row.lives[index + 1];
        const gap =
          end?.failed && next && next.created > end.time ? { from: end.time - from, to: next.created - from } : null;
        const left = gap ? scale.x(gap.from) : 0;
        const width = gap ? scale.x(gap.to) - left : 0;
        return (
          <span key={life.uid}>
            <Bars life={life} scale={scale} from={from} old={false} attempt />
            {gap && <i class="bar backoff" style={{ left: percent(left), width: percent(width) }} />}
            {gap && width > waitRoom && (
              <span class="wait" style={{ left: percent(left + width / 2) }}>
                {duration(Math.round((gap.to - gap.from) / 1000) * 1000)}
              </span>
            )}
            {end && !end.failed && end.time - from <= scale.end && (
              <span class="ended" style={{ left: percent(scale.x(end.time - from)) }}>
                <Glyph name="succeeded" />
              </span>
            )}
          </span>
        );
      }),
    [row, scale, from],
  );
  const open = (event: MouseEvent | KeyboardEvent) =>
    podMenu(event, row.lives.findLast((life) => life.created <= from + model.time.value) ?? row.lives[0]!);
  const hover = (event: PointerEvent | FocusEvent) =>
    showCard(event, row.lives.findLast((life) => life.created <= from + model.time.value) ?? row.lives[0]!);
  const name = say(indexed ? "index" : "slot", { n: row.index ?? 0 });
  return (
    <Row
      kind="index"
      role="row"
      {...stop(first)}
      data-row={row.key}
      aria-label={`${name}. ${row.lives.map((life) => stagesInWords(life, from)).join("; ")}`}
      onContextMenu={open}
      onKeyDown={rowKeys(open)}
      onPointerEnter={hover}
      onPointerLeave={hideCard}
      onFocus={hover}
      onBlur={hideCard}
      label={
        <>
          <GlyphNow lives={row.lives} />
          <span class="name">{name}</span>
          {row.lives.length > 1 && indexed && <small>{say("tries", { n: row.lives.length })}</small>}
        </>
      }
      track={drawn}
      state={<WordNow lives={row.lives} words={{ ready: "running", failed: "backoff", absent: "waiting" }} />}
    />
  );
}

/** Completions of a Job over time, with a cross below for every pod that failed. */
export function SucceededLine({ run, scale, from, height }: Frame & { readonly run: JobRun; readonly height: number }) {
  const end = from + scale.end;
  const done = useMemo(() => countLine(run.lives, end, ({ stage }) => stage === "succeeded"), [run, end]);
  const failed = run.lives.flatMap((life) => {
    const ended = endOf(life);
    return ended?.failed ? [ended.time - from] : [];
  });
  const top = run.completions * 1.07;
  const shown = useComputed(() => {
    const at = from + model.time.value;
    const ends = run.lives.flatMap((life) => endOf(life) ?? []).filter((one) => one.time <= at);
    return { done: ends.filter((one) => !one.failed).length, failed: ends.filter((one) => one.failed).length };
  });
  return (
    <Row
      kind="available job"
      style={{ height: `${height}px` }}
      label={<Big label={say("succeededLine")} value={shown.value.done} of={say("of", { n: run.completions })} />}
      track={
        <>
          <div class="above-tries">
            <i
              class="layer new"
              style={{ clipPath: areaPolygon(done, scale, from, top) || "none" }}
              hidden={done.length === 0}
            />
            <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
              <path class="bound wanted" d={`M0 ${100 - 100 / 1.07} H100`} />
              <path class="curve" d={curvePath(done, scale, from, top)} />
            </svg>
          </div>
          {failed
            .filter((at) => at >= scale.start && at <= scale.end)
            .map((at) => (
              <i key={at} class="try low" style={{ left: percent(scale.x(at)) }} />
            ))}
        </>
      }
      state={
        <>
          <span class="bound-name" style={{ top: "6px" }}>
            {say("wanted")} {run.completions}
          </span>
          <span class="bound-name" style={{ top: "calc(100% - 7px)" }}>
            {say("failedLine", { n: shown.value.failed })}
          </span>
        </>
      }
    />
  );
}

/** The number of rows that a Job has. */
export const attemptCount = (run: JobRun): number => attemptsOf(run.lives, run.indexed).length;
