/**
 * The server's own words for broken rules, which are part of its answers. Models the errors of apimachinery/pkg/util/validation/field.
 * A rule without words of its own here is told by its sort and value.
 */
import type { Params, Problem } from "../api/problem.ts";
import { detailOf } from "./wording-details.ts";
import { ruleTexts } from "./wording-rules.ts";

const quoted = (value: unknown): string => (typeof value === "string" ? JSON.stringify(value) : String(value));
const textsIn = (value: Params[string] | undefined): readonly string[] => (Array.isArray(value) ? value : []);

/** Rules whose value is a number that is kept as a text. */
const numeric: ReadonlySet<string> = new Set(["exit-code-repeated", "node-port-repeated", "surge-with-unavailable"]);

/** The value as Go prints it: texts in quotes, all others as JSON. */
function valueText(code: string, params: Params): string {
  const { value, labels } = params;
  if (code === "selector-empty") return "{}";
  if ((code === "immutable" || code === "immutable-part") && typeof value === "string") return value;
  if (code === "selector-mismatch") {
    const pairs = textsIn(labels).map((one) => [one.slice(0, one.indexOf("=")), one.slice(one.indexOf("=") + 1)]);
    return JSON.stringify(Object.fromEntries(pairs));
  }
  if (value === undefined) return '""';
  return numeric.has(code) ? String(value) : quoted(value);
}

function withDetail(sort: string, detail: string): string {
  return detail === "" ? sort : `${sort}: ${detail}`;
}

/** A message for each rule that the value breaks: `Invalid value: -1: must be greater than or equal to 0`. */
export function causeMessages(problem: Problem): readonly string[] {
  const { code, params, reason } = problem;
  const rules = textsIn(params["rules"]).flatMap(ruleTexts);
  const details = rules.length > 0 ? rules : [forbiddenChange(problem) ?? detailOf(code, params)];
  return details.map((detail) => message(reason, code, params, detail));
}

/** Of a field beside `spec` that may not change. */
function forbiddenChange({ code, reason, path }: Problem): string | undefined {
  if (code !== "immutable" || reason !== "FieldValueForbidden" || path.includes(".")) return undefined;
  return path === "value" ? "may not be changed in an update." : `updates to ${path} are forbidden.`;
}

function message(reason: Problem["reason"], code: string, params: Params, detail: string): string {
  switch (reason) {
    case "FieldValueRequired":
      return withDetail("Required value", detail);
    case "FieldValueForbidden":
      return withDetail("Forbidden", detail);
    case "FieldValueNotSupported": {
      const allowed = textsIn(params["allowed"]).map(quoted).join(", ");
      const sort = `Unsupported value: ${quoted(params["value"])}`;
      return withDetail(sort, allowed === "" ? "" : `supported values: ${allowed}`);
    }
    case "FieldValueDuplicate":
      return withDetail(`Duplicate value: ${valueText(code, params)}`, detail);
    case "FieldValueNotFound":
      return withDetail(`Not found: ${quoted(params["name"] ?? params["value"])}`, detail);
    case "FieldValueTooLong":
      return withDetail("Too long", `may not be more than ${params["limit"]} bytes`);
    case "FieldValueTooMany":
      return withDetail(`Too many: ${params["actual"]}`, `must have at most ${params["limit"]} items`);
    default:
      return withDetail(`Invalid value: ${valueText(code, params)}`, detail);
  }
}

/** A warning as its header says it. */
export function warningText(problem: Problem): string {
  const { code, params, reason, path } = problem;
  if (reason === "UnknownField") return `unknown field "${path}"`;
  if (reason === "DuplicateField") return `duplicate field "${path}"`;
  const detail = detailOf(code, params) || code;
  return path === "" ? detail : `${path}: ${detail}`;
}
