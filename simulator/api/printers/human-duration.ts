/** Lengths of time as tables show them. Models apimachinery/pkg/util/duration. */

const units = [
  // In the last unit that is given, up to so many seconds, with the next smaller unit beside it or alone.
  { below: 120, of: 1, name: "s" },
  { below: 600, of: 60, name: "m", rest: { of: 1, modulo: 60, name: "s" } },
  { below: 3 * 3600, of: 60, name: "m" },
  { below: 8 * 3600, of: 3600, name: "h", rest: { of: 60, modulo: 60, name: "m" } },
  { below: 48 * 3600, of: 3600, name: "h" },
  { below: 8 * 86_400, of: 86_400, name: "d", rest: { of: 3600, modulo: 24, name: "h" } },
  { below: 2 * 365 * 86_400, of: 86_400, name: "d" },
  { below: 8 * 365 * 86_400, of: 365 * 86_400, name: "y", rest: { of: 86_400, modulo: 365, name: "d" } },
  { below: Number.POSITIVE_INFINITY, of: 365 * 86_400, name: "y" },
] as const;

/** `119s`, `9m59s`, `179m`, `7h59m`, `47h`, `7d23h`, `3y40d` for milliseconds. */
export function humanDuration(milliseconds: number): string {
  const seconds = Math.trunc(milliseconds / 1000);
  if (seconds < -1) return "<invalid>";
  if (seconds < 0) return "0s";
  const unit = units.find(({ below }) => seconds < below)!;
  const whole = Math.trunc(seconds / unit.of);
  const rest = "rest" in unit ? Math.trunc(seconds / unit.rest.of) % unit.rest.modulo : 0;
  return rest === 0 || !("rest" in unit) ? `${whole}${unit.name}` : `${whole}${unit.name}${rest}${unit.rest.name}`;
}
