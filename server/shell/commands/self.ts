/** What concerns the terminal itself: `help`, `history`, `clear`, `reset`, `exit`; and `xargs`, which runs others. */
import { type Call, failed, type ShellCommand } from "../command.ts";
import type { Running } from "../effects.ts";
import { noInput, readAll } from "../streams.ts";
import { readOptions } from "./options.ts";

export const selfCommands: readonly ShellCommand[] = [
  { name: "xargs", usage: "xargs [-n N] [-I {}] COMMAND", says: "xargs", run: xargs },
  { name: "history", usage: "history [N]", says: "history", run: history },
  { name: "clear", usage: "clear", says: "clear", run: clear },
  { name: "reset", usage: "reset", says: "reset", run: reset },
  { name: "help", usage: "help", says: "help", run: help },
  { name: "exit", usage: "exit [CODE]", says: "exit", run: exit },
];

/** Words that one run of `xargs` takes. */
const mostWords = 5000;

function* xargs(call: Call): Running {
  const options = readOptions(call.args, { takes: "nIL", switches: "rt", leading: true });
  if ("problem" in options) return yield* failed(call, options.problem);
  const command = options.args.length === 0 ? ["echo"] : options.args;
  const text = yield* readAll(call.input);
  const place = options.values.get("I");
  const items = place === undefined ? text.split(/\s+/) : text.split("\n");
  const found = items.map((one) => one.trim()).filter((one) => one !== "");
  if (found.length === 0 && options.on.has("r")) return 0;
  const size = place !== undefined ? 1 : Math.max(1, Number(options.values.get("n") ?? mostWords) || 1);
  let code = 0;
  for (let at = 0; at < Math.max(1, found.length); at += size) {
    const group = found.slice(at, at + size);
    if (place !== undefined && group.length === 0) break;
    const words =
      place === undefined ? [...command, ...group] : command.map((word) => word.replaceAll(place, group[0] ?? ""));
    if ((yield* call.runWords(words, noInput)) !== 0) code = 123;
  }
  return code;
}

function* history({ args, state }: Call): Running {
  const count = Number(args[0] ?? state.history.length);
  const from = Math.max(0, state.history.length - (Number.isInteger(count) ? count : state.history.length));
  for (const [index, line] of state.history.slice(from).entries()) {
    yield { out: `${String(from + index + 1).padStart(5)}  ${line}\n` };
  }
  return 0;
}

function* clear(): Running {
  yield { clear: true };
  return 0;
}

function* reset({ state }: Call): Running {
  state.config = undefined;
  yield { reset: true };
  return 0;
}

function* help({ commands, words }: Call): Running {
  const seen = new Set<string>();
  const rows = commands.filter(({ says }) => !seen.has(says) && seen.add(says));
  yield { out: `${words.help.begin}\n\n` };
  for (const { usage, says } of rows) {
    const gap = usage.length > 44 ? `\n${" ".repeat(48)}` : " ".repeat(46 - usage.length);
    yield { out: `  ${usage}${gap}${words.commands[says]}\n` };
  }
  yield { out: `\n${words.help.end}\n` };
  return 0;
}

function* exit({ args, state }: Call): Running {
  const code = Number(args[0] ?? state.last);
  yield { exit: Number.isInteger(code) ? code & 255 : 2 };
  return code;
}
