/** Schemas of the types of the API, made of the table of fields. Models the definitions of the published OpenAPI description. */
import { fieldTable } from "#field-table";
import type { FieldType } from "../../../simulator/api/field-table.d.ts";
import type { JsonObject } from "../../../simulator/api/json.ts";
import { isAtomic, isReplaced, isRetained, listRule } from "../../../simulator/api/patch/merge-rules.ts";
import type { Target } from "../../../simulator/api/target.ts";
import type { FieldDocs } from "../../service/hover-context.ts";

/** A kind as paths and schemas name it. */
export interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

export interface Schemas {
  /** The name of a type: `io.k8s.api.apps.v1.Deployment`. */
  nameOf(type: string): string;
  /** The schemas of the types and of all that they are made of, by name. */
  reachableFrom(types: Iterable<string>): JsonObject;
}

const meta = "io.k8s.apimachinery.pkg.apis.meta.v1";

/** Values that have a type of their own without being objects. */
const scalars = {
  quantity: "io.k8s.apimachinery.pkg.api.resource.Quantity",
  intOrString: "io.k8s.apimachinery.pkg.util.intstr.IntOrString",
  time: `${meta}.Time`,
} as const;

const scalarSchemas: Readonly<Record<string, JsonObject>> = {
  [scalars.quantity]: { oneOf: [{ type: "string" }, { type: "number" }] },
  [scalars.intOrString]: { oneOf: [{ type: "integer" }, { type: "string" }], format: "int-or-string" },
  [scalars.time]: { type: "string", format: "date-time" },
};

/** The schemas for a version of Kubernetes; `prefix` is what references begin with, `#/definitions/`. */
export function createSchemas(target: Target, docs: FieldDocs, prefix: string): Schemas {
  const kindsOf = new Map<string, GroupVersionKind[]>();
  for (const [path, type] of Object.entries(fieldTable.kinds)) {
    const [kind = "", version = "", group = ""] = path.split("/").reverse();
    kindsOf.set(type, [...(kindsOf.get(type) ?? []), { group, version, kind }]);
  }

  function nameOf(type: string): string {
    const short = type.slice(type.lastIndexOf("/") + 1);
    const place = docs[type]?.in ?? "";
    const [version = "", group = "core"] = place.split("/").reverse();
    return place === "" ? `${meta}.${short}` : `io.k8s.api.${group.split(".")[0]}.${version}.${short}`;
  }

  const reference = (name: string): JsonObject => ({ $ref: prefix + name });
  const referring = (name: string, rest: JsonObject): JsonObject => ({ ...rest, allOf: [reference(name)] });

  function valueSchema(type: FieldType): JsonObject {
    switch (type.kind) {
      case "string":
        return { type: "string", ...(type.enum ? { enum: type.enum } : {}) };
      case "boolean":
        return { type: "boolean" };
      case "integer":
        return { type: "integer", format: `int${type.bits ?? 64}` };
      case "number":
        return { type: "number", format: "double" };
      case "quantity":
      case "intOrString":
      case "time":
        return referring(scalars[type.kind], {});
      case "any":
        return { type: "object" };
      case "object":
        return type.type === undefined ? { type: "object" } : referring(nameOf(type.type), { default: {} });
      case "map":
        return { type: "object", additionalProperties: type.of ? valueSchema(type.of) : {} };
      case "list":
        return { type: "array", items: type.of ? valueSchema(type.of) : {} };
    }
  }

  /** How the field is merged, for who lays patches over objects. */
  function mergeMarks(owner: string, field: string, type: FieldType): JsonObject {
    if (type.kind === "list") {
      const { mergeKey, retainKeys, keys } = listRule(owner, field) ?? {};
      const strategy = retainKeys ? "merge,retainKeys" : "merge";
      return {
        ...(mergeKey === undefined ? {} : { "x-kubernetes-patch-strategy": strategy }),
        ...(mergeKey ? { "x-kubernetes-patch-merge-key": mergeKey } : {}),
        ...(keys?.length ? { "x-kubernetes-list-map-keys": keys } : {}),
        "x-kubernetes-list-type": keys === undefined ? "atomic" : keys.length > 0 ? "map" : "set",
      };
    }
    return {
      ...(isRetained(owner, field) ? { "x-kubernetes-patch-strategy": "retainKeys" } : {}),
      ...(isReplaced(owner, field) ? { "x-kubernetes-patch-strategy": "replace" } : {}),
      ...(type.kind !== "string" && isAtomic(owner, field, type.type) ? { "x-kubernetes-map-type": "atomic" } : {}),
    };
  }

  function typeSchema(type: string): JsonObject {
    const { fields, required } = fieldTable.types[type]!;
    const known = Object.entries(fields).filter(([, { versions }]) => versions?.includes(target) !== false);
    const own = docs[type];
    const properties = known.map(([field, one]): readonly [string, JsonObject] => {
      const description = own?.fields[field];
      return [field, { ...(description ? { description } : {}), ...valueSchema(one), ...mergeMarks(type, field, one) }];
    });
    const needed = required.filter((field) => known.some(([name]) => name === field));
    const kinds = kindsOf.get(type);
    return {
      ...(own?.description ? { description: own.description } : {}),
      type: "object",
      ...(properties.length > 0 ? { properties: Object.fromEntries(properties) } : {}),
      ...(needed.length > 0 ? { required: needed } : {}),
      ...(kinds ? { "x-kubernetes-group-version-kind": kinds as never } : {}),
    };
  }

  function typesIn(type: FieldType, found: Set<string>): void {
    if (type.kind === "object" && type.type !== undefined) collect(type.type, found);
    else if (type.of) typesIn(type.of, found);
  }

  function collect(type: string, found: Set<string>): void {
    if (found.has(type) || !fieldTable.types[type]) return;
    found.add(type);
    for (const one of Object.values(fieldTable.types[type].fields)) typesIn(one, found);
  }

  return {
    nameOf,
    reachableFrom(types) {
      const found = new Set<string>();
      for (const type of types) collect(type, found);
      return { ...scalarSchemas, ...Object.fromEntries([...found].map((type) => [nameOf(type), typeSchema(type)])) };
    },
  };
}
