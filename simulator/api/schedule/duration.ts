/** Go's duration texts: `1h30m`, `-1.5h`, `300ms`. */
import type { DurationError } from "./schedule.ts";

const maxInt64 = 2n ** 63n - 1n;

const nanoseconds: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1000n,
  // Micro sign and Greek small letter mu.
  "\u00b5s": 1000n,
  "\u03bcs": 1000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

/** Nanoseconds of a duration text, or what is wrong with it. Models time.ParseDuration of Go. */
export function parseGoDuration(text: string): { readonly value: bigint } | { readonly error: DurationError } {
  const invalid = { error: { code: "invalid", text } } as const;
  const negative = text.startsWith("-");
  let rest = negative || text.startsWith("+") ? text.slice(1) : text;
  if (rest === "0") return { value: 0n };
  if (rest === "") return invalid;
  // Go counts up to 2^63 here, so that the least duration can be written with a minus.
  const limit = maxInt64 + 1n;
  let total = 0n;
  while (rest !== "") {
    const number = /^([0-9]*)(?:\.([0-9]*))?/.exec(rest);
    const whole = number?.[1] ?? "";
    const fraction = number?.[2] ?? "";
    if ((whole === "" && fraction === "") || BigInt(whole || 0) > limit) return invalid;
    rest = rest.slice(number?.[0].length ?? 0);
    const unit = /^[^.0-9]*/.exec(rest)?.[0] ?? "";
    if (unit === "") return { error: { code: "missing-unit", text } };
    const scale = Object.hasOwn(nanoseconds, unit) ? nanoseconds[unit] : undefined;
    if (scale === undefined) return { error: { code: "unknown-unit", unit, text } };
    rest = rest.slice(unit.length);
    total += BigInt(whole || 0) * scale;
    if (fraction !== "") total += part(fraction, Number(scale));
    if (total > limit) return invalid;
  }
  if (negative) return { value: -total };
  return total > maxInt64 ? invalid : { value: total };
}

/** The nanoseconds of the digits after the point. Go takes as many as 63 bits hold, and a floating-point product. */
function part(fraction: string, unit: number): bigint {
  let value = 0n;
  let scale = 1;
  for (const digit of fraction) {
    if (value > maxInt64 / 10n) break;
    const next = value * 10n + BigInt(digit);
    if (next > maxInt64 + 1n) break;
    value = next;
    scale *= 10;
  }
  return BigInt(Math.trunc(Number(value) * (unit / scale)));
}
