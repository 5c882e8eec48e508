/**
 * Strict decoding of plain data by the shapes of the API types: what Go's decoder would hold, and what it could not
 * read. Models sigs.k8s.io/json and the strict decoding of apimachinery.
 */
import { fieldTable } from "#field-table";
import type { FieldType } from "./field-table.d.ts";
import { knownIn } from "./field-versions.ts";
import { isAlwaysWritten, isValueStruct, keepsZero } from "./go-shapes.ts";
import type { Json } from "./objects.ts";
import { type Path, type Problem, pathText } from "./problem.ts";
import { isTextExact, parseQuantity } from "./quantity.ts";
import type { Target } from "./target.ts";
import { isTime } from "./time.ts";

export interface Decoded {
  /** The value as Go would write it again: no nulls, no unknown fields, no dropped zeros. */
  readonly object: { readonly [key: string]: Json };
  readonly problems: readonly Problem[];
  /** Fields that are there but dropped by the version, to be taken out of the object once it has its defaults. */
  readonly dropped: readonly DroppedField[];
}

/** A field of an object (or of a part of one) that is to be deleted. */
export interface DroppedField {
  readonly owner: { [key: string]: Json };
  readonly field: string;
  /** Where the owner stands in the object. */
  readonly path: Path;
}

interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly keepsZero: boolean;
  readonly written: boolean;
  readonly valueStruct: boolean;
  readonly dropped: boolean;
}
interface Shape {
  readonly fields: ReadonlyMap<string, Field>;
  readonly fill: readonly Field[];
}
interface State {
  readonly target: Target;
  readonly shapes: Map<string, Shape>;
  readonly path: (string | number)[];
  readonly problems: Problem[];
  readonly dropped: DroppedField[];
}

/** Shapes by version and type, made when first needed. */
const shapes = new Map<Target, Map<string, Shape>>();

function shapesOf(target: Target): Map<string, Shape> {
  let known = shapes.get(target);
  if (!known) {
    known = new Map();
    shapes.set(target, known);
  }
  return known;
}

function shapeOf(name: string, { target, shapes: known }: State): Shape {
  const made = known.get(name);
  if (made) return made;
  const type = fieldTable.types[name];
  const fields = new Map<string, Field>();
  for (const [field, fieldType] of Object.entries(type?.fields ?? {})) {
    if (fieldType.versions?.includes(target) === false) continue;
    const scalar = fieldType.kind === "string" || fieldType.kind === "integer" || fieldType.kind === "boolean";
    const required = (type?.required.includes(field) ?? false) && field !== "apiVersion" && field !== "kind";
    fields.set(field, {
      name: field,
      type: fieldType,
      keepsZero: required || fieldType.kind === "intOrString" || keepsZero(name, field) || isAlwaysWritten(name, field),
      written: scalar && (required || isAlwaysWritten(name, field)),
      valueStruct: fieldType.kind === "object" && isValueStruct(name, field),
      dropped: fieldType.dropped?.includes(target) ?? false,
    });
  }
  const fill = [...fields.values()].filter((field) => field.written || field.valueStruct);
  const shape = { fields, fill };
  known.set(name, shape);
  return shape;
}

/** The name of the type of a served kind. */
export function typeOf(apiVersion: string, kind: string): string | undefined {
  const key = `${apiVersion}/${kind}`;
  return Object.hasOwn(fieldTable.kinds, key) ? fieldTable.kinds[key] : undefined;
}

/** The name of the type of the status in a type; undefined where there is none. */
export function statusTypeOf(type: string): string | undefined {
  return fieldTable.types[type]?.fields["status"]?.type;
}

/** Decodes a value as the type of that name, as the version knows it. */
export function decode(value: unknown, type: string, target: Target): Decoded {
  const state: State = { target, shapes: shapesOf(target), path: [], problems: [], dropped: [] };
  const object = decodeObject(value, type, state);
  return { object: (object ?? {}) as Decoded["object"], problems: state.problems, dropped: state.dropped };
}

function decodeObject(value: unknown, type: string, state: State): Json | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return wrong(value, "object", state);
  const shape = shapeOf(type, state);
  const out: Record<string, Json> = {};
  for (const key of Object.keys(value)) {
    const item = (value as Record<string, unknown>)[key];
    const field = shape.fields.get(key);
    state.path.push(key);
    if (field === undefined) {
      unknown(key, type, state);
    } else if (item !== null && item !== undefined) {
      const decoded = decodeValue(item, field.type, state);
      if (decoded !== undefined && (field.keepsZero || !isZero(decoded))) {
        out[key] = decoded;
        if (field.dropped) state.dropped.push({ owner: out, field: key, path: state.path.slice(0, -1) });
      }
    }
    state.path.pop();
  }
  for (const field of shape.fill) {
    if (Object.hasOwn(out, field.name)) continue;
    if (field.valueStruct) out[field.name] = (decodeObject({}, field.type.type ?? "", state) ?? {}) as Json;
    else out[field.name] = field.type.kind === "string" ? "" : field.type.kind === "integer" ? 0 : false;
  }
  return out;
}

function isZero(value: Json): boolean {
  return value === "" || value === 0 || value === false || (Array.isArray(value) && value.length === 0);
}

