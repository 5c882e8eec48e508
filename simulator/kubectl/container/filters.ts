/** Programs that only look at their input. */

type Filter = (args: readonly string[], input: string) => { readonly text: string; readonly code: number };

const linesOf = (input: string): readonly string[] => (input === "" ? [] : input.replace(/\n$/, "").split("\n"));
const textOf = (lines: readonly string[]): string => lines.map((one) => `${one}\n`).join("");

/** How many lines `head` and `tail` take. */
export function countOf(args: readonly string[]): number {
  const at = args.indexOf("-n");
  const given = at >= 0 ? args[at + 1] : args.find((one) => /^-n?\d+$/.test(one))?.replace(/^-n?/, "");
  return Number(given ?? 10);
}

/** A search for a fixed text or, where it is one that can be read, a pattern. */
function tester(pattern: string, ignoresCase: boolean): (line: string) => boolean {
  const wanted = ignoresCase ? pattern.toLowerCase() : pattern;
  const anchored = /^(\^?)([^\\[\](){}*+?.|$^]*)(\$?)$/.exec(wanted);
  const [, begin = "", middle = wanted, end = ""] = anchored ?? [];
  return (line) => {
    const text = ignoresCase ? line.toLowerCase() : line;
    if (begin !== "" && end !== "") return text === middle;
    if (begin !== "") return text.startsWith(middle);
    return end !== "" ? text.endsWith(middle) : wanted.split("|").some((one) => text.includes(anchored ? middle : one));
  };
}

function grep(args: readonly string[], input: string): { readonly text: string; readonly code: number } {
  const flags = args.filter((one) => one.startsWith("-")).join("");
  const [pattern = ""] = args.filter((one) => !one.startsWith("-"));
  const test = tester(pattern, flags.includes("i"));
  const found = linesOf(input).filter((line) => test(line) !== flags.includes("v"));
  const text = flags.includes("q") ? "" : flags.includes("c") ? `${found.length}\n` : textOf(found);
  return { text, code: found.length > 0 ? 0 : 1 };
}

function uniq(args: readonly string[], input: string): string {
  const runs: { line: string; count: number }[] = [];
  for (const line of linesOf(input)) {
    const last = runs.at(-1);
    if (last?.line === line) last.count++;
    else runs.push({ line, count: 1 });
  }
  return textOf(runs.map(({ line, count }) => (args.includes("-c") ? `${String(count).padStart(7)} ${line}` : line)));
}

function sort(args: readonly string[], input: string): string {
  const flags = args.join("");
  const sorted = linesOf(input).toSorted((a, b) =>
    flags.includes("n") ? Number.parseFloat(a) - Number.parseFloat(b) : a < b ? -1 : a > b ? 1 : 0,
  );
  const ordered = flags.includes("r") ? sorted.toReversed() : sorted;
  return textOf(flags.includes("u") ? [...new Set(ordered)] : ordered);
}

function wc(args: readonly string[], input: string): string {
  const lines = input.split("\n").length - 1;
  const words = input.split(/\s+/).filter((one) => one !== "").length;
  const flags = args.join("");
  const counts = [
    flags.includes("l") ? [lines] : [],
    flags.includes("w") ? [words] : [],
    flags.includes("c") ? [input.length] : [],
  ].flat();
  return counts.length > 0
    ? `${counts.join(" ")}\n`
    : `${[lines, words, input.length].map((one) => String(one).padStart(9)).join(" ")}\n`;
}

const always =
  (text: (args: readonly string[], input: string) => string): Filter =>
  (args, input) => ({ text: text(args, input), code: 0 });

/** The filters by their names. */
export const filters: Readonly<Record<string, Filter>> = {
  grep,
  head: always((args, input) => textOf(linesOf(input).slice(0, countOf(args)))),
  sort: always(sort),
  tail: always((args, input) => textOf(linesOf(input).slice(-countOf(args) || Number.POSITIVE_INFINITY))),
  uniq: always(uniq),
  wc: always(wc),
};
