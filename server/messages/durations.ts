/** Stretches of time as a person reads them. */

const units = {
  en: { d: " d", h: " h", min: " min", s: " s" },
  ko: { d: "일", h: "시간", min: "분", s: "초" },
} as const;

/** At most two units, the largest first: `41 s`, `1 h 20 min`, `2일 3시간`. Milliseconds. */
export function durationText(milliseconds: number, language: "en" | "ko"): string {
  const words = units[language];
  const tenths = Math.round(milliseconds / 100) / 10;
  if (tenths < 60) return `${milliseconds < 10_000 ? tenths : Math.round(tenths)}${words.s}`;
  let rest = Math.round(milliseconds / 1000);
  const parts: string[] = [];
  for (const [unit, size] of [
    ["d", 86_400],
    ["h", 3600],
    ["min", 60],
    ["s", 1],
  ] as const) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count}${words[unit]}`);
    else if (parts.length > 0) break;
  }
  return parts.slice(0, 2).join(" ");
}

/** How far away a time is, in its largest unit, from two of it on: `7 h`, `90 min`, `3 d`. */
export function distanceText(milliseconds: number, language: "en" | "ko"): string {
  const words = units[language];
  const seconds = Math.max(0, milliseconds / 1000);
  if (seconds < 120) return `${Math.round(seconds)}${words.s}`;
  if (seconds < 7200) return `${Math.round(seconds / 60)}${words.min}`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)}${words.h}` : `${Math.round(seconds / 86_400)}${words.d}`;
}
