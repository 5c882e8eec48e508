/** Pods over time: how many pods of each revision do what, with what was asked for and the bounds of the rollout. */
import { max } from "d3-array";
import { scaleLinear } from "d3-scale";
import { area, curveStepAfter, line } from "d3-shape";
import type { RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { lastAtOrBefore, type PodDoing, type RevisionCount, type SeriesPoint } from "../../../simulator/view.ts";
import { say } from "../messages/words.ts";
import { seek } from "../state/actions.ts";
import { end, points, target, time } from "../state/model.ts";
import { doings, Legend } from "./mark.tsx";
import { marks, moment } from "./moment.ts";

const height = 190;
/** What a mark of the time axis needs: its words and room beside them. */
const tickRoom = 80;
const inset = { left: 34, right: 12, top: 12, bottom: 24 };
/** Bottom to top: what serves stands on the ground. */
const layers: readonly PodDoing[] = ["finished", "ready", "starting", "pending", "failing", "terminating"];
const none: RevisionCount = { ready: 0, starting: 0, pending: 0, failing: 0, terminating: 0, finished: 0 };

/** The points with one more at the end, so that the last state has a width. */
function drawn(list: readonly SeriesPoint[]): readonly SeriesPoint[] {
  const last = list.at(-1);
  return last && last.time < end.value ? [...list, { ...last, time: end.value }] : list;
}

interface Layer {
  readonly revision: string;
  readonly doing: PodDoing;
  readonly old: boolean;
  readonly bands: readonly { readonly time: number; readonly low: number; readonly high: number }[];
}

function stack(list: readonly SeriesPoint[]): readonly Layer[] {
  const names = Object.keys(list.at(-1)?.revisions ?? {}).reverse();
  const heights = list.map(() => 0);
  const found: Layer[] = [];
  for (const doing of layers) {
    names.forEach((revision, order) => {
      const bands = list.map((point, index) => {
        const low = heights[index]!;
        const high = low + (point.revisions[revision] ?? none)[doing];
        heights[index] = high;
        return { time: point.time, low, high };
      });
      if (bands.some((band) => band.high > band.low)) found.push({ revision, doing, old: order > 0, bands });
    });
  }
  return found;
}

/** What the playhead stands on, in words: `3 Ready, 1 Starting`. */
export function inWords(list: readonly SeriesPoint[], at: number): string {
  const point =
    list[
      lastAtOrBefore(
        list.map((one) => one.time),
        at,
      )
    ];
  const parts = doings.flatMap((doing) => {
    const count = Object.values(point?.revisions ?? {}).reduce((sum, one) => sum + one[doing], 0);
    return count > 0 ? [`${count} ${say(doing)}`] : [];
  });
  return say("at", moment(at), parts.join(", ") || say("noPods"));
}

/** The width of an element in pixels, followed: letters keep their size, whatever room the chart has. */
function useWidth(): [RefObject<SVGSVGElement>, number] {
  const element = useRef<SVGSVGElement>(null);
  const [width, setWidth] = useState(720);
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return;
    const watch = new ResizeObserver(() => setWidth(Math.max(200, current.clientWidth)));
    watch.observe(current);
    return () => watch.disconnect();
  }, []);
  return [element, width];
}

export function Chart() {
  const [element, width] = useWidth();
  const list = drawn(points.value);
  const stacked = stack(list);
  // A CronJob asks for Jobs at times, not for a number of pods.
  const wants = target.value?.kind !== "CronJob";
  const top = Math.max(
    1,
    max(stacked.flatMap((layer) => layer.bands.map((band) => band.high))) ?? 1,
    max(list, (one) => Math.max(one.desired, one.ceiling ?? 0)) ?? 1,
  );
  const x = scaleLinear([0, end.value], [inset.left, width - inset.right]);
  const y = scaleLinear([0, top * 1.08], [height - inset.bottom, inset.top]);
  const shape = area<Layer["bands"][number]>()
    .curve(curveStepAfter)
    .x((band) => x(band.time))
    .y0((band) => y(band.low))
    .y1((band) => y(band.high));
  const level = (read: (point: SeriesPoint) => number | null): string =>
    line<SeriesPoint>()
      .curve(curveStepAfter)
      .defined((point) => read(point) !== null)
      .x((point) => x(point.time))
      .y((point) => y(read(point) ?? 0))(list) ?? "";
  const whole = y.ticks(Math.min(5, top)).filter(Number.isInteger);
  const pick = (event: PointerEvent): void => {
    const box = (event.currentTarget as SVGElement).getBoundingClientRect();
    seek(x.invert(((event.clientX - box.left) / box.width) * width));
  };
  return (
    <section aria-labelledby="pods-title">
      <h2 id="pods-title">{say("pods")}</h2>
      <svg
        ref={element}
        class="chart"
        viewBox={`0 0 ${width} ${height}`}
        height={height}
        role="img"
        aria-label={inWords(points.value, time.value)}
        onPointerDown={pick}
        onPointerMove={(event) => event.buttons === 1 && pick(event)}
      >
        <defs>
          <pattern id="older" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="2.5" height="6" class="stripe" />
          </pattern>
        </defs>
        {whole.map((tick) => (
          <g key={tick} class="grid">
            <line x1={inset.left} x2={width - inset.right} y1={y(tick)} y2={y(tick)} />
            <text x={inset.left - 8} y={y(tick)} dy="0.32em" text-anchor="end">
              {tick}
            </text>
          </g>
        ))}
        {marks(end.value, (width - inset.left) / tickRoom)
          .filter((mark) => x(mark.time) <= width - tickRoom / 3)
          .map((mark) => (
            <text key={mark.time} class="tick" x={x(mark.time)} y={height - 8} text-anchor="middle">
              {mark.text}
            </text>
          ))}
        {stacked.map(({ revision, doing, old, bands }) => (
          <g key={`${doing}/${revision}`}>
            <path class={`layer is-${doing}`} d={shape([...bands]) ?? ""} />
            {old && <path fill="url(#older)" d={shape([...bands]) ?? ""} />}
          </g>
        ))}
        <path class="level ceiling" d={level((point) => point.ceiling)} />
        {wants && <path class="level desired" d={level((point) => point.desired)} />}
        <path class="level floor" d={level((point) => point.floor)} />
        <line class="playhead" x1={x(time.value)} x2={x(time.value)} y1={inset.top - 6} y2={height - inset.bottom} />
      </svg>
      <p class="now" data-part="now" aria-live={"polite"}>
        {inWords(points.value, time.value)}
      </p>
      <Legend of={new Set(stacked.map((layer) => layer.doing))} />
      <ul class="legend lines">
        {wants && <li class="desired">{say("desired")}</li>}
        {list.some((one) => one.floor !== null) && <li class="floor">{say("floor")}</li>}
        {list.some((one) => one.ceiling !== null) && <li class="ceiling">{say("ceiling")}</li>}
        {stacked.some((layer) => layer.old) && <li class="older">{say("older")}</li>}
      </ul>
    </section>
  );
}
