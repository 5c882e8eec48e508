/** The ruler is the scrubber: transport at its left, marks, folds, the thumb. */
import { useRef } from "preact/hooks";
import { valueAt } from "../../../simulator/insight/lines.ts";
import { clock, duration, say } from "../messages/words.ts";
import { ticksOf } from "../picture/ticks.ts";
import * as model from "../state/model.ts";
import { fit, pan, seek, stepTo, toggle, unfold, zoomAt, zoomTo } from "../state/playhead.ts";
import { percent, Row } from "./grid.tsx";
import { Icon } from "./icon.tsx";

const speeds = [0.5, 1, 2, 4];

export function Transport() {
  const next = (): void => {
    const at = speeds.indexOf(model.speed.value);
    model.speed.value = speeds[(at + 1) % speeds.length] ?? 1;
  };
  const playing = model.playing.value;
  return (
    <div class="transport" role="toolbar" aria-label={say("transport")}>
      <button
        type="button"
        class="tool"
        title={say("previous")}
        aria-label={say("previous")}
        data-part="previous"
        onClick={() => stepTo(-1)}
      >
        <Icon name="prev" />
      </button>
      <button
        type="button"
        class="tool play"
        title={say(playing ? "pause" : "play")}
        aria-label={say(playing ? "pause" : "play")}
        data-part="play"
        onClick={toggle}
      >
        <Icon name={playing ? "pause" : "play"} />
      </button>
      <button
        type="button"
        class="tool"
        title={say("next")}
        aria-label={say("next")}
        data-part="next"
        onClick={() => stepTo(1)}
      >
        <Icon name="next" />
      </button>
      <button
        type="button"
        class="speed"
        title={say("speed")}
        aria-label={`${say("speed")} ${model.speed.value}×`}
        data-part="speed"
        onClick={next}
      >
        {model.speed.value}×
      </button>
    </div>
  );
}

/** Pixels of the track, from the width of the panel and of the other two columns. */
export function trackWidth(): number {
  const { label, state } = columns();
  return Math.max(80, model.centre.value - label - state);
}

/** The widths of the columns, in pixels, by the kind shown and by the room there is. */
export function columns(): { readonly label: number; readonly state: number } {
  const width = model.width.value;
  const kind = model.target.value?.kind;
  const size = width < 420 ? 0 : width < 760 ? 1 : width < 1280 ? 2 : 3;
  const label = { StatefulSet: [112, 132, 176, 188], DaemonSet: [104, 148, 176, 188], CronJob: [84, 130, 176, 188] }[
    kind ?? ""
  ] ?? [84, 132, 176, 188];
  const state = { StatefulSet: [0, 104, 116, 116], CronJob: [0, 84, 92, 92] }[kind ?? ""] ?? [0, 76, 92, 92];
  return { label: model.labelWidth.value ?? label[size]!, state: state[size]! };
}

/** The time at a place of the pointer over the track. */
function timeAt(element: Element, clientX: number): number {
  const { left, width } = element.getBoundingClientRect();
  return model.scale.value.time(((clientX - left) / Math.max(1, width)) * 100);
}

