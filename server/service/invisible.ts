/** Characters that nobody sees: where something is wrong on their line, they are what is wrong. */
import type { Problem } from "../../simulator/api/problem.ts";
import { type Finding, place } from "./finding.ts";
import type { Slice } from "./manifest.ts";

const names: Readonly<Record<string, string>> = {
  "\u00a0": "U+00A0 NO-BREAK SPACE",
  "\u00ad": "U+00AD SOFT HYPHEN",
  "\u200b": "U+200B ZERO WIDTH SPACE",
  "\u200c": "U+200C ZERO WIDTH NON-JOINER",
  "\u200d": "U+200D ZERO WIDTH JOINER",
  "\u202f": "U+202F NARROW NO-BREAK SPACE",
  "\u2060": "U+2060 WORD JOINER",
  "\u3000": "U+3000 IDEOGRAPHIC SPACE",
  "\ufeff": "U+FEFF BYTE ORDER MARK",
};
const invisible = new RegExp(`[${Object.keys(names).join("")}]+`, "g");

/** The findings, with one about the characters in place of those that stand on the line of some. */
export function withInvisible(slice: Slice, findings: readonly Finding[]): readonly Finding[] {
  if (findings.length === 0 || slice.text.search(invisible) === -1) return findings;
  const told = new Set<number>();
  return findings.flatMap((one): Finding[] => {
    // What is said of a character already names the mistake.
    if (one.problem.code === "yaml-unprintable") return [one];
    const { line } = one.range.start;
    const begin = slice.starts[line] ?? 0;
    const words = slice.text.slice(begin, slice.starts[line + 1]).replace(/\s#.*/s, "");
    const found = [...words.matchAll(invisible)];
    const [first] = found;
    if (first === undefined) return [one];
    if (told.has(line)) return [];
    told.add(line);
    const characters = found.map(({ 0: text }) => text).join("");
    const problem: Problem = {
      code: "invisible-character",
      reason: "Malformed",
      path: "",
      at: [],
      severity: one.problem.severity,
      params: { characters: [...new Set(characters)].map((each) => names[each] ?? ""), count: characters.length },
    };
    const last = found.at(-1) ?? first;
    return [place(slice, problem, [begin + first.index, begin + last.index + last[0].length], one.subject)];
  });
}

/** The text without such characters; a blank where one stood for it. */
export function visible(text: string): string {
  return text.replaceAll(/[\u00a0\u202f\u3000]/g, " ").replaceAll(invisible, "");
}
