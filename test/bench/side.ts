/** How figures are printed: each with its bar beside it. */

/** A short run is over before anything is warm: its figures are not held to the bars. */
const short = process.argv.includes("--short");

/** `label: 12.3 ms (at most 10 ms: MISSED)`. */
export function line(
  label: string,
  value: number,
  unit: string,
  bar?: readonly ["at most" | "at least", number],
): void {
  const shown = value >= 100 ? Math.round(value).toLocaleString("en") : value.toFixed(2);
  console.log(`  ${label}: ${shown} ${unit}${bar === undefined || short ? "" : verdict(value, bar)}`);
}

function verdict(value: number, [sense, limit]: readonly ["at most" | "at least", number]): string {
  const met = sense === "at most" ? value <= limit : value >= limit;
  return ` (${sense} ${limit.toLocaleString("en")}: ${met ? "met" : "MISSED"})`;
}

export function percentile(times: readonly number[], part: number): number {
  return times.toSorted((a, b) => a - b)[Math.floor((times.length - 1) * part)] ?? 0;
}
