/** What may stand where in the object that a text is becoming: the table of fields, walked along a path. */
import { fieldTable } from "#field-table";
import { apiVersionOf } from "../../../simulator/api/kind.ts";
import { kinds } from "../../../simulator/api/kinds.ts";
import type { Path } from "../../../simulator/api/problem.ts";
import type { Target } from "../../../simulator/api/target.ts";
import { type Sketch, type SketchMap, sketchedValue } from "../../yaml/sketch/node.ts";
import type { FieldType } from "../fields.ts";
import { kustomizationType, kustomizationTypes } from "./kustomization.ts";

export type { FieldType };
export type ObjectType = (typeof fieldTable)["types"][string];

/** The object that a place is in. */
export interface Whole {
  /** Where it is in its document: an item of a List has a path. */
  readonly root: Path;
  readonly kind: string;
  readonly apiVersion: string;
  /** Its type; that of which only the kind is yet to be said has the fields of all. */
  readonly type: string;
  readonly map: SketchMap | null;
}

/** What every object has, whatever its kind. */
const anyObject = "Object";
const ownTypes: Readonly<Record<string, ObjectType>> = {
  ...kustomizationTypes,
  [anyObject]: {
    required: ["apiVersion", "kind"],
    fields: {
      apiVersion: { kind: "string" },
      kind: { kind: "string" },
      metadata: { kind: "object", type: "ObjectMeta" },
    },
  },
};

/** A type by its name. */
export function typeNamed(name: string): ObjectType | undefined {
  return Object.hasOwn(ownTypes, name) ? ownTypes[name] : fieldTable.types[name];
}

/** The object at a path of a document; null for what is no Kubernetes object. */
export function wholeAt(root: Sketch | null, path: Path, uri: string): Whole | null {
  const outer = wholeOf(root, [], uri);
  if (outer === null || !outer.kind.endsWith("List") || path[0] !== "items" || typeof path[1] !== "number") {
    return outer;
  }
  const items = outer.map?.entries.find(({ key }) => key === "items")?.node;
  const item = items?.is === "list" ? (items.items[path[1]]?.node ?? null) : null;
  const inner = wholeOf(item, path.slice(0, 2), "");
  if (inner?.type !== anyObject || outer.kind === "List") return inner;
  const kind = outer.kind.replace(/List$/, "");
  return { ...inner, kind, apiVersion: outer.apiVersion, type: typeOf(outer.apiVersion, kind) ?? anyObject };
}

function wholeOf(node: Sketch | null, root: Path, uri: string): Whole | null {
  if (node !== null && node.is !== "map") return null;
  const text = (key: string) => {
    const value = sketchedValue(node?.entries.find((entry) => entry.key === key)?.node ?? null);
    return typeof value === "string" ? value : "";
  };
  const [kind, written] = [text("kind"), text("apiVersion")];
  const isKustomization = /(?:^|\/)kustomization\.ya?ml$/i.test(uri) || written.startsWith("kustomize.config.k8s.io/");
  if (isKustomization && (kind === "" || kind === kustomizationType || kind === "Component")) {
    return { root, kind: kustomizationType, apiVersion: written, type: kustomizationType, map: node };
  }
  const row = kinds.named(kind);
  const apiVersion = typeOf(written, kind) === undefined && row !== undefined ? apiVersionOf(row) : written;
  const type = typeOf(apiVersion, kind);
  // Objects of other groups have fields that nothing is known of.
  if (type === undefined && kind !== "" && row === undefined && written.includes("/")) return null;
  return { root, kind, apiVersion, type: type ?? anyObject, map: node };
}

function typeOf(apiVersion: string, kind: string): string | undefined {
  const key = `${apiVersion}/${kind}`;
  return Object.hasOwn(fieldTable.kinds, key) ? fieldTable.kinds[key] : undefined;
}

/** A place in the table: what is there, and the field that it belongs to. */
export interface Shape {
  readonly type: FieldType;
  /** The type and field that it is the value of, entries of lists and maps included; empty at the root. */
  readonly owner: string;
  readonly field: string;
}

/** The shape at a path of an object, counted from its root; null for what is not known. */
export function shapeAt(whole: Whole, path: Path, target: Target): Shape | null {
  let shape: Shape = { type: { kind: "object", type: whole.type }, owner: "", field: "" };
  for (const step of path) {
    const { type } = shape;
    if (type.kind === "list" || type.kind === "map") {
      if (type.of === undefined || (type.kind === "list") !== (typeof step === "number")) return null;
      shape = { ...shape, type: type.of };
    } else if (type.kind === "object" && type.type !== undefined) {
      const fields = typeNamed(type.type)?.fields;
      const found = fields !== undefined && Object.hasOwn(fields, step) ? fields[step] : undefined;
      if (found === undefined || !isKnown(found, target)) return null;
      shape = { type: found, owner: type.type, field: String(step) };
    } else return null;
  }
  return shape;
}

/** Whether a version knows a field and heeds it. */
export function isKnown({ versions, dropped }: FieldType, target: Target): boolean {
  return versions?.includes(target) !== false && dropped?.includes(target) !== true;
}
