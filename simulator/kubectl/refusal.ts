/** A refusal of the API server as the result of an action. */
import type { Answer, Place } from "../apiserver/types.ts";
import { type ActResult, actionProblem } from "./result.ts";

type Refusal = Extract<Answer, { ok: false }>;

/**
 * The result of an action that the server refused; `field` is the field of the action that is at fault. With `inside` the
 * problem's own path goes on below it.
 */
export function refusedResult({ status, problems }: Refusal, place: Place, field: string, inside = false): ActResult {
  const [problem] = problems;
  if (problem) {
    const path = inside && problem.path !== "" ? `${field}.${problem.path}` : field;
    const at = field.split(".");
    return { problem: { ...problem, path, at: inside ? [...at, ...problem.at] : at } };
  }
  const { row, namespace, name } = place;
  const params = { kind: row.kind, name, namespace };
  if (status.reason === "NotFound" && status.details?.name === name)
    return actionProblem("no-such-object", field, params);
  if (status.reason === "AlreadyExists") return actionProblem("already-exists", field, params);
  return actionProblem("refused", field, { ...params, message: status.message ?? "" });
}
