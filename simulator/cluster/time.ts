/** Times of the run as the API writes them: wall-clock instants in whole seconds. Models apimachinery/pkg/apis/meta/v1/time.go. */

/** The last text, as many objects in a row tell of the same second. */
let last = { second: Number.NaN, text: "" };

/** `2026-01-05T10:00:00Z` for a time of the run in milliseconds. */
export function timeText(time: number, start: number): string {
  const second = Math.floor((start + time) / 1000);
  if (second !== last.second) last = { second, text: `${new Date(second * 1000).toISOString().slice(0, 19)}Z` };
  return last.text;
}

/** The time of the run, in milliseconds, that a text of the API stands for; null when it is none. */
export function timeOf(text: unknown, start: number): number | null {
  const instant = typeof text === "string" ? Date.parse(text) : Number.NaN;
  return Number.isNaN(instant) ? null : instant - start;
}
