/** Findings as text, JSON and GitHub workflow commands. Lines and columns count from 1 but for JSON (as in LSP). */
import { type Problem, pathText } from "../../simulator/api/problem.ts";
import type { RunWords } from "../messages/run-words.ts";
import type { Diagnosis } from "../service/diagnose.ts";
import type { CheckedFile } from "./checked.ts";

/** What is made of every finding, in order; `source` is the file that its document was rendered from. */
export function each<T>(
  files: readonly CheckedFile[],
  make: (file: string, one: Diagnosis, source: string | null) => T,
): T[] {
  return files.flatMap(({ name, documents }) =>
    documents.flatMap(({ source, problems }) => problems.map((one) => make(name, one, source))),
  );
}

/** The same for reports that are shown at lines of files: of what was rendered, only the file that it comes from is known. */
export function eachInPlace<T>(files: readonly CheckedFile[], make: (file: string, one: Diagnosis) => T): T[] {
  const start = { line: 0, character: 0 };
  return each(files, (file, one, source) =>
    source === null ? make(file, one) : make(source, { ...one, range: { start, end: start } }),
  );
}

/** A line for each finding in the order of the text, and how much was looked at. */
export function reportText(files: readonly CheckedFile[], words: RunWords): string {
  const lines = each(files.map(inOrder), (file, { range, severity, message, code }, source) => {
    const place = `${file}:${range.start.line + 1}:${range.start.character + 1}`;
    return `${place}: ${severity}: ${message} [${code}]${source === null ? "" : ` ${words.renderedFrom(source)}`}\n`;
  });
  const objects = files.reduce((sum, { documents }) => sum + documents.filter(({ kind }) => kind !== "").length, 0);
  return `${lines.join("")}${words.checked(lines.length, objects, files.length)}\n`;
}

function inOrder(file: CheckedFile): CheckedFile {
  const documents = file.documents.map((one) => ({ ...one, problems: [...one.problems].sort(byPlace) }));
  return { ...file, documents };
}

function byPlace({ range: { start: a } }: Diagnosis, { range: { start: b } }: Diagnosis): number {
  return a.line - b.line || a.character - b.character;
}

/** One object per document. */
export function reportJson(files: readonly CheckedFile[]): string {
  const documents = files.flatMap(({ name: file, documents }) =>
    documents.map(({ index, kind, name, source, problems }) => ({
      file,
      ...(source !== null && { source }),
      index,
      kind,
      name,
      problems: problems.map(({ code, problem, message, severity, range }) => ({
        code,
        reason: problem.reason,
        path: pathIn(problem),
        message,
        severity,
        range,
      })),
    })),
  );
  return `${JSON.stringify(documents, null, 2)}\n`;
}

/** Where it is: some texts of the server are sentences instead. */
function pathIn({ path, at }: Problem): string {
  return path.includes(" ") ? pathText(at) : path;
}

/** Workflow commands, which GitHub shows at the lines of a change. */
export function reportGithub(files: readonly CheckedFile[]): string {
  const level = { error: "error", warning: "warning", information: "notice", hint: "notice" };
  const escaped = (text: string) => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  const property = (text: string) => escaped(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
  return eachInPlace(files, (file, { range, severity, message, code }) => {
    const place = `file=${property(file)},line=${range.start.line + 1},endLine=${range.end.line + 1},col=${range.start.character + 1}`;
    return `::${level[severity]} ${place},title=${property(code)}::${escaped(message)}\n`;
  }).join("");
}

/** A line for each document: what it was taken for, and why. */
export function reportStandings(files: readonly CheckedFile[], words: RunWords): string {
  const lines = files.flatMap(({ name: file, documents }) =>
    documents.map(({ kind, name, decision: { standing, reason } }) => {
      const what = kind === "" ? file : `${file}: ${kind} ${name}`.trimEnd();
      return `${what}: ${words.standings[standing]} (${words.whyStanding[reason.why](reason.what)})\n`;
    }),
  );
  return lines.join("");
}
