/** Words of the shell around kubectl that are not those of a tool. */
import type { Speed } from "../shell/effects.ts";

export interface ShellWords {
  unknown(name: string): string;
  noDuration(text: string): string;
  noSpeed(text: string): string;
  speed(speed: Speed): string;
  next(duration: string): string;
  earlier(count: number): string;
  notRead(file: string, why: string): string;
  notKept(file: string, why: string): string;
  readonly incomplete: string;
  readonly nothingNext: string;
  readonly neverReady: string;
  readonly timeUsage: string;
  readonly awk: string;
  readonly sed: string;
  readonly over: string;
  readonly help: { readonly begin: string; readonly end: string };
  /** What each command does, for the help. */
  readonly commands: Readonly<Record<CommandName, string>>;
}

export type CommandName =
  | "kubectl"
  | "time"
  | "sleep"
  | "watch"
  | "date"
  | "cat"
  | "ls"
  | "pwd"
  | "cd"
  | "code"
  | "tee"
  | "grep"
  | "awk"
  | "sed"
  | "head"
  | "tail"
  | "wc"
  | "sort"
  | "uniq"
  | "cut"
  | "tr"
  | "echo"
  | "printf"
  | "export"
  | "unset"
  | "env"
  | "alias"
  | "unalias"
  | "seq"
  | "test"
  | "true"
  | "false"
  | "xargs"
  | "history"
  | "clear"
  | "reset"
  | "help"
  | "exit";
