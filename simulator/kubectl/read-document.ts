/**
 * What kubectl makes of one document of a file before anything is sent: which objects it sends, and what it refuses itself.
 * Models StreamVisitor, mapper and FlattenListVisitor of cli-runtime/pkg/resource, and kubectl/pkg/validation.
 */
import { decode, typeOf } from "../api/decode.ts";
import { FieldPath, problem } from "../api/field-path.ts";
import type { FieldType } from "../api/field-table.d.ts";
import { isObject, type JsonObject, objectAt } from "../api/json.ts";
import type { KindRow, KindTable } from "../api/kind.ts";
import { kinds } from "../api/kinds.ts";
import type { Json } from "../api/objects.ts";
import type { Path, Problem } from "../api/problem.ts";
import { isPublished, schemaFaults } from "../api/published-schema.ts";
import type { Target } from "../api/target.ts";

/** What can be wrong before the server is asked. */
export type KubectlFault =
  | "not-an-object"
  | "api-version-missing"
  | "kind-missing"
  | "api-version-not-a-text"
  | "kind-not-a-text"
  | "bad-api-version"
  | "schema-unknown"
  | "schema-required"
  | "schema-type"
  | "schema-null"
  | "undecodable"
  | "no-such-kind"
  | "not-a-list"
  | "bad-namespace";

export interface Fault {
  readonly is: KubectlFault;
  /** Where it stands, from the root of the document. */
  readonly at: Path;
  /** The field that kubectl names, if it names one. */
  readonly field?: string;
}

export interface SentObject {
  /** Where it stands in the document. */
  readonly root: Path;
  readonly object: JsonObject;
  readonly row: KindRow | undefined;
  /** For what kubectl finds and the server does not have: what that answers. */
  readonly refusal: Problem | null;
}

export interface DocumentReading {
  /** In order, as `create` sends them. */
  readonly sent: readonly SentObject[];
  readonly faults: readonly Fault[];
  /** Whether nothing that follows in the file is read. */
  readonly ends: boolean;
}

/** How much of `--validate` concerns kubectl: `ignore` leaves what it would check to fail later. */
export type Validate = "strict" | "warn" | "ignore";

const nothing: DocumentReading = { sent: [], faults: [], ends: false };

export interface ReadOptions {
  readonly validate?: Validate;
  /** The kinds that the server has. */
  readonly table?: KindTable;
  /** Of objects that name none. Default: `default`. */
  readonly namespace?: string;
  /** The object as it stands there, not as `create` sends it: with its version, and what it says was applied last. */
  readonly asInFile?: boolean;
}

/** Reads the value of a document. Null is a document with nothing in it. */
export function readDocument(value: unknown, target: Target, options: ReadOptions = {}): DocumentReading {
  const { validate = "strict", table = kinds } = options;
  if (value === null || value === undefined) return nothing;
  if (validate !== "ignore") {
    const faults = checkBeforeSending(value, validate, target);
    if (faults.length > 0) return { sent: [], faults, ends: true };
  }
  return build(value, target, table, options);
}

function stop(faults: readonly Fault[]): DocumentReading {
  return { sent: [], faults, ends: false };
}

function checkBeforeSending(value: unknown, validate: Validate, target: Target): readonly Fault[] {
  const named = objectKindFaults(value, []);
  if (named.length > 0) return named;
  const { apiVersion, kind } = value as { readonly apiVersion: string; readonly kind: string };
  if (validate !== "strict") return [];
  if (apiVersion === "v1" && kind === "List") return listFaults((value as JsonObject)["items"], target);
  const type = publishedType(apiVersion, kind);
  return type === null ? [] : schemaFaultsOf(value, type, [], target);
}

/** What is missing for an object to be known by its kind. */
function objectKindFaults(value: unknown, at: Path): readonly Fault[] {
  if (!isObject(value)) return [{ is: "not-an-object", at }];
  const faults: Fault[] = [];
  const { apiVersion = null, kind = null } = value;
  if (apiVersion === null) faults.push({ is: "api-version-missing", at });
  else if (typeof apiVersion !== "string") faults.push({ is: "api-version-not-a-text", at: [...at, "apiVersion"] });
  else if (apiVersion.split("/").length > 2) faults.push({ is: "bad-api-version", at: [...at, "apiVersion"] });
  if (kind === null) faults.push({ is: "kind-missing", at });
  else if (typeof kind !== "string") faults.push({ is: "kind-not-a-text", at: [...at, "kind"] });
  return faults;
}

function listFaults(items: unknown, target: Target): readonly Fault[] {
  if (!Array.isArray(items)) return [{ is: "not-an-object", at: ["items"] }];
  return items.flatMap((item, index) => {
    const at = ["items", index];
    const named = objectKindFaults(item, at);
    if (named.length > 0) return named;
    const { apiVersion, kind } = item as { readonly apiVersion: string; readonly kind: string };
    const type = typeOf(apiVersion, kind) ?? publishedType(apiVersion, kind)?.type;
    return type === undefined ? [] : schemaFaultsOf(item, { kind: "object", type }, at, target);
  });
}

