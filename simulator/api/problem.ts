/** A finding about an object, in the API server's terms. Words for people are made from `code` and `params` elsewhere. */

/** Where something stands in an object: keys and zero-based list indexes from the root. */
export type Path = readonly (string | number)[];

/** The API server's cause types for a 422 answer, as they stand in `status.details.causes[].reason`. */
export type CauseReason =
  | "FieldValueRequired"
  | "FieldValueInvalid"
  | "FieldValueNotSupported"
  | "FieldValueForbidden"
  | "FieldValueDuplicate"
  | "FieldValueNotFound"
  | "FieldValueTooLong"
  | "FieldValueTooMany";

/** Why a document could not be read (400) or sent at all. */
type DecodeReason = "UnknownField" | "DuplicateField" | "Malformed" | "Unserved";

/**
 * `Warning`: the server accepts the object and says this. `Advice`: ours, never said by the server. `Refused`: the server refuses
 * the request as a whole, not for a field. `FieldManagerConflict`: another manager owns the field.
 */
export type Reason = CauseReason | DecodeReason | "Warning" | "Advice" | "Refused" | "FieldManagerConflict";

export type Severity = "error" | "warning" | "information" | "hint";

export type Params = Readonly<Record<string, string | number | boolean | readonly string[]>>;

export interface Problem {
  /** Stable, kebab-case name of the rule, e.g. `selector-mismatch`; part of the public surface. */
  readonly code: string;
  readonly reason: Reason;
  /** The field as the API server spells it, oddities included (`spec.template.labels`). */
  readonly path: string;
  /** Where the mistake really stands; may differ from `path` and may end at a parent when a field is missing. */
  readonly at: Path;
  readonly severity: Severity;
  readonly params: Params;
  /** For a map entry: whether the key rather than the value is meant. */
  readonly onKey?: boolean;
}

/** A path as the API server spells it: `spec.containers[0].image`. */
export function pathText(path: Path): string {
  let text = "";
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`;
    else text += text === "" ? step : `.${step}`;
  }
  return text;
}
