/** What Go's decoder says of a value of the wrong type. Models encoding/json as the API server and kubectl use it. */
import { fieldTable } from "#field-table";
import type { FieldType } from "./field-table.d.ts";
import { isObject } from "./json.ts";
import type { Json } from "./objects.ts";
import type { Path } from "./problem.ts";

/** Structs that Go has within others, without a field of their own. */
const inlined: Readonly<Record<string, { readonly name: string; readonly has: (field: string) => boolean }>> = {
  Probe: { name: "ProbeHandler", has: (field) => ["exec", "grpc", "httpGet", "tcpSocket"].includes(field) },
  Volume: { name: "VolumeSource", has: (field) => field !== "name" },
  PersistentVolumeSpec: { name: "PersistentVolumeSource", has: (field) => field === "local" || field.endsWith("Disk") },
};

/** `json: cannot unmarshal number into Go struct field ConfigMap.data of type string`: the value at a path of an object of a type. */
export function unmarshalText(object: Json, type: string, at: Path): string {
  let value: Json | undefined = object;
  let expected: FieldType = { kind: "object", type };
  let struct = type;
  const path: string[] = [];
  for (const step of at) {
    value = childOf(value, step);
    if (expected.kind === "list" || expected.kind === "map") {
      expected = expected.of ?? { kind: "any" };
      continue;
    }
    const owner: string = expected.type ?? "";
    const field = String(step);
    const known = fieldTable.types[owner]?.fields[field];
    const inner = inlined[owner];
    if (inner?.has(field) && path.length > 0) path.push(inner.name);
    path.push(field);
    struct = owner;
    expected = known ?? { kind: "any" };
  }
  if (expected.kind === "quantity") {
    return "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
  }
  if (expected.kind === "time" && typeof value === "string") return timeText(value);
  return `json: cannot unmarshal ${jsonType(value, expected)} into Go struct field ${struct}.${path.join(".")} of type ${goType(expected, struct, path.at(-1))}`;
}

function childOf(value: Json | undefined, step: string | number): Json | undefined {
  if (Array.isArray(value)) return value[Number(step)] as Json | undefined;
  return isObject(value) ? value[step] : undefined;
}

function jsonType(value: Json | undefined, expected: FieldType): string {
  if (Array.isArray(value)) return "array";
  if (isObject(value)) return "object";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "string") return "string";
  const isWhole = expected.kind === "integer" || expected.kind === "intOrString";
  return isWhole ? `number ${String(value)}` : "number";
}

function goType(type: FieldType, struct: string, field?: string): string {
  switch (type.kind) {
    case "integer":
      return type.bits === 64 ? "int64" : "int32";
    case "intOrString":
      return "int32";
    case "boolean":
      return "bool";
    case "number":
      return "float64";
    case "list":
      return `[]${type.of ? goType(type.of, "") : "string"}`;
    case "map":
      return `map[string]${type.of ? goType(type.of, "") : "string"}`;
    case "object":
      return `v1.${type.type ?? "Object"}`;
    default:
      return struct === "ObjectMeta" && field === "uid" ? "types.UID" : "string";
  }
}

const layout = "2006-01-02T15:04:05Z07:00";
/** The pieces of the layout, each with what a time has there. */
const pieces: readonly (readonly [piece: string, pattern: RegExp])[] = [
  ["2006", /^\d{4}/],
  ["-", /^-/],
  ["01", /^(?:0[1-9]|1[0-2])/],
  ["-", /^-/],
  ["02", /^\d{2}/],
  ["T", /^T/],
  ["15", /^\d{2}/],
  [":", /^:/],
  ["04", /^\d{2}/],
  [":", /^:/],
  ["05", /^\d{2}(?:\.\d+)?/],
  ["Z07:00", /^(?:Z|[+-]\d{2}:\d{2})/],
];

/** What of a text is no time, and where. */
function timeText(value: string): string {
  let rest = value;
  for (const [piece, pattern] of pieces) {
    const found = pattern.exec(rest);
    if (!found)
      return `parsing time ${JSON.stringify(value)} as "${layout}": cannot parse ${JSON.stringify(rest)} as "${piece}"`;
    rest = rest.slice(found[0].length);
  }
  return `parsing time ${JSON.stringify(value)}: extra text: ${JSON.stringify(rest)}`;
}
