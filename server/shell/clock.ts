/** Lengths of time as they are typed at the shell and shown there. Milliseconds. */
import { durationText, parseDurationText } from "../../simulator/scenario/duration-text.ts";

/** `30s`, `1h30m`, `0.5s`; a bare number is seconds, as `sleep` takes it. Undefined for anything else. */
export function durationOf(text: string): number | undefined {
  return /^\d+(?:\.\d+)?$/.test(text) ? Math.round(Number(text) * 1000) : parseDurationText(text);
}

/** `1m32s`: whole seconds. */
export function clockText(milliseconds: number): string {
  return durationText(Math.floor(milliseconds / 1000) * 1000);
}