export function Ruler() {
  const track = useRef<HTMLDivElement>(null);
  const scale = model.scale.value;
  const ticks = ticksOf(scale, trackWidth());
  const drag = (event: PointerEvent): void => {
    const element = event.currentTarget as Element;
    if (event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    model.playing.value = false;
    const begin = timeAt(element, event.clientX);
    const brushes = event.shiftKey;
    if (!brushes) seek(begin);
    const move = (moved: PointerEvent): void => {
      const now = timeAt(element, moved.clientX);
      if (brushes) model.brush.value = { from: begin, to: now };
      else seek(now);
    };
    const end = (): void => {
      element.removeEventListener("pointermove", move as EventListener);
      const brushed = model.brush.value;
      model.brush.value = null;
      if (brushed) zoomTo(brushed.from, brushed.to);
    };
    element.addEventListener("pointermove", move as EventListener);
    element.addEventListener("pointerup", end, { once: true });
    element.addEventListener("pointercancel", end, { once: true });
  };
  return (
    <Row
      kind="ruler"
      label={<Transport />}
      track={
        <div class="ticks" ref={track} onPointerDown={drag} data-part="ruler">
          {ticks.map(({ time, x, minor }) => (
            <Tick key={time} time={time} x={x} minor={minor} />
          ))}
          {scale.folds.map((fold) => (
            <button
              key={fold.from}
              type="button"
              class="tick fold"
              title={say("unfold", { time: duration(fold.to - fold.from) })}
              style={{ left: percent(scale.x((fold.from + fold.to) / 2)) }}
              onPointerDown={(event) => event.stopPropagation()}
              onClick={() => unfold(model.foldKey(fold))}
            >
              {duration(Math.round((fold.to - fold.from) / 1000) * 1000)}
            </button>
          ))}
        </div>
      }
      state={
        model.zoom.value && (
          <button type="button" class="link fit" data-part="fit" onClick={fit}>
            {say("fit")}
          </button>
        )
      }
    />
  );
}

/** Pixels around the thumb in which no label is shown. */
const thumbRoom = 34;

function Tick({ time, x, minor }: { readonly time: number; readonly x: number; readonly minor: boolean }) {
  const near = Math.abs(model.thumbX.value - x) * trackWidth() < thumbRoom * 100;
  if (x < 1.5 || x > 98.5) return null;
  return (
    <span class={`tick${minor ? " minor" : ""}`} hidden={near} style={{ left: percent(x) }}>
      {time === 0 ? "0" : clock(time)}
    </span>
  );
}

/** The playhead through all rows with its thumb, and the hairline of the pointer. */
export function Playhead() {
  const { time, scale, moments } = model;
  const x = model.thumbX.value;
  const rollout = model.rollout.value;
  const from = model.result.value?.from ?? 0;
  const text = clock(time.value);
  const said = rollout
    ? say("atLine", {
        time: text,
        available: valueAt(rollout.available, from + time.value),
        wanted: valueAt(rollout.wanted, from + time.value),
      })
    : text;
  const onKeyDown = (event: KeyboardEvent): void => {
    const pixel = (scale.value.end - scale.value.start) / trackWidth();
    const by = event.shiftKey ? 10 : 1;
    const moves: Partial<Record<string, () => void>> = {
      ArrowLeft: () => seek(time.value - pixel * by),
      ArrowRight: () => seek(time.value + pixel * by),
      ArrowDown: () => seek(time.value - pixel * by),
      ArrowUp: () => seek(time.value + pixel * by),
      PageUp: () => stepTo(1),
      PageDown: () => stepTo(-1),
      Home: () => seek(0),
      End: () => seek(model.end.value),
    };
    const move = moves[event.key];
    if (!move) return;
    move();
    event.preventDefault();
    event.stopPropagation();
  };
  const pointed = model.pointed.value;
  const brush = model.brush.value;
  return (
    <div class="over front">
      {pointed !== null && <i class="hairline" style={{ left: percent(scale.value.x(pointed)) }} />}
      {brush && (
        <i
          class="brush"
          style={{
            left: percent(scale.value.x(Math.min(brush.from, brush.to))),
            width: percent(Math.abs(scale.value.x(brush.to) - scale.value.x(brush.from))),
          }}
        />
      )}
      {x >= -1 && x <= 101 && (
        <div class="playhead" style={{ left: percent(x) }}>
          <span
            class="thumb"
            role="slider"
            tabIndex={0}
            aria-label={say("time")}
            aria-valuemin={0}
            aria-valuemax={Math.round(model.end.value)}
            aria-valuenow={Math.round(time.value)}
            aria-valuetext={said}
            data-part="scrubber"
            data-moments={moments.value.length}
            onKeyDown={onKeyDown}
          >
            {text}
          </span>
        </div>
      )}
    </div>
  );
}

/** Ctrl zooms at the pointer, Shift pans, all else scrolls the page. */
export function onWheel(event: WheelEvent): void {
  if (event.ctrlKey || event.metaKey) {
    const track = (event.currentTarget as Element).querySelector(".ticks");
    if (track) zoomAt(event.deltaY > 0 ? 1.25 : 0.8, timeAt(track, event.clientX));
  } else if (event.shiftKey && model.zoom.value) pan(Math.sign(event.deltaY || event.deltaX) * 0.1);
  else return;
  event.preventDefault();
}

/** Keeps the hairline at the pointer while that is over the track. */
export function onPointerMove(event: PointerEvent): void {
  const track = (event.currentTarget as Element).querySelector(".ticks");
  if (!track) return;
  const { left, right } = track.getBoundingClientRect();
  model.pointed.value = event.clientX < left || event.clientX > right ? null : timeAt(track, event.clientX);
}
