/** What a command of the shell does, one thing after the other. Whoever runs it does these things and answers. */
import type { JsonObject } from "../../simulator/api/json.ts";

/** How fast time passes: so many times as fast as the clock on the wall; `max`: waits are over at once; `pause`: as `max`, and no time passes between commands. */
export type Speed = number | "max" | "pause";

export type Effect =
  | { readonly out: string }
  | { readonly err: string }
  /** Lets time pass until something changes in the cluster, at most so many milliseconds; `now`: as fast as can be. */
  | { readonly pass: number; readonly now?: true }
  /** Hands a text to an editor. The answer is the text that comes back; undefined: none. */
  | { readonly edit: { readonly name: string; readonly text: string } }
  /** The answer is the text; undefined where there is no such file. Paths of effects are absolute, with `/` for the workspace. */
  | { readonly read: string }
  /** The answer: the names in a folder, those of folders with `/` behind them; undefined where there is no such folder. */
  | { readonly list: string }
  /** The answer: why it cannot be written; undefined when it was. */
  | { readonly write: string; readonly text: string; readonly append: boolean }
  /** Shows a file in the editor around the terminal. The answer: why it cannot be shown; undefined when it is. */
  | { readonly open: string }
  | { readonly clear: true }
  /** Begins anew with an empty cluster. */
  | { readonly reset: true }
  | { readonly exit: number }
  | { readonly speed: Speed };

/** Effects on the way to a result; what comes back into it is the answer to the effect before. */
export type Steps<T> = Generator<Effect, T, unknown>;

/** A command under way; it ends with its exit code. */
export type Running = Steps<number>;

export function* readFile(path: string): Steps<string | undefined> {
  return (yield { read: path }) as string | undefined;
}

export function* listFolder(path: string): Steps<readonly string[] | undefined> {
  return (yield { list: path }) as readonly string[] | undefined;
}

export function* writeFile(path: string, text: string, append: boolean): Steps<string | undefined> {
  return (yield { write: path, text, append }) as string | undefined;
}

/** What the shell knows of the cluster without asking kubectl. Times are in milliseconds since 1970. */
export interface World {
  now(): number;
  /** When the trial began. */
  readonly start: number;
  /** When something happens next by itself; undefined when nothing does. */
  next(): number | undefined;
  speed(): Speed;
  /** Whether every pod that is to run is ready, every Job done, and nothing on its way out. */
  settled(): boolean;
  /** What has happened since a time, in a line each. */
  happened(since: number): readonly string[];
  /** Runs the words after `kubectl`. `files` has what was read before it began. */
  kubectl(words: readonly string[], files: ReadFiles, state: KubectlState): Running;
}

/** Files that were read already, by their paths as typed; `-` is the standard input. */
export interface ReadFiles {
  read(path: string): string | undefined;
  list(path: string): readonly string[] | undefined;
}

/** What stays from one kubectl command to the next. */
export interface KubectlState {
  readonly variables: Readonly<Record<string, string>>;
  /** The kubeconfig; undefined: the one that a trial begins with. */
  readonly config: JsonObject | undefined;
  readonly keep: (config: JsonObject) => void;
}
