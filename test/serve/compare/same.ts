/** Whether two kubectls said the same: ages and drawn names are set aside. */
import type { Told } from "../help.ts";

const ago = /(?<![\w.-])(?:\d+y)?(?:\d+d)?(?:\d+h)?(?:\d+m)?(?:\d+s)?(?![\w.-])/g;

/** Times as texts of an RFC, of another RFC, and of the file names that kubectl makes. */
const instants = [
  /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)/g,
  /(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}/g,
  /kubectl-edit-\S+/g,
  /\/tmp\/(?:LIVE|MERGED)-\d+/g,
];

/** A text without what may differ. */
export function plainText(text: string): string {
  let plain = text;
  for (const instant of instants) plain = plain.replace(instant, "<time>");
  return plain
    .split("\n")
    .map((line) => {
      const without = line.replace(ago, (found) => (found === "" ? "" : "<age>"));
      // A longer age moves what stands behind it.
      return without === line ? line : without.replace(/ {2,}/g, "  ");
    })
    .join("\n");
}

/** The text of a command with its exit code. */
export function shown({ stdout, stderr, exitCode }: Told): string {
  return `${exitCode}\n${plainText(stdout)}${stderr === "" ? "" : `[stderr]\n${plainText(stderr)}`}`;
}