function schemaFaultsOf(value: unknown, type: FieldType, root: Path, target: Target): readonly Fault[] {
  if (type.kind === "list") return typedListFaults(value as JsonObject, type, root, target);
  return schemaFaults(value, type, target).map(({ is, at }) => ({
    is: `schema-${is}`,
    at: [...root, ...at],
    field: fieldText(at),
  }));
}

const listFields = new Set(["apiVersion", "kind", "metadata", "items"]);

function typedListFaults(value: JsonObject, type: FieldType, root: Path, target: Target): readonly Fault[] {
  const fault = (is: KubectlFault, at: Path): Fault => ({ is, at: [...root, ...at], field: fieldText(at) });
  const unknown = Object.keys(value).filter((key) => !listFields.has(key) && value[key] !== null);
  const { items = null, metadata = null } = value;
  const within = [
    ...(metadata === null
      ? []
      : schemaFaults(metadata, { kind: "object", type: "ListMeta" }, target).map(
          (one) => [["metadata"], one] as const,
        )),
    ...(items === null ? [] : schemaFaults(items, type, target).map((one) => [["items"], one] as const)),
  ];
  return [
    ...unknown.map((key) => fault("schema-unknown", [key])),
    ...within.map(([at, one]) => fault(`schema-${one.is}`, [...at, ...one.at])),
    ...(items === null ? [fault("schema-required", ["items"])] : []),
  ];
}

/** The type of what the server does not check itself, when it is published: a list of one kind, and a few others. */
function publishedType(apiVersion: string, kind: string): FieldType | null {
  if (kind.endsWith("List")) {
    const item = typeOf(apiVersion, kind.slice(0, -"List".length));
    return item === undefined || kind === "List" ? null : { kind: "list", of: { kind: "object", type: item } };
  }
  const own = Object.hasOwn(onlyPublished, kind) && apiVersion === "v1" ? onlyPublished[kind] : undefined;
  return own !== undefined && isPublished(own) ? { kind: "object", type: own } : null;
}

/** Kinds of v1 that are no resources of their own. */
const onlyPublished: Readonly<Record<string, string>> = {
  Status: "Status",
  Binding: "Binding",
  DeleteOptions: "DeleteOptions",
};

function fieldText(at: Path): string {
  return at.reduce<string>(
    (text, step) => (typeof step === "number" ? `${text}[${step}]` : text === "" ? step : `${text}.${step}`),
    "",
  );
}

/** Decodes the document, looks its kind up, and takes lists apart. */
function build(value: unknown, target: Target, table: KindTable, options: ReadOptions): DocumentReading {
  const at: Path = [];
  if (!isObject(value)) return stop([{ is: "undecodable", at }]);
  const { apiVersion = null, kind = null } = value;
  if (typeof kind !== "string" || kind === "") return stop([{ is: "kind-missing", at }]);
  const items = Object.hasOwn(value, "items") ? itemsOf(value) : null;
  if (items !== null && "fault" in items) return stop([items.fault]);
  const metadata = metadataFault(value, target);
  if (metadata !== null) return stop([metadata]);
  const version = typeof apiVersion === "string" ? apiVersion : "";
  const found = find(version, kind, table);
  if (found === null) return stop([{ is: "no-such-kind", at }]);
  if (items !== null) return flatten(items.items, table, options);
  return request(value, [], found, options);
}

interface Found {
  /** Undefined for lists, and for kinds in lower case. */
  readonly row: KindRow | undefined;
  readonly namespaced: boolean;
  /** The HTTP status by which the server refuses it; null: it is looked at. */
  readonly status: 400 | 404 | null;
}

/**
 * What kubectl knows the server to have: each kind, its list, and, by an accident of its tables, its name in lower case.
 * Without a version any of the group will do.
 */
function find(apiVersion: string, kind: string, { rows }: KindTable): Found | null {
  const [version = "", group = ""] = apiVersion.split("/").reverse();
  const served = rows.filter((row) => row.group === group && (version === "" || row.versions.includes(version)));
  if (kind === "List" && served.length > 0) return { row: undefined, namespaced: false, status: 404 };
  const exact = served.find((row) => row.kind === kind);
  if (exact) return { row: exact, namespaced: exact.namespaced, status: version === "" ? 404 : null };
  const near = served.find((row) => row.kind.toLowerCase() === kind || `${row.kind}List` === kind);
  return near ? { row: undefined, namespaced: near.namespaced, status: version === "" ? 404 : 400 } : null;
}

type Items =
  | { readonly items: readonly { readonly item: JsonObject; readonly at: Path }[] }
  | { readonly fault: Fault };

