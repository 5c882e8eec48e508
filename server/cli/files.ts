/** From what was named on the command line to texts: files, folders, globs and standard input. */
import { type Dirent, readdirSync, readFileSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { decodeBytes } from "../yaml/encoding.ts";

export interface Input {
  /** As a person would name it, with `/` between folders. */
  readonly name: string;
  /** Null: it is read when its turn comes, so that a tree need not be in memory as a whole. */
  readonly text: string | null;
  /** Named itself rather than found in a folder: then it is expected to be a manifest. */
  readonly named: boolean;
  /** Made by a tool: judged as it is, wherever it came from. `sourceAt`: the file that a line comes from, if the tool says so. */
  readonly rendered?: { sourceAt(line: number): string | null };
}
export interface Unreadable {
  readonly name: string;
  /** `missing`: nothing of that name. Otherwise the system's code, e.g. `EACCES`. */
  readonly why: "missing" | "none-found" | string;
}

const skippedFolders = new Set(["node_modules", ".git", "dist", "vendor"]);
const manifestNames = /\.(ya?ml|json)$/i;

/** The text of an input, or why it cannot be read. */
export function textOf({ name, text }: Input): { readonly text: string } | Unreadable {
  if (text !== null) return { text };
  try {
    return { text: decodeBytes(readFileSync(name)) };
  } catch (error) {
    return { name, why: reason(error) };
  }
}

/** All inputs in the order named, each file once; and those that could not be read. */
export function readInputs(
  names: readonly string[],
  standardInput: () => string,
  standardInputName: string,
): { readonly inputs: readonly Input[]; readonly unreadable: readonly Unreadable[] } {
  const inputs: Input[] = [];
  const unreadable: Unreadable[] = [];
  const seen = new Set<string>();
  const take = (name: string, named: boolean) => {
    if (seen.has(name)) return;
    seen.add(name);
    const input = { name: name.split(sep).join("/"), named };
    if (!named) {
      inputs.push({ ...input, text: null });
      return;
    }
    try {
      inputs.push({ ...input, text: decodeBytes(readFileSync(name)) });
    } catch (error) {
      unreadable.push({ name, why: reason(error) });
    }
  };
  const closed = (folder: string, error: unknown) => unreadable.push({ name: folder, why: reason(error) });
  for (const name of names) {
    if (name === "-") {
      try {
        inputs.push({ name: standardInputName, text: standardInput(), named: true });
      } catch (error) {
        unreadable.push({ name: standardInputName, why: reason(error) });
      }
      continue;
    }
    let isFolder: boolean;
    try {
      isFolder = statSync(name).isDirectory();
    } catch (error) {
      if (!/[*?[{]/.test(name)) {
        unreadable.push({ name, why: reason(error) });
        continue;
      }
      const found = glob(name, closed);
      if (found.length === 0) unreadable.push({ name, why: "none-found" });
      for (const file of found) take(file, false);
      continue;
    }
    if (!isFolder) take(name, true);
    else for (const file of walk(name, closed)) if (manifestNames.test(file)) take(file, false);
  }
  return { inputs, unreadable };
}

function reason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? "EIO";
  return code === "ENOENT" || code === "ENOTDIR" ? "missing" : code;
}

/** Files below a folder, in order of name; hidden folders and those of tools are left out. */
export function walk(folder: string, closed: (folder: string, error: unknown) => void): string[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    closed(folder, error);
    return [];
  }
  const files: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = folder === "." ? entry.name : join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!skippedFolders.has(entry.name) && !entry.name.startsWith("."))
        for (const file of walk(path, closed)) files.push(file);
    } else if (entry.isFile()) {
      files.push(path);
    }
  }
  return files;
}

function glob(pattern: string, closed: (folder: string, error: unknown) => void): string[] {
  const parts = pattern.split("/");
  const fixed: string[] = [];
  while (parts.length > 1 && !/[*?[{]/.test(parts[0] as string)) fixed.push(parts.shift() as string);
  const base = fixed.length === 0 ? "." : fixed.join("/") || "/";
  const matcher = globExpression(pattern.replace(/^\.\//, ""));
  return walk(base, closed).filter((file) => matcher.test(file.split(sep).join("/").replace(/^\.\//, "")));
}

/** `*`, `**`, `?`, `[abc]` and `{a,b}` as shells know them. */
export function globExpression(pattern: string): RegExp {
  let source = "";
  let depth = 0;
  for (let at = 0; at < pattern.length; at++) {
    const one = pattern[at] as string;
    if (one === "*" && pattern[at + 1] === "*") {
      at++;
      if (pattern[at + 1] === "/") {
        at++;
        source += "(?:[^/]*/)*";
      } else {
        source += ".*";
      }
    } else if (one === "*") source += "[^/]*";
    else if (one === "?") source += "[^/]";
    else if (one === "[" && pattern.indexOf("]", at + 1) > at) {
      const end = pattern.indexOf("]", at + 1);
      source += `[${pattern
        .slice(at + 1, end)
        .replace(/^!/, "^")
        .replaceAll("\\", "\\\\")}]`;
      at = end;
    } else if (one === "{" && pattern.indexOf("}", at) > at) {
      depth++;
      source += "(?:";
    } else if (one === "}" && depth > 0) {
      depth--;
      source += ")";
    } else if (one === "," && depth > 0) source += "|";
    else source += one.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  }
  return new RegExp(`^${source}$`);
}
