/** The passing of time: playing, stepping, zooming. */

import { rememberLater } from "./host.ts";
import * as model from "./model.ts";

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Puts the playhead at a time, or as near as the picture allows. */
export function seek(time: number): void {
  const { start, end } = model.whole.value;
  model.time.value = Math.max(start, Math.min(end, time));
  rememberLater();
}

/** To the next or the previous moment at which something changes. */
export function stepTo(direction: 1 | -1): void {
  model.playing.value = false;
  const { moments, time } = model;
  const next =
    direction === 1
      ? moments.value.find((one) => one > time.value + 1e-6)
      : moments.value.findLast((one) => one < time.value - 1e-6);
  if (next !== undefined) seek(next);
}

/** How long playing takes for what is shown, in milliseconds at the usual pace. */
const playTime = 8_000;

/** Plays at an even pace of the screen, folds too; stops at the end and at the moment that the verdict speaks of. */
export function play(): void {
  const { time, scale, end, playing } = model;
  if (time.value >= end.value - 1) time.value = Math.min(0, scale.value.start);
  if (playing.value) return;
  playing.value = true;
  const stop = stopAt(time.value);
  if (still()) {
    const step = (): void => {
      if (!playing.value) return;
      const before = time.value;
      const next = model.moments.value.find((one) => one > before + 1e-6);
      if (next === undefined || next >= stop) {
        seek(next === undefined ? end.value : stop);
        playing.value = false;
        return;
      }
      seek(next);
      setTimeout(step, 700 / model.speed.value);
    };
    step();
    return;
  }
  let last = performance.now();
  const tick = (instant: number): void => {
    if (!playing.value) return;
    const x = scale.value.x(time.value) + (Math.max(0, instant - last) / playTime) * 100 * model.speed.value;
    last = instant;
    const next = Math.min(stop, scale.value.time(x));
    if (next >= stop || x >= 100) playing.value = false;
    seek(next);
    if (playing.value) requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
}

function stopAt(from: number): number {
  const about = model.verdict.value;
  const end = model.end.value;
  const moment = about && "at" in about && typeof about.at === "number" ? about.at : null;
  return moment !== null && moment > from + 1 ? Math.min(moment, end) : end;
}

export const toggle = (): void => {
  if (model.playing.value) model.playing.value = false;
  else play();
};

/** Zooms by a factor around a time. */
export function zoomAt(factor: number, around: number): void {
  const { start, end } = model.scale.value;
  const whole = model.whole.value;
  const from = Math.max(whole.start, around - (around - start) * factor);
  const to = Math.min(whole.end, around + (end - around) * factor);
  model.zoom.value = to - from >= whole.end - whole.start - 1 ? null : { from, to: Math.max(to, from + 200) };
}
export function zoomTo(a: number, b: number): void {
  if (Math.abs(a - b) < 100) return;
  model.zoom.value = { from: Math.min(a, b), to: Math.max(a, b) };
}
export function pan(share: number): void {
  const part = model.zoom.value;
  if (!part) return;
  const whole = model.whole.value;
  const by = Math.max(whole.start - part.from, Math.min(whole.end - part.to, (part.to - part.from) * share));
  model.zoom.value = { from: part.from + by, to: part.to + by };
}
export const fit = (): void => {
  model.zoom.value = null;
};
export const unfold = (key: string): void => {
  model.unfolded.value = [...model.unfolded.value, key];
};
