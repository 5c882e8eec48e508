/**
 * The server's own words for broken rules, which are part of its answers. Models the errors of apimachinery/pkg/util/validation/field.
 * A rule without words of its own here is told by its sort and value.
 */
import type { Params, Problem } from "../api/problem.ts";
import { details } from "./wording-details.ts";

const quoted = (value: unknown): string => (typeof value === "string" ? JSON.stringify(value) : String(value));

/** The value as Go prints it: texts in quotes, numbers without. */
function valueText({ value }: Params): string {
  if (value === undefined) return "null";
  return typeof value === "string" && /^-?[0-9]+$/.test(value) ? value : quoted(value);
}

function withDetail(sort: string, detail: string): string {
  return detail === "" ? sort : `${sort}: ${detail}`;
}

/** The message of one cause: `Invalid value: -1: must be greater than or equal to 0`. */
export function causeMessage(problem: Problem): string {
  const { code, params, reason } = problem;
  const detail = details[code]?.(params) ?? "";
  switch (reason) {
    case "FieldValueRequired":
      return withDetail("Required value", detail);
    case "FieldValueForbidden":
      return withDetail("Forbidden", detail);
    case "FieldValueNotSupported": {
      const allowed = Array.isArray(params["allowed"]) ? params["allowed"].map(quoted).join(", ") : "";
      return withDetail(
        `Unsupported value: ${quoted(params["value"])}`,
        allowed === "" ? "" : `supported values: ${allowed}`,
      );
    }
    case "FieldValueDuplicate":
      return withDetail(`Duplicate value: ${quoted(params["value"])}`, detail);
    case "FieldValueNotFound":
      return withDetail(`Not found: ${quoted(params["name"] ?? params["value"])}`, detail);
    case "FieldValueTooLong":
      return withDetail("Too long", `may not be more than ${params["limit"]} bytes`);
    case "FieldValueTooMany":
      return withDetail(`Too many: ${params["actual"]}`, `must have at most ${params["limit"]} items`);
    default:
      return withDetail(`Invalid value: ${valueText(params)}`, detail);
  }
}

/** A warning as its header says it. */
export function warningText(problem: Problem): string {
  const { code, params, reason, path } = problem;
  if (reason === "UnknownField") return `unknown field "${path}"`;
  if (reason === "DuplicateField") return `duplicate field "${path}"`;
  const detail = details[code]?.(params) ?? code;
  return path === "" ? detail : `${path}: ${detail}`;
}
