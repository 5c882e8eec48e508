/** `code FILE`, and what people type in its place: a file of the workspace in the editor around the terminal. */
import { type Call, failed, type ShellCommand } from "../command.ts";
import type { Running } from "../effects.ts";
import { resolvePath } from "../paths.ts";

export const editorCommands: readonly ShellCommand[] = ["code", "vi", "vim", "nano"].map((name) => ({
  name,
  usage: "code FILE, vi FILE",
  says: "code",
  run,
}));

function* run(call: Call): Running {
  const names = call.args.filter((arg) => !arg.startsWith("-"));
  if (names.length === 0) return yield* failed(call, `usage: ${call.name} FILE`, 2);
  let code = 0;
  for (const name of names) {
    const problem = (yield { open: resolvePath(call.state.folder, name) }) as string | undefined;
    if (problem !== undefined) code = yield* failed(call, `${name}: ${problem}`);
  }
  return code;
}