function decodeValue(value: unknown, type: FieldType, state: State): Json | undefined {
  switch (type.kind) {
    case "string":
      return typeof value === "string" ? value : wrong(value, "string", state);
    case "boolean":
      return typeof value === "boolean" ? value : wrong(value, "boolean", state);
    case "integer":
      return decodeInteger(value, type.bits ?? 64, state);
    case "number":
      return typeof value === "number" ? value : wrong(value, "number", state);
    case "intOrString":
      return typeof value === "string" ? value : decodeInteger(value, 32, state);
    case "quantity":
      return decodeQuantity(value, state);
    case "time":
      return decodeTime(value, state);
    case "object":
      return decodeObject(value, type.type ?? "", state);
    case "list":
      return decodeList(value, type.of ?? { kind: "any" }, state);
    case "map":
      return decodeMap(value, type.of ?? { kind: "any" }, state);
    case "any":
      return asJson(value);
  }
}

/** What is kept as it is given, in numbers that JSON can carry. */
function asJson(value: unknown): Json {
  if (typeof value === "bigint") return Number(value);
  if (Array.isArray(value)) return value.map(asJson);
  if (typeof value !== "object" || value === null) return value as Json;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asJson(item)]));
}

function decodeInteger(value: unknown, bits: 32 | 64, state: State): Json | undefined {
  if (typeof value === "bigint") {
    if (bits === 64 && BigInt.asIntN(64, value) === value) return Number(value);
    return wrong(value, bits === 32 ? "int32" : "int64", state);
  }
  if (typeof value !== "number" || !Number.isInteger(value))
    return wrong(value, bits === 32 ? "int32" : "int64", state);
  const limit = bits === 32 ? 2147483648 : 2 ** 63;
  if (value >= limit || (bits === 32 ? value < -limit : value <= -limit))
    return wrong(value, bits === 32 ? "int32" : "int64", state);
  return value === 0 ? 0 : value;
}

function decodeQuantity(value: unknown, state: State): Json | undefined {
  const known = typeof value === "string" || typeof value === "number" || typeof value === "bigint";
  // From 2^63 on a whole number is a double by the time it gets here.
  const sent = typeof value === "bigint" && BigInt.asIntN(64, value) !== value ? Number(value) : value;
  const text = known ? String(sent).trim() : "";
  const parsed = parseQuantity(text);
  // The server compares amounts, not texts.
  if (parsed.ok) return isTextExact(parsed.quantity) ? parsed.quantity.text : text;
  report("invalid-quantity", "Malformed", "", { value: text }, state);
  return undefined;
}

function decodeTime(value: unknown, state: State): Json | undefined {
  if (typeof value !== "string") return wrong(value, "string", state);
  if (isTime(value)) return value;
  report("invalid-time", "Malformed", "", { value }, state);
  return undefined;
}

function decodeList(value: unknown, of: FieldType, state: State): Json | undefined {
  if (!Array.isArray(value)) return wrong(value, "list", state);
  const out: Json[] = [];
  for (let index = 0; index < value.length; index++) {
    state.path.push(index);
    const decoded = decodeEntry(value[index], of, state);
    if (decoded !== undefined) out.push(decoded);
    state.path.pop();
  }
  return out;
}

function decodeMap(value: unknown, of: FieldType, state: State): Json | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return wrong(value, "map", state);
  const out: Record<string, Json> = {};
  let empty = true;
  for (const key of Object.keys(value)) {
    state.path.push(key);
    const decoded = decodeEntry((value as Record<string, unknown>)[key], of, state, key);
    if (decoded !== undefined) {
      empty = false;
      if (key === "__proto__") Object.defineProperty(out, key, { value: decoded, enumerable: true });
      else out[key] = decoded;
    }
    state.path.pop();
  }
  return empty ? undefined : out;
}

/** An entry of a list or map: `null` is an empty one there. */
function decodeEntry(value: unknown, of: FieldType, state: State, key?: string): Json | undefined {
  if (value !== null && value !== undefined) return decodeScoped(value, of, state, key);
  switch (of.kind) {
    case "string":
      return "";
    case "integer":
      return 0;
    case "boolean":
      return false;
    case "quantity":
      return "0";
    case "object":
      return decodeObject({}, of.type ?? "", state);
    default:
      return undefined;
  }
}

/** A wrong map entry is reported at the map. */
function decodeScoped(value: unknown, of: FieldType, state: State, key: string | undefined): Json | undefined {
  const before = state.problems.length;
  const decoded = decodeValue(value, of, state);
  if (key !== undefined && state.problems.length > before) {
    const path = unindexed(state.path.slice(0, -1));
    for (let index = before; index < state.problems.length; index++) {
      const one = state.problems[index]!;
      if (one.reason === "Malformed" && one.path !== "") state.problems[index] = { ...one, path };
    }
  }
  return decoded;
}

function wrong(value: unknown, expected: string, state: State): undefined {
  const shown = typeof value === "object" ? (Array.isArray(value) ? "list" : "map") : String(value);
  report("wrong-type", "Malformed", unindexed(state.path), { value: shown, expected }, state);
}

/** A field that only other versions know is told so: it need not be a slip. */
function unknown(key: string, type: string, state: State): void {
  const versions = knownIn(type, key);
  const path = pathText(state.path);
  if (versions.length === 0) report("unknown-field", "UnknownField", path, { value: key, type }, state);
  else {
    const params = { value: key, type, target: state.target, versions };
    report("field-of-another-version", "UnknownField", path, params, state);
  }
}

function report(
  code: string,
  reason: Problem["reason"],
  path: string,
  params: Problem["params"],
  state: State,
): undefined {
  const onKey = reason === "UnknownField";
  const one = { code, reason, path, at: [...state.path], severity: "error", params } as const;
  state.problems.push(onKey ? { ...one, onKey } : one);
}

/** The path as it is spelled for what cannot be decoded: without indexes. */
function unindexed(path: Path): string {
  return pathText(path.filter((step) => typeof step === "string"));
}
