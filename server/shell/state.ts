/** What a shell keeps from one line to the next. Plain JSON, so that it outlives the window. */
import type { JsonObject } from "../../simulator/api/json.ts";

export interface ShellState {
  readonly variables: Map<string, string>;
  /** Names of variables that commands see. */
  readonly exported: Set<string>;
  readonly aliases: Map<string, string>;
  /** Absolute; `/` is the workspace. */
  folder: string;
  /** Exit code of the last command. */
  last: number;
  config: JsonObject | undefined;
  /** What was entered, the oldest first. */
  history: readonly string[];
}

/** What is kept of a shell. */
export interface KeptShell {
  readonly variables: readonly (readonly [string, string])[];
  readonly exported: readonly string[];
  readonly aliases: readonly (readonly [string, string])[];
  readonly folder: string;
  readonly config?: JsonObject;
}

export function newShell(history: readonly string[] = []): ShellState {
  return {
    variables: new Map([
      ["HOME", "/"],
      ["PWD", "/"],
      ["EDITOR", "code"],
    ]),
    exported: new Set(["HOME", "PWD", "EDITOR"]),
    aliases: new Map([["k", "kubectl"]]),
    folder: "/",
    last: 0,
    config: undefined,
    history,
  };
}

export function keptShell(state: ShellState): KeptShell {
  const { variables, exported, aliases, folder, config } = state;
  return {
    variables: [...variables],
    exported: [...exported],
    aliases: [...aliases],
    folder,
    ...(config ? { config } : {}),
  };
}

/** The shell that was kept; a new one where nothing usable was. */
export function restoredShell(kept: KeptShell | undefined, history: readonly string[]): ShellState {
  const fresh = newShell(history);
  if (!kept || !Array.isArray(kept.variables) || !Array.isArray(kept.aliases)) return fresh;
  return {
    ...fresh,
    variables: new Map(kept.variables),
    exported: new Set(kept.exported),
    aliases: new Map(kept.aliases),
    folder: kept.folder,
    config: kept.config,
  };
}
