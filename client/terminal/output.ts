/** What commands print as bytes for a terminal: nothing in it is taken for a control sequence, states have the theme's colours. Pure. */
import type { Output } from "./messages.ts";

const clearScreen = "\x1b[2J\x1b[3J\x1b[H";

const red = ["\x1b[31m", "\x1b[39m"] as const;
const green = ["\x1b[32m", "\x1b[39m"] as const;
const yellow = ["\x1b[33m", "\x1b[39m"] as const;

/** A cell of a table: spaces before it, and two behind it or the end of the line. */
const cell =
  /(?<= {2})(?:(Running|Completed|Complete|Succeeded|Ready|Bound|Active)|(Pending|ContainerCreating|PodInitializing|Init:\d+\/\d+|Terminating|NotReady|Ready,SchedulingDisabled|Warning|Suspended)|((?:Init:)?(?:CrashLoopBackOff|ImagePullBackOff|ErrImagePull|InvalidImageName|CreateContainerConfigError|CreateContainerError|RunContainerError|Error|OOMKilled|ContainerCannotRun|DeadlineExceeded|Unknown|Evicted|Failed|Lost)))(?= {2}|$)/gm;

/** The text with the states in tables coloured. */
function coloured(text: string): string {
  return text.replace(cell, (word, good, waiting) => {
    const [open, close] = good !== undefined ? green : waiting !== undefined ? yellow : red;
    return `${open}${word}${close}`;
  });
}

/** Without whatever a terminal could take for more than text. */
function plain(text: string): string {
  return text.replace(/\r\n/g, "\n").replace(/(?![\n\t])[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "�");
}

/** The bytes of an output. */
export function bytesOf(output: Output): string {
  if ("clear" in output) return clearScreen;
  const text = "out" in output ? coloured(plain(output.out)) : plain(output.err);
  const shown = "out" in output ? text : text.replace(/^(error:|Error from server[^:\n]*:)/gm, `${red[0]}$1${red[1]}`);
  return shown.replaceAll("\n", "\r\n");
}
