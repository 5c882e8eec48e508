/** Lengths of time as people write them: `90s`, `1h30m`, `7d`. */

const milliseconds: Readonly<Record<string, number>> = {
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
};
const spelling =
  /^(?:(\d+(?:\.\d+)?)d)?(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)m)?(?:(\d+(?:\.\d+)?)s)?(?:(\d+(?:\.\d+)?)ms)?$/;

/** Milliseconds of `1h30m`, `2.5s`; undefined when it is something else: the units stand in order, each behind a number. */
export function parseDurationText(text: string): number | undefined {
  const parts = text === "" ? null : spelling.exec(text);
  if (parts === null) return undefined;
  const sizes = Object.values(milliseconds);
  return Math.round(parts.slice(1).reduce((sum, one, at) => sum + Number(one ?? 0) * sizes[at]!, 0));
}

/** The shortest spelling of so many milliseconds: 5_400_000 is `1h30m`. */
export function durationText(duration: number): string {
  let rest = Math.max(0, Math.round(duration));
  let text = "";
  for (const [unit, size] of Object.entries(milliseconds)) {
    const count = Math.floor(rest / size);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * size;
  }
  return text === "" ? "0s" : text;
}
