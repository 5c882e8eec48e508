/** The page of a code: what is found, why it matters, bad and good. Made from the rule, whose examples are its tests too. */
import { codes } from "../../simulator/api/codes.ts";
import type { ExplainedCode } from "../messages/codes.ts";
import { en } from "../messages/en.ts";
import type { Words } from "../messages/words.ts";
import type { Example } from "../rules/rule.ts";
import { neighbourRules, objectRules, runRules } from "../rules/rules.ts";
import { serverExamples } from "../rules/server-examples.ts";
import type { YamlCode } from "../yaml/parse.ts";
import { diagnose } from "./diagnose.ts";
import { openManifest } from "./manifest.ts";
import { defaultSettings } from "./settings.ts";

const examples: ReadonlyMap<string, Example> = new Map(
  [serverExamples, ...[...objectRules, ...neighbourRules, ...runRules].map((rule) => rule.examples)].flatMap((some) =>
    Object.entries(some),
  ),
);

/** Any day will do, as long as each page is always the same. */
const someDay = Date.UTC(2026, 0, 1);

/** All codes that have a page, in order. */
export function explainedCodes(): readonly string[] {
  return [...new Set([...examples.keys(), ...Object.keys(codes), ...Object.keys(en.yaml)])].sort();
}

/** The codes whose pages have examples. */
export function exampleCodes(): readonly string[] {
  return [...examples.keys()].sort();
}

/** What is said of a code for which there is no example: its sentence, with a gap where a manifest's own value would be. */
function withoutExample(code: string, words: Words): string | null {
  const gaps = { key: "…", limit: "…", message: "…" };
  const sentence = Object.hasOwn(words.yaml, code)
    ? words.yaml[code as YamlCode](gaps)
    : words.reasons.sentences[code]?.replaceAll(/\{[a-zA-Z]+\}/g, "…");
  return sentence === undefined ? null : `# ${code}\n\n${sentence}\n\n${words.page.silence(code)}\n`;
}

/** Markdown; null when there is no such page. */
export function explain(code: string, words: Words): string | null {
  const example = examples.get(code);
  if (example === undefined) return withoutExample(code, words);
  const context = { settings: defaultSettings, words, structureElsewhere: false, others: [], now: someDay, runs: true };
  const found = diagnose(openManifest("example.yaml", "yaml", example.bad), context).find((one) => one.code === code);
  const what = found ? `${words.page.severity[found.severity]}: ${found.message}` : "";
  const line = found ? ` (${found.range.start.line + 1}:${found.range.start.character + 1})` : "";
  return [
    `# ${code}`,
    what,
    words.why[code as ExplainedCode],
    `## ${words.page.bad}${line}`,
    `\`\`\`yaml\n${example.bad}\`\`\``,
    `## ${words.page.good}`,
    `\`\`\`yaml\n${example.good}\`\`\``,
    words.page.silence(code),
  ]
    .join("\n\n")
    .concat("\n");
}
