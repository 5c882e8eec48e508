/** The page of a code: what is found, why it matters, bad and good. Made from the rule, whose examples are its tests too. */
import type { ExplainedCode } from "../messages/codes.ts";
import type { Words } from "../messages/words.ts";
import type { Example } from "../rules/rule.ts";
import { neighbourRules, objectRules, runRules } from "../rules/rules.ts";
import { serverExamples } from "../rules/server-examples.ts";
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
  return [...examples.keys()].sort();
}

/** Markdown; null when there is no such page. */
export function explain(code: string, words: Words): string | null {
  const example = examples.get(code);
  if (example === undefined) return null;
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
