/** A small `sed`: `s/PATTERN/TEXT/`, `Np`, `N,Mp`, `/PATTERN/d`, `/PATTERN/p`. */
import { type Call, failed, type ShellCommand } from "../command.ts";
import { type Running, writeFile } from "../effects.ts";
import { resolvePath } from "../paths.ts";
import { readOptions } from "./options.ts";
import { findAll, patternOf } from "./pattern.ts";
import { linesOf } from "./text.ts";

export const sed: ShellCommand = { name: "sed", usage: "sed [-nEi] 's/PATTERN/TEXT/g' [FILE…]", says: "sed", run };

type Edit = (
  line: string,
  number: number,
  isLast: boolean,
) => { readonly line: string | null; readonly printed: boolean };

function* run(call: Call): Running {
  const options = readOptions(call.args, { switches: "nEri", takes: "e" });
  if ("problem" in options) return yield* failed(call, options.problem);
  const { on, values } = options;
  const given = values.get("e");
  const [script, ...names] = given === undefined ? options.args : [given, ...options.args];
  if (script === undefined) return yield* failed(call, `usage: ${sed.usage}`);
  const edit = editOf(script, on.has("E") || on.has("r"));
  if (!edit) return yield* failed(call, call.words.sed);
  const change = (lines: readonly string[]): string =>
    lines
      .flatMap((one, index) => {
        const { line, printed } = edit(one, index + 1, index === lines.length - 1);
        const kept = on.has("n") || line === null ? [] : [line];
        return printed && line !== null ? [...kept, line] : kept;
      })
      .map((line) => `${line}\n`)
      .join("");
  if (!on.has("i")) {
    const { lines, code } = yield* linesOf(call, names);
    yield { out: change(lines) };
    return code;
  }
  let code = 0;
  for (const name of names) {
    const { lines, code: found } = yield* linesOf(call, [name]);
    const problem =
      found === 0 ? yield* writeFile(resolvePath(call.state.folder, name), change(lines), false) : undefined;
    if (problem !== undefined) code = yield* failed(call, `${name}: ${problem}`);
    else code ||= found;
  }
  return code;
}

function editOf(script: string, isExtended: boolean): Edit | undefined {
  const found = /^\s*(?:(\d+|\$)(?:,(\d+|\$))?|\/((?:[^/\\]|\\.)*)\/)?\s*(.*)$/s.exec(script);
  if (!found) return undefined;
  const [, from, to, pattern, command = ""] = found;
  const kind = isExtended ? "extended" : "basic";
  const expression = pattern === undefined ? null : patternOf(pattern, { kind });
  if (expression === undefined) return undefined;
  const place = (text: string, number: number, isLast: boolean) =>
    text === "$" ? (isLast ? number : Number.POSITIVE_INFINITY) : Number(text);
  const isMeant = (line: string, number: number, isLast: boolean): boolean => {
    if (expression) return expression.test(line);
    if (from === undefined) return true;
    const begin = place(from, number, isLast);
    const end = to === undefined ? begin : to === "$" ? Number.POSITIVE_INFINITY : Number(to);
    return number >= begin && number <= end;
  };
  const does = doesOf(command.trim(), kind);
  return does && ((line, number, isLast) => (isMeant(line, number, isLast) ? does(line) : { line, printed: false }));
}

function doesOf(command: string, kind: "basic" | "extended"): ((line: string) => ReturnType<Edit>) | undefined {
  if (command === "p") return (line) => ({ line, printed: true });
  if (command === "d") return () => ({ line: null, printed: false });
  const sign = command.charAt(1);
  if (!command.startsWith("s") || sign === "" || /[\w\s\\]/.test(sign)) return undefined;
  const parts = partsOf(command.slice(2), sign);
  const [pattern, text, flags] = parts;
  if (parts.length !== 3 || pattern === undefined || text === undefined || !/^[gip]*$/i.test(flags ?? ""))
    return undefined;
  const expression = patternOf(pattern, { kind, ignoreCase: /i/i.test(flags ?? "") });
  if (!expression) return undefined;
  const isEverywhere = flags?.includes("g") ?? false;
  return (line) => {
    let next = "";
    let from = 0;
    for (const { index, end, groups } of findAll(expression, line)) {
      next += line.slice(from, index) + filled(text, line.slice(index, end), groups);
      from = end;
      if (!isEverywhere) break;
    }
    const isChanged = from > 0 || next !== "";
    return { line: next + line.slice(from), printed: isChanged && (flags?.includes("p") ?? false) };
  };
}

/** The text with `&` and `\\1` filled in. */
function filled(text: string, whole: string, groups: readonly string[]): string {
  return text.replace(/\\([\\&n0-9])|&/g, (mark, letter: string | undefined) => {
    if (letter === undefined || letter === "0") return whole;
    if (letter === "n") return "\n";
    return /\d/.test(letter) ? (groups[Number(letter) - 1] ?? "") : mark.slice(1);
  });
}

/** What stands between the signs; a backslash before one takes it as it is. */
function partsOf(text: string, sign: string): readonly string[] {
  const parts: string[] = [];
  let part = "";
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    const next = text.charAt(at + 1);
    if (character === "\\") {
      part += next === sign ? next : character + next;
      at++;
    } else if (character === sign) {
      parts.push(part);
      part = "";
    } else part += character;
  }
  return [...parts, part];
}
