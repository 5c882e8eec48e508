/** What an action gives back, and the problems of actions that cannot be done. */
import type { Params, Problem } from "../api/problem.ts";

export interface ActResult {
  /** What kubectl would print, without the line end; a line that starts with `error: ` is kubectl's refusal. */
  readonly output?: string;
  /** Why nothing was done; `path` is inside the action. */
  readonly problem?: Problem;
}

/** A problem of an action: a stable code, the field of the action that is at fault, and what it says. */
export function actionProblem(code: string, field: string, params: Params): ActResult {
  const problem: Problem = {
    code,
    reason: code === "no-such-object" ? "FieldValueNotFound" : "FieldValueInvalid",
    path: field,
    at: field.split("."),
    severity: "error",
    params,
  };
  return { problem };
}

/** Hears what kubectl prints after an action was begun. */
export type Tell = (output: string) => void;
