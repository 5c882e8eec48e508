/** What became of a text that met an object. */
import type { JsonObject } from "../../api/json.ts";
import type { Json } from "../../api/objects.ts";
import type { Conflict } from "../../api/patch/server-side.ts";
import type { Problem } from "../../api/problem.ts";
import { pathText } from "../../api/problem.ts";
import type { Answer, Refused } from "../../api/registry/answer.ts";

/** How a text is brought to the cluster. */
export type Mode =
  | "apply"
  | "replace"
  | "server-side"
  | "server-side --force-conflicts"
  | "replace --force"
  | "replace --subresource resize";

/**
 * `invalid`: all findings. `conflict`: fields of other managers. `malformed`: it could not be read. `rejected`: any other refusal of the
 * server. `client`: kubectl gave up itself.
 */
export type Verdict = "accepted" | "invalid" | "conflict" | "malformed" | "rejected" | "client";

export interface Outcome {
  readonly verdict: Verdict;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
  /** The patch that `kubectl apply` computed. */
  readonly patch?: Json;
  /** The object afterwards, and whether it is another one than the text met. */
  readonly result?: JsonObject;
  readonly isNew: boolean;
  /** Whether the stored object changed at all. */
  readonly written: boolean;
  /** Whether kubectl missed the last-applied annotation. */
  readonly lacksLastApplied: boolean;
  /** What a refused change would have made of the object, where the server came that far. */
  readonly attempted?: JsonObject;
  /** The HTTP status of a refusal by the server. */
  readonly status?: number;
}

const nothing = { warnings: [], isNew: false, written: false, lacksLastApplied: false } as const;

/** kubectl gave up. */
export function gaveUp(problem: Problem): Outcome {
  return { ...nothing, verdict: "client", problems: [problem] };
}

/** Nothing had to be sent. */
export function untouched(live: JsonObject): Outcome {
  return { ...nothing, verdict: "accepted", problems: [], result: live };
}

/** What the server answered. */
export function answered(answer: Answer, isNew: boolean): Outcome {
  if (!answer.ok) return refusedBy(answer);
  const { object, warnings, changed } = answer;
  return { ...nothing, verdict: "accepted", problems: [], warnings, result: object, isNew, written: isNew || changed };
}

/** The server refused. */
export function refusedBy({ reason, status, problems, warnings, object }: Refused): Outcome {
  const isRead = problems.some((one) => one.reason === "Malformed" || one.reason === "UnknownField");
  const verdict = reason === "Invalid" ? "invalid" : reason === "BadRequest" && isRead ? "malformed" : "rejected";
  return { ...nothing, verdict, status, problems, warnings, ...(object ? { attempted: object } : {}) };
}

/** The fields that other managers own. */
export function conflicting(conflicts: readonly Conflict[]): Outcome {
  const problems = conflicts.map(({ manager, path, at }): Problem => {
    const params = { value: pathText(at), manager: manager.manager, subresource: manager.subresource };
    return { code: "managed-by-another", reason: "FieldManagerConflict", path, at, severity: "error", params };
  });
  return { ...nothing, verdict: "conflict", status: 409, problems };
}
