/** What commands print as bytes for a terminal; states have the theme's colours. The server lets no control character through. Pure. */
import type { Output } from "./messages.ts";

const clearScreen = "\x1b[2J\x1b[H";

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

/** The bytes of an output. */
export function bytesOf(output: Output): string {
  if ("clear" in output) return clearScreen;
  const text =
    "out" in output
      ? coloured(output.out)
      : output.err.replace(/^(error:|Error from server[^:\n]*:)/gm, `${red[0]}$1${red[1]}`);
  return text.replaceAll("\n", "\r\n");
}
