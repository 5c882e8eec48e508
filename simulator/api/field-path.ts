/**
 * Where validation stands: the API server's spelling of a field and the real place in the object at once. The two
 * differ where the server is odd (`spec.template.labels` for `spec.template.metadata.labels`). Nodes are linked to
 * their parents and turned into text only when there is a problem to report.
 */
import type { CauseReason, Params, Path, Problem, Reason, Severity } from "./problem.ts";

export class FieldPath {
  readonly #parent: FieldPath | null;
  readonly #step: string | number | null;
  readonly #suffix: string | null;
  readonly #bracket: boolean;
  readonly #absolute: boolean;

  private constructor(
    parent: FieldPath | null,
    step: string | number | null,
    suffix: string | null,
    bracket: boolean,
    absolute: boolean,
  ) {
    this.#parent = parent;
    this.#step = step;
    this.#suffix = suffix;
    this.#bracket = bracket;
    this.#absolute = absolute;
  }

  /** The object itself. */
  static readonly root: FieldPath = new FieldPath(null, null, null, false, false);

  /** A field: `.name`. */
  child(name: string): FieldPath {
    return new FieldPath(this, name, name, false, false);
  }

  /** An entry of a list: `[2]`. */
  index(index: number): FieldPath {
    return new FieldPath(this, index, null, true, false);
  }

  /** An entry of a map: `[key]`. */
  key(key: string): FieldPath {
    return new FieldPath(this, key, null, true, false);
  }

  /** The same place, spelled `text` in full. */
  as(text: string): FieldPath {
    return new FieldPath(this, null, text, false, true);
  }

  /** Steps into a real field or entry that the server's spelling leaves out. */
  silent(step: string | number): FieldPath {
    return new FieldPath(this, step, null, false, false);
  }

  /** Appends `.name` to the spelling without moving. */
  spelled(name: string): FieldPath {
    return new FieldPath(this, null, name, false, false);
  }

  /** The API server's spelling. */
  get text(): string {
    if (this.#absolute) return this.#suffix ?? "";
    if (this.#parent === null) return "";
    const before = this.#parent.text;
    if (this.#bracket) return `${before}[${this.#step}]`;
    if (this.#suffix === null) return before;
    return before === "" ? this.#suffix : `${before}.${this.#suffix}`;
  }

  /** The real place. */
  get at(): Path {
    const steps: (string | number)[] = [];
    for (let node: FieldPath | null = this; node !== null; node = node.#parent) {
      if (node.#step !== null) steps.push(node.#step);
    }
    return steps.reverse();
  }
}

const noParams: Params = {};

/** A problem at a field; an error unless said otherwise. */
export function problem(
  code: string,
  reason: Reason,
  field: FieldPath,
  params: Params = noParams,
  severity: Severity = "error",
): Problem {
  return { code, reason, path: field.text, at: field.at, severity, params };
}

/** The same problem, meant for the key of a map entry rather than its value. */
export function onKey(one: Problem): Problem {
  return { ...one, onKey: true };
}

const cause =
  (reason: CauseReason) =>
  (code: string, field: FieldPath, params?: Params): Problem =>
    problem(code, reason, field, params);

// One constructor per sort of finding, named after those of Kubernetes' field package.
export const required = cause("FieldValueRequired");
export const invalid = cause("FieldValueInvalid");
export const forbidden = cause("FieldValueForbidden");
export const duplicate = cause("FieldValueDuplicate");
export const notFound = cause("FieldValueNotFound");
export const tooLong = cause("FieldValueTooLong");
export const tooMany = cause("FieldValueTooMany");

/** A value outside a closed list. */
export function notSupported(code: string, field: FieldPath, value: string, allowed: readonly string[]): Problem {
  return problem(code, "FieldValueNotSupported", field, { value, allowed });
}

/** What the server accepts but warns about. */
export function warning(code: string, field: FieldPath, params?: Params): Problem {
  return problem(code, "Warning", field, params, "warning");
}
