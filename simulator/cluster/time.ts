/** Times of the run as the API writes them: wall-clock instants in whole seconds. Models apimachinery/pkg/apis/meta/v1/time.go. */

/** `2026-01-05T10:00:00Z` for a time of the run in milliseconds. */
export function timeText(time: number, start: number): string {
  return `${new Date(Math.floor((start + time) / 1000) * 1000).toISOString().slice(0, 19)}Z`;
}

/** The time of the run, in milliseconds, that a text of the API stands for; null when it is none. */
export function timeOf(text: unknown, start: number): number | null {
  const instant = typeof text === "string" ? Date.parse(text) : Number.NaN;
  return Number.isNaN(instant) ? null : instant - start;
}
