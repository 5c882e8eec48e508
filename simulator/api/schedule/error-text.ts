/** The words Kubernetes itself uses for a schedule it cannot parse; they stand in Events and in the server's answers. */
import type { DurationError, ScheduleError } from "./schedule.ts";

/** The parser's error text. Models github.com/robfig/cron/v3/parser.go and Kubernetes' guard around it. */
export function scheduleErrorText(error: ScheduleError): string {
  switch (error.code) {
    case "empty":
      return "empty spec string";
    case "field-count":
      return `expected exactly 5 fields, found ${error.fields.length}: [${error.fields.join(" ")}]`;
    case "bad-number": {
      const reason = error.outOfRange ? "value out of range" : "invalid syntax";
      return `failed to parse int from ${error.text}: strconv.Atoi: parsing ${goQuote(error.text)}: ${reason}`;
    }
    case "negative":
      return `negative number (${error.value}) not allowed: ${error.text}`;
    case "below-minimum":
      return `beginning of range (${error.value}) below minimum (${error.bound}): ${error.item}`;
    case "above-maximum":
      return `end of range (${error.value}) above maximum (${error.bound}): ${error.item}`;
    case "range-reversed":
      return `beginning of range (${error.begin}) beyond end of range (${error.end}): ${error.item}`;
    case "step-zero":
      return `step of range should be a positive number: ${error.item}`;
    case "too-many-slashes":
      return `too many slashes: ${error.item}`;
    case "too-many-hyphens":
      return `too many hyphens: ${error.item}`;
    case "bad-descriptor":
      return `unrecognized descriptor: ${error.text}`;
    case "bad-duration":
      return `failed to parse duration ${error.text}: ${durationErrorText(error.reason)}`;
    case "bad-location":
      return `provided bad location ${error.zone}: ${zoneErrorText(error.zone)}`;
    case "malformed-tz-prefix":
      return "invalid schedule format: runtime error: slice bounds out of range [:-1]";
  }
}

/** What Go's `time.LoadLocation` says of a zone it does not have. */
export function zoneErrorText(zone: string): string {
  return zone.includes("..") || /^[/\\]/.test(zone) ? "time: invalid location name" : `unknown time zone ${zone}`;
}

function durationErrorText(error: DurationError): string {
  switch (error.code) {
    case "invalid":
      return `time: invalid duration ${quoteBytes(error.text)}`;
    case "missing-unit":
      return `time: missing unit in duration ${quoteBytes(error.text)}`;
    case "unknown-unit":
      return `time: unknown unit ${quoteBytes(error.unit)} in duration ${quoteBytes(error.text)}`;
  }
}

/** Go's package `time` quotes in its own way: what is not ASCII byte by byte. */
function quoteBytes(text: string): string {
  let quoted = '"';
  for (const char of text) {
    if (char === '"' || char === "\\") quoted += `\\${char}`;
    else if (char >= " " && char < "\u0080") quoted += char;
    else if (char < " ") quoted += `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`;
    else
      quoted += encodeURIComponent(/[\ud800-\udfff]/u.test(char) ? "\ufffd" : char)
        .replaceAll("%", "\\x")
        .toLowerCase();
  }
  return `${quoted}"`;
}

const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\u0007": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
};

/** A text in double quotes as Go's `%q` prints it. */
export function goQuote(text: string): string {
  let quoted = '"';
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (escapes[char] !== undefined) quoted += escapes[char];
    else if (code === 0x20 || /[\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(char)) quoted += char;
    else if (code < 0x80) quoted += `\\x${code.toString(16).padStart(2, "0")}`;
    else if (code < 0x10000) quoted += `\\u${code.toString(16).padStart(4, "0")}`;
    else quoted += `\\U${code.toString(16).padStart(8, "0")}`;
  }
  return `${quoted}"`;
}
