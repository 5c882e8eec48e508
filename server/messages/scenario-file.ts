/** What is said of a scenario's file, and of what it expects. */
import type { Judged } from "../scenario/play.ts";
import type { FieldProblem } from "../yaml/fields.ts";

export interface ScenarioFileWords {
  readonly problem: Readonly<Record<FieldProblem["code"], (path: string) => string>>;
  /** `file` is what is missing, `name` where it was looked for. */
  readonly noManifest: (file: string) => string;
  /** The manifests are written out, and a panel shows files. */
  readonly noFile: string;
  readonly notCommitted: (file: string) => string;
  /** An expectation and whether it holds, in one line. */
  readonly judged: (one: Judged) => string;
  readonly held: (count: number, all: number) => string;
}
