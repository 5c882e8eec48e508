/** What the server answers to a write. */
import { FieldPath, problem } from "../field-path.ts";
import type { JsonObject } from "../json.ts";
import type { Params, Problem } from "../problem.ts";

/** Reasons of the answers that refuse a write, as in `status.reason`. */
type StatusReason =
  | "BadRequest"
  | "Forbidden"
  | "NotFound"
  | "AlreadyExists"
  | "Conflict"
  | "Invalid"
  | "InternalError";

const statuses: Readonly<Record<StatusReason, number>> = {
  BadRequest: 400,
  Forbidden: 403,
  NotFound: 404,
  AlreadyExists: 409,
  Conflict: 409,
  Invalid: 422,
  InternalError: 500,
};

export interface Refused {
  readonly ok: false;
  readonly status: number;
  readonly reason: StatusReason;
  /** Every finding of a 422; of other answers the one thing that kept the server from going on. */
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
  /** The object as it was judged, where it could be read. */
  readonly object?: JsonObject;
}

export interface Written {
  readonly ok: true;
  /** The object as it is stored. */
  readonly object: JsonObject;
  readonly warnings: readonly Problem[];
  /** Whether the stored object differs from what was there; always for a new one. */
  readonly changed: boolean;
}

export type Answer = Written | Refused;

/** A refusal for these problems. */
export function refusal(
  reason: StatusReason,
  problems: readonly Problem[],
  warnings: readonly Problem[] = [],
): Refused {
  return { ok: false, status: statuses[reason], reason, problems, warnings };
}

/** A refusal that has no causes: one problem that says why, at a field where there is one. */
export function refusedFor(reason: StatusReason, code: string, params: Params = {}, field = FieldPath.root): Refused {
  return refusal(reason, [problem(code, "Refused", field, params)]);
}
