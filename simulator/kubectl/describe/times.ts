/** Points in time as `kubectl describe` shows them, in UTC. Models time.RFC1123Z of Go and translateTimestampSince of kubectl/pkg/describe. */
import { since } from "../../api/printers/cells.ts";

const days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `Mon, 05 Jan 2026 10:00:00 +0000`; what is no time is the zero of Go. */
export function dateText(text: unknown): string {
  const time = typeof text === "string" ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) return "Mon, 01 Jan 0001 00:00:00 +0000";
  const date = new Date(time);
  const day = String(date.getUTCDate()).padStart(2, "0");
  const clock = date.toISOString().slice(11, 19);
  return `${days[date.getUTCDay()]}, ${day} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()} ${clock} +0000`;
}

/** How long ago it is: `5m`, `<unknown>`. */
export const ageText: (text: unknown, now: number) => string = since;
