/** Whether two kubectls said the same: ages and drawn names are set aside. */
import type { Told } from "../help.ts";

/** No state is an hour old: `90m` and `100m` are amounts of CPU. */
const ago = /(?<![\w.-])(?:\d+y)?(?:\d+d)?(?:\d+h)?(?:[1-5]?\dm)?(?:\d+s)?(?![\w.-])/g;

/** Times as texts of an RFC, of another RFC, and of the file names that kubectl makes. */
const instants = [
  /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)/g,
  /(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}/g,
  /kubectl-edit-\S+/g,
  /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ [+-]\d{4}/g,
];

/** A text without what may differ. */
export function plainText(text: string): string {
  // What kubectl logs has the time, the process and the line of its source in front.
  let plain = text.replace(/^([IWEF])\d{4} \d\d:\d\d:\d\d\.\d+ +\d+ \S+\] /gm, "$1 ");
  plain = plain.replace(/\/tmp\/(LIVE|MERGED)-\d+/g, "$1");
  for (const instant of instants) plain = plain.replace(instant, "<time>");
  const without = plain.replace(ago, (found) => (found === "" ? "" : "<age>"));
  // A longer age moves what stands behind it, and the columns above and below.
  return without === plain ? plain : without.replace(/(?<=\S) {2,}/g, "  ");
}

/** The text of a command with its exit code. */
export function shown({ stdout, stderr, exitCode }: Told): string {
  return `${exitCode}\n${plainText(stdout)}${stderr === "" ? "" : `[stderr]\n${plainText(stderr)}`}`;
}
