/** Findings as SARIF 2.1.0, with what each rule says for itself. Lines and columns count from 1. */
import type { Words } from "../messages/words.ts";
import { describe, explain } from "../service/explain.ts";
import type { CheckedFile } from "./checked.ts";
import { each, eachInPlace } from "./report.ts";

const levels = { error: "error", warning: "warning", information: "note", hint: "note" } as const;

/** The whole log. */
export function reportSarif(files: readonly CheckedFile[], version: string, words: Words): string {
  const ids = [...new Set(each(files, (_file, { code }) => code))].sort();
  const results = eachInPlace(files, (file, { range, severity, message, code }) => ({
    ruleId: code,
    ruleIndex: ids.indexOf(code),
    level: levels[severity],
    message: { text: message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: file.split("/").map(encodeURIComponent).join("/") },
          region: {
            startLine: range.start.line + 1,
            startColumn: range.start.character + 1,
            endLine: range.end.line + 1,
            endColumn: range.end.character + 1,
          },
        },
      },
    ],
  }));
  const driver = { name: "Seatrial", version, rules: ids.map((id) => ruleOf(id, words)) };
  const run = { tool: { driver }, language: words.language, columnKind: "utf16CodeUnits", results };
  const log = { $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/** A `reportingDescriptor`. */
function ruleOf(id: string, words: Words): object {
  const described = describe(id, words);
  const markdown = explain(id, words);
  return {
    id,
    ...(described && {
      shortDescription: { text: described.rule },
      fullDescription: { text: described.why },
      defaultConfiguration: { level: levels[described.severity] },
    }),
    ...(markdown && { help: { text: plain(markdown), markdown } }),
  };
}

/** Markdown as it is read where only text is shown. */
function plain(markdown: string): string {
  return markdown.replaceAll(/^#+ /gm, "").replaceAll(/^```.*\n/gm, "");
}
