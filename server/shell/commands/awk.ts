/** A small `awk`: conditions on fields, `print`, sums. Models POSIX awk as far as tables are cut up with it. */
import { type Call, failed, type ShellCommand } from "../command.ts";
import type { Running } from "../effects.ts";
import { eachLine } from "../streams.ts";
import { type Program, type Row, readProgram, runRules } from "./awk-program.ts";
import { inputs, readOptions } from "./options.ts";
import { escaped } from "./pattern.ts";

export const awk: ShellCommand = {
  name: "awk",
  usage: "awk [-F C] '[CONDITION] {print $N}' [FILE…]",
  says: "awk",
  run,
};

function* run(call: Call): Running {
  const options = readOptions(call.args, { takes: "Fv", leading: true });
  if ("problem" in options) return yield* failed(call, options.problem, 2);
  const [source, ...names] = options.args;
  if (source === undefined) return yield* failed(call, `usage: ${awk.usage}`, 2);
  const program: Program | undefined = readProgram(source);
  if (!program) return yield* failed(call, call.words.awk, 2);
  const separator = options.values.get("F");
  const variables = new Map<string, string | number>();
  const [name, value] = (options.values.get("v") ?? "").split(/=(.*)/s);
  if (name && value !== undefined) variables.set(name, value);
  const split = (line: string): readonly string[] => {
    if (separator === undefined || separator === " ") return line.split(/\s+/).filter((one) => one !== "");
    return line.split(separator.length === 1 ? separator : new RegExp(escaped(separator)));
  };
  let number = 0;
  const rowOf = (line: string): Row => ({ line, fields: split(line), number, variables });
  const nothing = rowOf("");
  yield { out: runRules(program, "begin", nothing) };
  let code = 0;
  for (const one of yield* inputs(call, names)) {
    if ("missing" in one) {
      code = yield* failed(call, one.missing, 2);
      continue;
    }
    yield* eachLine(one.input, function* (line) {
      number++;
      const out = runRules(program, "line", rowOf(line));
      if (out !== "") yield { out };
      return true;
    });
  }
  yield { out: runRules(program, "end", { ...nothing, number }) };
  return code;
}
