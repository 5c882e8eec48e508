/** The table of the shell's commands, in the order of the help. Whoever adds a command adds a line here. */
import type { ShellCommand } from "../command.ts";
import { awk } from "./awk.ts";
import { editorCommands } from "./editor.ts";
import { fileCommands } from "./files.ts";
import { grep } from "./grep.ts";
import { kubectl } from "./kubectl.ts";
import { sed } from "./sed.ts";
import { selfCommands } from "./self.ts";
import { textCommands } from "./text.ts";
import { timeCommands } from "./time.ts";
import { variableCommands } from "./variables.ts";

export const shellCommands: readonly ShellCommand[] = [
  kubectl,
  ...timeCommands,
  ...fileCommands,
  ...editorCommands,
  grep,
  awk,
  sed,
  ...textCommands,
  ...variableCommands,
  ...selfCommands,
];
