/** A trial as a file: a scenario, as `serve --save` keeps it, and beside it what the shell remembers. */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { Scenario } from "../../simulator/scenario/scenario.ts";
import { type KeptTrial, keptTrial, type Trial } from "../shell/trial.ts";

interface TrialFile extends Scenario {
  readonly shell?: KeptTrial["shell"];
}

/** What a file keeps; null where there is no file yet; or why it cannot be read. */
export function readTrial(path: string): KeptTrial | null | { readonly unreadable: string } {
  if (!existsSync(path)) return null;
  try {
    const { shell, ...scenario } = JSON.parse(readFileSync(path, "utf8")) as TrialFile;
    return { version: 1, scenario, ...(shell ? { shell } : {}) };
  } catch (error) {
    return { unreadable: (error as NodeJS.ErrnoException).code ?? "JSON" };
  }
}

/** Keeps a trial; gives why that cannot be done. What was there stays until the new one is whole. */
export function writeTrial(path: string, trial: Trial): string | undefined {
  const { scenario, shell } = keptTrial(trial);
  const file = { ...scenario, shell };
  try {
    writeFileSync(`${path}.new`, `${JSON.stringify(file)}\n`);
    renameSync(`${path}.new`, path);
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? "EIO";
  }
}