/** Whatever has items is a list. Without a kind of its own an item is of the list's. */
function itemsOf(list: JsonObject): Items {
  const { items } = list;
  if (items === null || items === undefined) return { items: [] };
  if (!Array.isArray(items)) return { fault: { is: "undecodable", at: ["items"], field: "items" } };
  const found = [];
  for (const [index, item] of items.entries()) {
    const at = ["items", index];
    if (!isObject(item)) return { fault: { is: "undecodable", at } };
    const isNamed = isText(item["kind"]) && isText(item["apiVersion"]);
    const kind = String(list["kind"]).replace(/List$/, "");
    found.push({ at, item: isNamed ? item : { ...item, apiVersion: list["apiVersion"] ?? "", kind } });
  }
  return { items: found };
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

function flatten(
  items: readonly { readonly item: JsonObject; readonly at: Path }[],
  table: KindTable,
  options: ReadOptions,
): DocumentReading {
  const nested = items.find(({ item }) => Array.isArray(item["items"]));
  if (nested) return stop([{ is: "not-a-list", at: nested.at }]);
  const readings = items.map(({ item, at }) => {
    const found = find(String(item["apiVersion"]), String(item["kind"]), table);
    return found === null ? stop([{ is: "no-such-kind", at }]) : request(item, at, found, options);
  });
  return {
    sent: readings.flatMap(({ sent }) => sent),
    faults: readings.flatMap(({ faults }) => faults),
    ends: false,
  };
}

/** Of the metadata of a document kubectl needs to understand everything itself. The alphabetically first fault is told. */
function metadataFault({ metadata = null }: JsonObject, target: Target): Fault | null {
  if (metadata === null) return null;
  if (!isObject(metadata)) return { is: "undecodable", at: ["metadata"], field: "metadata" };
  const sorted = Object.fromEntries(Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1)));
  const found = decode(sorted, "ObjectMeta", target).problems.find(({ reason }) => reason === "Malformed");
  if (found === undefined) return null;
  const at = ["metadata", ...found.at];
  // Times are read as texts first; of one that is no time only the text is told.
  if (found.code === "invalid-time") return { is: "undecodable", at };
  const names = found.at.filter((step) => typeof step === "string");
  const inMap = names[0] === "labels" || names[0] === "annotations";
  return { is: "undecodable", at, field: ["metadata", ...(inMap ? names.slice(0, 1) : names)].join(".") };
}

/** The object as it is sent: in a namespace if it needs one, and without the version that it was read at. */
function request(
  object: JsonObject,
  root: Path,
  { row, namespaced, status }: Found,
  { namespace: own = "default", asInFile = false }: ReadOptions,
): DocumentReading {
  const refusal = status === null ? null : unserved(object, status);
  const metadata = object["metadata"] ?? {};
  // Nothing can be put into metadata that is null, or no map, as it may be in an item.
  if (!isObject(metadata) || object["metadata"] === null)
    return { sent: [{ root, object, row, refusal }], faults: [], ends: false };
  const { namespace, ...others } = metadata;
  if (namespaced && typeof namespace === "string" && namespace.includes("/")) {
    return stop([{ is: "bad-namespace", at: [...root, "metadata", "namespace"] }]);
  }
  const { resourceVersion, ...unversioned } = others;
  const kept = !asInFile && typeof resourceVersion === "string" && resourceVersion !== "" ? unversioned : others;
  const placed = namespaced ? { ...kept, namespace: namespace || own } : kept;
  const known = namespaced || object["metadata"] !== undefined ? { ...object, metadata: placed } : object;
  const sent = asInFile ? known : withLastApplied(known);
  return { sent: [{ root, object: sent, row, refusal }], faults: [], ends: false };
}

function unserved({ apiVersion, kind }: JsonObject, status: number): Problem {
  const params = { apiVersion: String(apiVersion ?? ""), kind: String(kind), status };
  return problem("unserved-kind", "Unserved", FieldPath.root.child("kind"), params);
}

const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";

/** What an object says of how it was applied last is written anew. Models CreateOrUpdateAnnotation of kubectl/pkg/util. */
function withLastApplied(object: JsonObject): JsonObject {
  const metadata = objectAt(object, "metadata");
  const annotations = objectAt(metadata, "annotations");
  if (annotations === undefined || !Object.hasOwn(annotations, lastApplied)) return object;
  const { [lastApplied]: _, ...others } = annotations;
  const applied = goJson({ ...object, metadata: { ...metadata, annotations: others } });
  return {
    ...object,
    metadata: { ...metadata, annotations: { ...others, [lastApplied]: `${applied}\n` } },
  };
}

/** JSON as Go writes it: keys in order, and what could be taken for markup escaped. */
function goJson(value: Json): string {
  return JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item === "bigint") return Number(item);
    if (!isObject(item)) return item;
    return Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)));
  }).replace(/[<>&\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
