/** Findings as text, JSON, SARIF 2.1.0 and GitHub workflow commands. Lines and columns count from 1 but for JSON (as in LSP). */
import type { Diagnosis } from "../service/diagnose.ts";
import type { CheckedFile } from "./check.ts";

function each<T>(files: readonly CheckedFile[], make: (file: string, one: Diagnosis) => T): T[] {
  return files.flatMap(({ name, documents }) =>
    documents.flatMap(({ problems }) => problems.map((one) => make(name, one))),
  );
}

export function reportText(files: readonly CheckedFile[]): string {
  const lines = each(files, (file, { range, severity, message, code }) => {
    const place = `${file}:${range.start.line + 1}:${range.start.character + 1}`;
    return `${place}: ${severity}: ${message} [${code}]\n`;
  });
  const objects = files.reduce((sum, { documents }) => sum + documents.filter(({ kind }) => kind !== "").length, 0);
  const of = `${objects} ${objects === 1 ? "object" : "objects"} in ${files.length} ${files.length === 1 ? "file" : "files"}`;
  const summary =
    lines.length === 0
      ? `No problems: ${of}.`
      : `${lines.length} ${lines.length === 1 ? "finding" : "findings"}: ${of}.`;
  return `${lines.join("")}${summary}\n`;
}

/** One object per document. */
export function reportJson(files: readonly CheckedFile[]): string {
  const documents = files.flatMap(({ name: file, documents }) =>
    documents.map(({ index, kind, name, problems }) => ({
      file,
      index,
      kind,
      name,
      problems: problems.map(({ code, problem, message, severity, range }) => ({
        code,
        reason: problem.reason,
        path: problem.path,
        message,
        severity,
        range,
      })),
    })),
  );
  return `${JSON.stringify(documents, null, 2)}\n`;
}

export function reportGithub(files: readonly CheckedFile[]): string {
  const level = { error: "error", warning: "warning", information: "notice", hint: "notice" };
  const escaped = (text: string) => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  const property = (text: string) => escaped(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
  return each(files, (file, { range, severity, message, code }) => {
    const place = `file=${property(file)},line=${range.start.line + 1},endLine=${range.end.line + 1},col=${range.start.character + 1}`;
    return `::${level[severity]} ${place},title=${property(code)}::${escaped(message)}\n`;
  }).join("");
}

export function reportSarif(files: readonly CheckedFile[], version: string): string {
  const level = { error: "error", warning: "warning", information: "note", hint: "note" };
  const results = each(files, (file, { range, severity, message, code }) => ({
    ruleId: code,
    level: level[severity],
    message: { text: message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(file) },
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
  const rules = [...new Set(results.map(({ ruleId }) => ruleId))].sort().map((id) => ({ id }));
  const driver = { name: "Seatrial", version, rules };
  const log = { $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0" };
  return `${JSON.stringify({ ...log, runs: [{ tool: { driver }, columnKind: "utf16CodeUnits", results }] }, null, 2)}\n`;
}
