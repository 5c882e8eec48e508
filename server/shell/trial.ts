/** A trial in a terminal: a session, the shell in it, and what of both is kept. */
import type { Problem } from "../../simulator/api/problem.ts";
import type { Target } from "../../simulator/api/target.ts";
import type { FieldDocs } from "../../simulator/kubectl/command/command.ts";
import { defaultScenario } from "../../simulator/scenario/defaults.ts";
import type { Scenario } from "../../simulator/scenario/scenario.ts";
import { createSession, type Session } from "../../simulator/session.ts";
import type { ShellWords } from "../messages/shell.ts";
import { shellCommands } from "./commands/commands.ts";
import type { Speed } from "./effects.ts";
import type { Shell } from "./run.ts";
import { type KeptShell, keptShell, restoredShell } from "./state.ts";
import { worldOf } from "./world.ts";

/** Plain JSON from which a trial is played again. */
export interface KeptTrial {
  readonly version: 1;
  /** Its horizon is the present. */
  readonly scenario: Scenario;
  readonly shell?: KeptShell;
  readonly speed?: Speed;
}

export interface Trial {
  session: Session;
  speed: Speed;
  readonly shell: Shell;
}

/** An empty cluster, in which time passes only when it is told to until somebody is there. */
export function emptyScenario(seed: number, kubernetes: Target): Scenario {
  return { ...defaultScenario([], seed), kubernetes };
}

/**
 * The trial that was kept, at its beginning: whoever has it lets time pass to `present`, in pieces. Or why it cannot be played
 * again.
 */
export function createTrial(
  kept: KeptTrial,
  words: ShellWords,
  history: readonly string[],
  docs?: FieldDocs,
): { readonly trial: Trial; readonly present: number } | { readonly problems: readonly Problem[] } {
  const session = createSession(kept.scenario);
  if ("problems" in session) return session;
  const trial: Trial = {
    session,
    speed: kept.speed ?? 1,
    shell: {
      state: restoredShell(kept.shell, history),
      world: worldOf(
        () => trial.session,
        () => trial.speed,
        docs,
      ),
      commands: shellCommands,
      words,
    },
  };
  return { trial, present: kept.scenario.start + kept.scenario.horizon };
}

/** Takes back all that was done: the same cluster, at its beginning and empty. */
export function beginAnew(trial: Trial): void {
  const session = createSession({ ...trial.session.scenario(), steps: [], horizon: 0 });
  if (!("problems" in session)) trial.session = session;
}

/** What to keep of a trial. */
export function keptTrial({ session, shell, speed }: Trial): KeptTrial {
  return { version: 1, scenario: session.scenario(), shell: keptShell(shell.state), speed };
}
