/**
 * kubectl's own check of a value against the published schema, which it makes only where the server cannot check fields
 * itself: of Lists. It sees less than the server. Models kube-openapi/pkg/util/proto/validation/types.go.
 */
import { fieldTable } from "#field-table";
import type { FieldType } from "./field-table.d.ts";
import type { Path } from "./problem.ts";
import type { Target } from "./target.ts";

interface SchemaFault {
  readonly is: "unknown" | "required" | "type" | "null";
  /** From the root of the value that was checked. */
  readonly at: Path;
}

/** Whether a type of that name is published. */
export function isPublished(type: string): boolean {
  return Object.hasOwn(fieldTable.types, type);
}

/** The faults of a value that should be of a type of the field table, or a list of them. */
export function schemaFaults(value: unknown, type: FieldType, target: Target): readonly SchemaFault[] {
  const state: State = { target, faults: [] };
  check(value, type, [], state);
  return state.faults;
}

interface State {
  readonly target: Target;
  readonly faults: SchemaFault[];
}

function check(value: unknown, type: FieldType, at: Path, state: State): void {
  if (type.kind === "any") return;
  const wanted = sortOf(type);
  if (sortOfValue(value) !== wanted) {
    if (wanted !== "scalar" || !isScalarOf(value, type)) state.faults.push({ is: "type", at });
  } else if (Array.isArray(value)) {
    value.forEach((item, index) => {
      const place = [...at, index];
      if (item === null) state.faults.push({ is: "null", at: place });
      else check(item, type.of ?? { kind: "any" }, place, state);
    });
  } else if (type.kind === "map") {
    for (const [key, item] of Object.entries(value as object)) {
      const place = [...at, key];
      if (item === null) state.faults.push({ is: "null", at: place });
      else check(item, type.of ?? { kind: "any" }, place, state);
    }
  } else if (type.kind === "object") checkObject(value as Readonly<Record<string, unknown>>, type, at, state);
  else if (!isScalarOf(value, type)) state.faults.push({ is: "type", at });
}

function checkObject(value: Readonly<Record<string, unknown>>, { type = "" }: FieldType, at: Path, state: State): void {
  const shape = fieldTable.types[type];
  if (shape === undefined) return;
  for (const [key, item] of Object.entries(value)) {
    // A field that is null is not there, whether it is known or not.
    if (item === null) continue;
    const field = Object.hasOwn(shape.fields, key) ? shape.fields[key] : undefined;
    if (field === undefined || field.versions?.includes(state.target) === false)
      state.faults.push({ is: "unknown", at: [...at, key] });
    else check(item, field, [...at, key], state);
  }
  for (const key of shape.required) {
    if (key === "apiVersion" || key === "kind") continue;
    if ((value[key] ?? null) === null) state.faults.push({ is: "required", at: [...at, key] });
  }
}

type Sort = "list" | "map" | "scalar";

function sortOf({ kind }: FieldType): Sort {
  if (kind === "list") return "list";
  return kind === "map" || kind === "object" ? "map" : "scalar";
}

function sortOfValue(value: unknown): Sort {
  if (Array.isArray(value)) return "list";
  return typeof value === "object" && value !== null ? "map" : "scalar";
}

/** Anything passes for a text, fractions pass for whole numbers. */
function isScalarOf(value: unknown, { kind }: FieldType): boolean {
  if (typeof value === "object") return false;
  switch (kind) {
    case "boolean":
      return typeof value === "boolean";
    case "integer":
    case "number":
      return typeof value === "number" || typeof value === "bigint";
    default:
      return true;
  }
}
