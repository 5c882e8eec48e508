/** What kubectl prints while it drains, in the order of the recorded traces: it works on several pods at once. */

const ofOnePod = /^(evicting pod |pod\/|error when evicting )/;

/** Lines about single pods are sorted and stand at the place of the first of them; so are refusals and parts of warnings. */
export function drainText(lines: readonly string[]): string {
  const split = lines.flatMap((line) => line.split("\n"));
  const grouped = together(together(split.map(sortedParts), ofOnePod), /^cannot delete /);
  return grouped.join("\n");
}

/** The lines that match sorted, where the first of them was. */
function together(lines: readonly string[], pattern: RegExp): readonly string[] {
  const first = lines.findIndex((line) => pattern.test(line));
  if (first < 0) return lines;
  const others = lines.filter((line) => !pattern.test(line));
  return others.toSpliced(first, 0, ...lines.filter((line) => pattern.test(line)).sort());
}

function sortedParts(line: string): string {
  if (line.startsWith("Warning: ")) return `Warning: ${line.slice(9).split("; ").sort().join("; ")}`;
  return line.replace(/\[(cannot delete .*)\]/, (_, text: string) => {
    const parts = text.split(/, (?=cannot delete )/).sort();
    return `[${parts.join(", ")}]`;
  });
}
