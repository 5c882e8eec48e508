/** JSON values as patches see them, and the errors that patches end with. */
import { isObject } from "../json.ts";
import type { Json } from "../objects.ts";

export type Fields = { readonly [key: string]: Json };
export type Draft = Record<string, Json>;

/** Why a patch cannot be made or laid over: the code says what is wrong, the value where. */
interface PatchProblem {
  readonly code:
    | "no-merge-key"
    | "not-a-map"
    | "mixed-list"
    | "bad-directive"
    | "bad-element-order"
    | "retain-keys-lack-a-field"
    | "bad-operation"
    | "no-such-path"
    | "test-failed"
    | "directives-differ";
  /** The merge key, directive or path in question. */
  readonly value: string;
}

export type Patched =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly problem: PatchProblem };

/** Thrown and caught within this folder only. */
class PatchFailure extends Error {
  readonly problem: PatchProblem;
  constructor(problem: PatchProblem) {
    super(problem.code);
    this.problem = problem;
  }
}

/** Ends a patch; only below `attempt`. */
export function fail(code: PatchProblem["code"], value = ""): never {
  throw new PatchFailure({ code, value });
}

/** The outcome of work that may `fail`. */
export function attempt(work: () => Json): Patched {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    if (error instanceof PatchFailure) return { ok: false, problem: error.problem };
    throw error;
  }
}

/** What Go's reflection calls the type of a decoded value. */
export function goType(value: Json | undefined): "map" | "list" | "text" | "number" | "boolean" | "nil" {
  if (value === null || value === undefined) return "nil";
  if (Array.isArray(value)) return "list";
  if (isObject(value)) return "map";
  return typeof value === "string" ? "text" : typeof value === "boolean" ? "boolean" : "number";
}

/** Sets a key that may be any text, `__proto__` too. */
export function put(target: Draft, key: string, value: Json): void {
  if (key === "__proto__")
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
}

/** A shallow copy that may be changed. */
export function draftOf(fields: Fields): Draft {
  return { ...fields };
}
