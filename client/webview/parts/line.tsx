/** Available pods over time between what is promised: the heavy line, the areas below it, the bounds and their names. */
import { useComputed } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { clip, countLine, type Line, valueAt } from "../../../simulator/insight/lines.ts";
import { isLive } from "../../../simulator/insight/lives.ts";
import type { Rollout } from "../../../simulator/insight/rollout.ts";
import { duration, say, type WordKey } from "../messages/words.ts";
import { areaPolygon, curvePath } from "../picture/curve.ts";
import type { Scale } from "../picture/scale.ts";
import { time } from "../state/model.ts";
import { percent, Row } from "./grid.tsx";

interface Props {
  readonly rollout: Rollout;
  readonly scale: Scale;
  readonly from: number;
  readonly height: number;
}

function Layer({ kind, clipPath }: { readonly kind: string; readonly clipPath: string }) {
  return clipPath === "" ? null : <i class={`layer ${kind}`} style={{ clipPath }} />;
}

interface Bound {
  readonly kind: "ceiling" | "wanted" | "floor";
  readonly line: Line;
}

/** Pixels between two names. */
const nameHeight = 12;

export function AvailableLine({ rollout, scale, from, height }: Props) {
  const { lives, newest, available, wanted, floor, ceiling, shortfalls, end } = rollout;
  const shownFrom = from + scale.start;
  const ready = countLine(lives, end, ({ stage }) => stage === "ready");
  const isReadyNew = countLine(lives, end, ({ stage }, life) => stage === "ready" && life.revision === newest);
  const all = countLine(lives, end, ({ stage }) => isLive(stage));
  const well = countLine(lives, end, ({ stage }) => isLive(stage) && stage !== "failing" && stage !== "backoff");
  const bounds: readonly Bound[] = [
    { kind: "ceiling" as const, line: ceiling },
    { kind: "wanted" as const, line: wanted },
    { kind: "floor" as const, line: floor },
  ].filter(({ kind, line }) => {
    const shown = clip(line, from, from + scale.end);
    // A bound that promises nothing, or nothing beyond what is wanted, is none.
    if (line.length === 0 || shown.every(({ value }) => value === 0)) return false;
    return kind !== "ceiling" || shown.some((level) => level.value !== valueAt(wanted, level.from));
  });
  const within = (line: Line) => clip(line, shownFrom, from + scale.end);
  const top = Math.max(1, ...[all, ceiling, wanted].flatMap((line) => within(line).map(({ value }) => value))) * 1.07;
  const broken = shortfalls.length > 0;
  const y = (value: number) => 100 - (value / top) * 100;
  const left = (at: number) => percent(scale.x(Math.max(at - from, scale.start)));
  const right = (at: number) => percent(100 - scale.x(Math.min(at - from, scale.end)));
  const empty = within(available).filter(
    (level) =>
      level.value === 0 && level.from >= from && valueAt(wanted, level.from) > 0 && valueAt(available, from - 1) > 0,
  );
  const names = boundNames(bounds, scale, from, height, top);
  return (
    <Row
      kind="available"
      style={{ height: `${height}px` }}
      label={<Counter label={say("available")} rollout={rollout} from={from} />}
      track={
        <>
          <Layer kind="failing" clipPath={areaPolygon(all, scale, from, top, well)} />
          <Layer kind="coming" clipPath={areaPolygon(well, scale, from, top, ready)} />
          <Layer kind="old" clipPath={areaPolygon(ready, scale, from, top, isReadyNew)} />
          <Layer kind="new" clipPath={areaPolygon(isReadyNew, scale, from, top)} />
          {shortfalls.map((one) => (
            <i
              key={one.from}
              class="layer short"
              style={{
                left: left(one.from),
                right: right(one.to),
                top: percent(y(one.bound)),
                bottom: percent((one.value / top) * 100),
              }}
            />
          ))}
          {empty.map((gap) => (
            <span key={gap.from}>
              <i
                class="layer short"
                style={{ left: left(gap.from), right: right(gap.to), top: percent(y(valueAt(wanted, gap.from))) }}
              />
              <span
                class="wait bad"
                style={{
                  left: percent(
                    (scale.x(Math.max(gap.from - from, scale.start)) + scale.x(Math.min(gap.to - from, scale.end))) / 2,
                  ),
                }}
              >
                {say("nothingFor", { time: duration(gap.to - gap.from) })}
              </span>
            </span>
          ))}
          <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
            {bounds.map(({ kind, line }) => (
              <path
                key={kind}
                class={`bound ${kind}${kind === "floor" && broken ? " broken" : ""}`}
                d={curvePath(line, scale, from, top)}
              />
            ))}
            <path class="curve" d={curvePath(available, scale, from, top)} />
          </svg>
          <span class="inside">
            {names.map(({ text, at, broken: bad }) => (
              <span key={text} class={bad && broken ? "broken" : ""} style={{ top: percent(at) }}>
                {text}
              </span>
            ))}
          </span>
        </>
      }
      state={names.map(({ text, at, shift, broken: bad }) => (
        <span
          key={text}
          class={`bound-name${bad && broken ? " broken" : ""}`}
          style={{ top: `calc(${percent(at)} + ${shift}px)` }}
        >
          {text}
        </span>
      ))}
    />
  );
}

/** The names of the bounds at their height where the picture ends; equal ones share a name, none is nearer than can be read. */
function boundNames(bounds: readonly Bound[], scale: Scale, from: number, height: number, top: number) {
  const last = from + scale.end - 1;
  const merged: { value: number; kinds: Bound["kind"][] }[] = [];
  for (const { kind, line } of bounds) {
    const value = valueAt(line, last);
    if (value === 0) continue;
    const same = merged.find((one) => one.value === value);
    if (same) same.kinds.push(kind);
    else merged.push({ value, kinds: [kind] });
  }
  let lowest = -Infinity;
  return merged
    .sort((a, b) => b.value - a.value)
    .map(({ value, kinds }) => {
      const at = 100 - (value / top) * 100;
      const pixels = (at / 100) * height;
      const shift = Math.round(Math.max(0, lowest + nameHeight - pixels));
      lowest = pixels + shift;
      return {
        text: `${kinds.map((kind) => say(kind satisfies WordKey)).join(", ")} ${value}`,
        at,
        shift,
        broken: kinds.includes("floor"),
      };
    });
}

function Counter({
  label,
  rollout,
  from,
}: {
  readonly label: string;
  readonly rollout: Rollout;
  readonly from: number;
}) {
  const shown = useComputed(() => {
    const at = from + time.value;
    return { count: valueAt(rollout.available, at), all: valueAt(rollout.wanted, at) };
  });
  const { count, all } = shown.value;
  return <Big label={label} value={count} of={say("of", { n: all })} />;
}

export function Big({
  label,
  value,
  of,
}: {
  readonly label: string;
  readonly value: ComponentChildren;
  readonly of: string;
}) {
  return (
    <>
      <small>{label}</small>
      <p class="big" data-part="count">
        {value} <i>{of}</i>
      </p>
    </>
  );
}
