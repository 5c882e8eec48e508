/** The page of a code: what is found, why it matters, bad and good. Made from the rule, whose examples are its tests too. */
import { codes } from "../../simulator/api/codes.ts";
import type { Problem } from "../../simulator/api/problem.ts";
import type { ExplainedCode } from "../messages/codes.ts";
import { en } from "../messages/en.ts";
import { reasonOf } from "../messages/reasons.ts";
import { sentence, type Words } from "../messages/words.ts";
import { type Example, unabridged } from "../rules/rule.ts";
import { neighbourRules, objectRules, runRules } from "../rules/rules.ts";
import { serverExample, serverExampleCodes } from "../rules/server-examples.ts";
import { readBase } from "./base.ts";
import { type Diagnosis, diagnose } from "./diagnose.ts";
import { openManifest } from "./manifest.ts";
import { defaultSettings } from "./settings.ts";

const adviceExamples: ReadonlyMap<string, Example> = new Map(
  [...objectRules, ...neighbourRules, ...runRules].flatMap((rule) => Object.entries(rule.examples)),
);

/** Any day will do, as long as each page is always the same. */
const someDay = Date.UTC(2026, 0, 1);

/** All codes that have a page, in order. */
export function explainedCodes(): readonly string[] {
  return [
    ...new Set([...adviceExamples.keys(), ...serverExampleCodes, ...Object.keys(codes), ...Object.keys(en.yaml)]),
  ].sort();
}

/** The example of a code; undefined for the few that no manifest can bring about. */
export function exampleOf(code: string): Example | undefined {
  return adviceExamples.get(code) ?? serverExample(code);
}

/** What is found in one of the texts of an example. */
export function diagnoseExample(example: Example, text: string, words: Words): readonly Diagnosis[] {
  const open = (one: string) => openManifest("example.yaml", "yaml", unabridged(one, example));
  const base = example.old === undefined ? undefined : readBase(open(example.old));
  const always = { settings: defaultSettings, structureElsewhere: false, others: [], now: someDay, runs: true };
  return diagnose(open(text), { ...always, words, base });
}

/** What is said of a code for which there is no example: its sentence, with a gap where a manifest's own value would be. */
function withoutExample(code: string, words: Words): string | null {
  const text = words.reasons.sentences[code]?.replaceAll(/\{[a-zA-Z]+\}/g, "…");
  return text === undefined ? null : `# ${code}\n\n${text}\n\n${words.page.silence(code)}\n`;
}

/** What can be said of a code apart from any manifest. */
export interface Description {
  readonly severity: Problem["severity"];
  /** The rule in a sentence, as far as there is one that holds for any manifest; else what is found in the example. */
  readonly rule: string;
  readonly why: string;
}

/** Null for a code without an example. */
export function describe(code: string, words: Words): Description | null {
  const example = exampleOf(code);
  const found = example && diagnoseExample(example, example.bad, words).find((one) => one.code === code);
  if (found === undefined) return null;
  const what = sentence(words, found.problem);
  const why = whyOf(code, found, words);
  // Where more is said than the rule, what is found is told in words of its own, which name nothing of the example's.
  const rule = Object.hasOwn(words.why, code) || why === "" ? what : why;
  return { severity: found.severity, rule, why: why === rule ? `${what} ${why}` : why };
}

/** Markdown; null when there is no such page. */
export function explain(code: string, words: Words): string | null {
  const example = exampleOf(code);
  if (example === undefined) return withoutExample(code, words);
  const { page } = words;
  const found = diagnoseExample(example, example.bad, words).find((one) => one.code === code);
  const { start } = found?.range ?? {};
  const what = found ? `${page.severity[found.severity]}: ${sentence(words, found.problem)}` : "";
  const line = start && example.long === undefined ? ` (${start.line + 1}:${start.character + 1})` : "";
  return [
    `# ${code}`,
    what,
    whyOf(code, found, words),
    ...(example.old === undefined ? [] : [`## ${page.old}`, fenced(example.old)]),
    `## ${page.bad}${line}`,
    fenced(example.bad),
    ...(example.long === undefined ? [] : [page.long(example.long[0].length * example.long[1])]),
    `## ${page.good}`,
    fenced(example.good),
    page.silence(code),
  ]
    .join("\n\n")
    .concat("\n");
}

/** Why a finding matters: in words of its own, else the rule that it breaks and the way out. */
function whyOf(code: string, found: Diagnosis | undefined, words: Words): string {
  if (Object.hasOwn(words.why, code)) return words.why[code as ExplainedCode];
  return found ? reasonOf(words.reasons, code, found.problem.params) : "";
}

function fenced(text: string): string {
  return `\`\`\`yaml\n${text}\`\`\``;
}
