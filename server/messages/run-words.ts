/** What the command line says of runs, and of what it cannot read or run. A word missing from a language does not compile. */

import type { Params } from "../../simulator/api/problem.ts";
import type { Unfinished } from "../../simulator/insight/summary.ts";
import type { ScenarioCode } from "../../simulator/scenario/check.ts";
import type { Rendering, RenderPlan } from "../service/rendering.ts";
import type { Reason, Standing } from "../service/standing/decide.ts";

/** What was to be rendered, and what became of that; `plan` is null where there is nothing to render. */
export interface NotRendered {
  readonly plan: RenderPlan | null;
  readonly why: Exclude<Rendering, { readonly is: "rendered" }> | { readonly is: "none-around" };
}

export interface RunWords {
  /** Instead of lines of a long table. */
  readonly leftOut: (count: number) => string;
  readonly took: (seconds: string) => string;
  /** For a CronJob: its runs, and when the last change was. */
  readonly runs: (count: number, until: string) => string;
  /** Pods at once, those being terminated counted too. */
  readonly most: (pods: number) => string;
  /** The fewest available pods; `change`: counted from the change on, else from when all were available first. */
  readonly fewest: (pods: number, change: boolean) => string;
  readonly downtime: (seconds: string) => string;
  readonly unfinished: Readonly<Record<Unfinished["code"], (params: Unfinished["params"]) => string>>;
  /** The run has more events than are kept. */
  readonly cutShort: string;
  /** An object that the server would not take; `command` tells why. */
  readonly refused: (object: string, command: string) => string;
  readonly noWorkload: (file: string) => string;
  readonly scenario: Readonly<Record<ScenarioCode, (params: Params) => string>>;
  /** A template that has to be rendered before it is a manifest, and can then be given to the command. */
  readonly template: (command: "check" | "simulate") => string;
  /** Why something could not be read, by its sort or the system's code. */
  readonly unreadable: (why: string) => string;
  /** Why the user's own tools rendered nothing, and the way out. */
  readonly notRendered: (what: NotRendered, command: "check" | "simulate") => string;
  /** The file that a document was rendered from. */
  readonly renderedFrom: (file: string) => string;
  readonly oneFile: string;
  /** How many documents of folders were taken for what, and how many files were passed over. */
  readonly documentsTaken: (counts: Readonly<Partial<Record<Standing, number>>>, passedOver: number) => string;
  /** What a document is taken for, and how that is known; `what` is a file, a key or a placeholder. */
  readonly standings: Readonly<Record<Standing, string>>;
  readonly whyStanding: Readonly<Record<Reason["why"], (what: string) => string>>;
  /** No object has a counterpart in the version that is compared with. */
  readonly noCounterpart: (objects: number) => string;
  /** The last line of a check. */
  readonly checked: (findings: number, objects: number, files: number) => string;
  /** There is nothing to explain about a code; `meant` is nearly called so. */
  readonly noPage: (code: string, meant: string | null) => string;
}

/** The sentence for a problem of a scenario. */
export function scenarioSentence({ scenario }: RunWords, code: string, params: Params): string {
  return Object.hasOwn(scenario, code) ? scenario[code as ScenarioCode](params) : code;
}
