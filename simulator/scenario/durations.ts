/** Durations of a scenario as numbers. */
import type { Random } from "../engine/random.ts";

/** Milliseconds: a constant, or drawn from a seeded distribution each time it is needed. */
export type Duration =
  | number
  | { readonly distribution: "uniform"; readonly min: number; readonly max: number }
  | { readonly distribution: "normal"; readonly mean: number; readonly deviation: number }
  | { readonly distribution: "exponential"; readonly mean: number };

/** A duration in whole milliseconds, never negative. A constant draws nothing from the stream. */
export function sampleDuration(duration: Duration, random: Random): number {
  return Math.max(0, Math.round(draw(duration, random)));
}

function draw(duration: Duration, random: Random): number {
  if (typeof duration === "number") return duration;
  switch (duration.distribution) {
    case "uniform":
      return duration.min + random.next() * (duration.max - duration.min);
    case "normal": {
      // Box-Muller; 1 - next() is never 0, so the logarithm is finite.
      const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
      return duration.mean + duration.deviation * radius * Math.cos(2 * Math.PI * random.next());
    }
    case "exponential":
      return -duration.mean * Math.log(1 - random.next());
  }
}

/** The longest that is at all likely: for choosing how long a run has to be watched. Milliseconds. */
export function longDuration(duration: Duration): number {
  if (typeof duration === "number") return duration;
  switch (duration.distribution) {
    case "uniform":
      return duration.max;
    case "normal":
      return duration.mean + 4 * duration.deviation;
    case "exponential":
      return duration.mean * 8;
  }
}
