/** What a command of the shell is. */
import type { ShellWords } from "../messages/shell.ts";
import type { Running, World } from "./effects.ts";
import type { ShellState } from "./state.ts";
import type { Input } from "./streams.ts";

/** What a command is called with. */
export interface Call {
  /** As it was called. */
  readonly name: string;
  readonly args: readonly string[];
  readonly input: Input;
  /** Whether something is piped or redirected into it. */
  readonly hasInput: boolean;
  readonly state: ShellState;
  readonly world: World;
  readonly words: ShellWords;
  /** All commands that there are, for the help. */
  readonly commands: readonly ShellCommand[];
  /** Runs another command, as `watch` does. */
  readonly runWords: (words: readonly string[], input: Input) => Running;
  /** Runs a line. */
  readonly runLine: (line: string) => Running;
}

export interface ShellCommand {
  readonly name: string;
  readonly usage: string;
  /** Key of its sentence in the help. */
  readonly says: keyof ShellWords["commands"];
  readonly run: (call: Call) => Running;
}

/** The command ends with what is wrong, as tools say it. */
export function* failed({ name }: Pick<Call, "name">, why: string, code = 1): Running {
  yield { err: `${name}: ${why}\n` };
  return code;
}
