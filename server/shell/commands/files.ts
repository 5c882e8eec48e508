/** Files of the workspace: `cat`, `ls`, `pwd`, `cd`, `tee`. */
import { type Call, failed, type ShellCommand } from "../command.ts";
import { listFolder, type Running, readFile, writeFile } from "../effects.ts";
import { resolvePath } from "../paths.ts";
import { inputs, readOptions } from "./options.ts";

export const fileCommands: readonly ShellCommand[] = [
  { name: "cat", usage: "cat [-n] [FILE…]", says: "cat", run: cat },
  { name: "ls", usage: "ls [-1la] [FILE…]", says: "ls", run: ls },
  { name: "pwd", usage: "pwd", says: "pwd", run: pwd },
  { name: "cd", usage: "cd [FOLDER]", says: "cd", run: cd },
  { name: "tee", usage: "tee [-a] FILE…", says: "tee", run: tee },
];

function* cat(call: Call): Running {
  const options = readOptions(call.args, { switches: "nAe" });
  if ("problem" in options) return yield* failed(call, options.problem);
  let code = 0;
  let number = 0;
  let isAtStart = true;
  for (const one of yield* inputs(call, options.args)) {
    if ("missing" in one) {
      const isFolder = (yield* listFolder(resolvePath(call.state.folder, one.name))) !== undefined;
      code = yield* failed(call, isFolder ? `${one.name}: Is a directory` : one.missing);
      continue;
    }
    for (let piece = yield* one.input.read(); piece !== null; piece = yield* one.input.read()) {
      if (!options.on.has("n")) yield { out: piece };
      else {
        for (const line of piece.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
          yield { out: isAtStart ? `${String(++number).padStart(6)}\t${line}` : line };
          isAtStart = line.endsWith("\n");
        }
      }
    }
  }
  return code;
}

function* ls(call: Call): Running {
  const options = readOptions(call.args, { switches: "1laFhRt" });
  if ("problem" in options) return yield* failed(call, options.problem, 2);
  const { on, args } = options;
  let code = 0;
  const names = args.length === 0 ? ["."] : args;
  for (const [index, name] of names.entries()) {
    const path = resolvePath(call.state.folder, name);
    const entries = yield* listFolder(path);
    if (entries !== undefined) {
      if (names.length > 1) yield { out: `${index > 0 ? "\n" : ""}${name}:\n` };
      const shown = entries.filter((one) => on.has("a") || !one.startsWith(".")).toSorted();
      yield { out: shown.map((one) => `${one}\n`).join("") };
    } else if ((yield* readFile(path)) !== undefined) yield { out: `${name}\n` };
    else code = yield* failed(call, `cannot access '${name}': No such file or directory`, 2);
  }
  return code;
}

function* pwd({ state }: Call): Running {
  yield { out: `${state.folder}\n` };
  return 0;
}

function* cd(call: Call): Running {
  const { args, state } = call;
  const [wanted = "/"] = args;
  const path = resolvePath(state.folder, wanted === "-" ? (state.variables.get("OLDPWD") ?? ".") : wanted);
  if ((yield* listFolder(path)) === undefined) {
    const isFile = (yield* readFile(path)) !== undefined;
    return yield* failed(call, `${wanted}: ${isFile ? "Not a directory" : "No such file or directory"}`);
  }
  state.variables.set("OLDPWD", state.folder);
  state.variables.set("PWD", path);
  state.folder = path;
  return 0;
}

function* tee(call: Call): Running {
  const options = readOptions(call.args, { switches: "ai" });
  if ("problem" in options) return yield* failed(call, options.problem);
  let text = "";
  for (let piece = yield* call.input.read(); piece !== null; piece = yield* call.input.read()) {
    yield { out: piece };
    text += piece;
  }
  let code = 0;
  for (const name of options.args) {
    const problem = yield* writeFile(resolvePath(call.state.folder, name), text, options.on.has("a"));
    if (problem !== undefined) code = yield* failed(call, `${name}: ${problem}`);
  }
  return code;
}
