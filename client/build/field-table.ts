/**
 * Writes what the product knows about the shapes of Kubernetes objects, read at build time from published packages:
 * `dist/field-table.mjs` (shapes; types in simulator/api/field-table.d.ts) and `dist/field-docs.json` (descriptions,
 * `{ [type]: { description, fields: { [field]: text } } }`, for hovers).
 *
 * `kubernetes-models` gives the fields, their docs, enums and which are required; `@kubernetes/client-node` tells 32
 * from 64 bits and serves as a cross-check. Both are generated from the API description of Kubernetes 1.36; what other
 * versions have more or less comes from field-versions.ts.
 *
 * Usage: node client/build/field-table.ts [--check]
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative, resolve } from "node:path";
import type { FieldTable, FieldType } from "#field-table";
import { kindRows } from "../../simulator/api/kinds.ts";
import { addVersions, type TypeDrafts } from "./field-versions.ts";
import { root } from "./run.mjs";

const nodeModules = join(root, "node_modules");
const models = join(nodeModules, "kubernetes-models");

/** Every kind of the table of kinds that the models describe, as `apps/v1/Deployment`. */
const kinds = kindRows
  .flatMap((row) => row.versions.map((version) => `${row.group === "" ? "" : `${row.group}/`}${version}/${row.kind}`))
  .filter((path) => existsSync(join(models, `${path}.d.ts`)));

/** Types that are values rather than objects, by their name in the models. */
const scalars: Readonly<Record<string, FieldType>> = {
  Quantity: { kind: "quantity" },
  IntOrString: { kind: "intOrString" },
  Time: { kind: "time" },
  MicroTime: { kind: "time" },
  FieldsV1: { kind: "any" },
  RawExtension: { kind: "any" },
  // Schemas of custom resources are taken as they are.
  JSONSchemaProps: { kind: "any" },
};

/**
 * Fields of the server's Go types that the published description leaves out: it lists only what is in use, the
 * decoder knows these too.
 */
const listFields: Readonly<Record<string, FieldType>> = {
  apiVersion: { kind: "string" },
  kind: { kind: "string" },
  metadata: { kind: "object", type: "ListMeta" },
  items: { kind: "list", of: { kind: "any" } },
};
const supplement: Readonly<Record<string, Readonly<Record<string, FieldType>>>> = {
  ObjectMeta: { selfLink: { kind: "string" } },
  List: listFields,
};

/** A field as the models describe it; the type is TypeScript. */
interface ModelField {
  readonly name: string;
  readonly optional: boolean;
  readonly type: string;
  readonly description: string;
}

/** A field as the client knows it: its type and `int32`, `int64` … */
interface ClientField {
  readonly type: string;
  readonly format: string;
}

interface Read {
  readonly table: FieldTable;
  readonly docs: Readonly<
    Record<
      string,
      { readonly in?: string; readonly description: string; readonly fields: Readonly<Record<string, string>> }
    >
  >;
  /** What the cross-check found. */
  readonly problems: readonly string[];
}

/** Reads the packages. */
export function readFieldTable(): Read {
  const types: TypeDrafts = {};
  const docs: Record<string, Read["docs"][string]> = {};
  const problems: string[] = [];
  const queue: { readonly file: string; readonly name: string }[] = [];
  /** `apps/v1/DeploymentSpec` -> its name in the table: the last part, or all of it where that is taken. */
  const typeNames = new Map<string, string>();
  const taken = new Set<string>();
  const visit = (file: string): string => {
    const path = file.startsWith(models) ? relative(models, file).replace(/\.d\.ts$/, "") : basename(file, ".d.ts");
    const known = typeNames.get(path);
    if (known !== undefined) return known;
    const short = basename(path);
    const name = taken.has(short) ? path : short;
    taken.add(name);
    typeNames.set(path, name);
    queue.push({ file, name });
    return name;
  };
  for (const path of kinds) visit(join(models, `${path}.d.ts`));
  // What is published but no resource: kubectl knows its fields all the same.
  visit(join(models, "v1/Binding.d.ts"));
  for (const name of ["ListMeta", "Status", "DeleteOptions"]) {
    visit(join(nodeModules, `@kubernetes-models/apimachinery/apis/meta/v1/${name}.d.ts`));
  }
  for (const { file, name } of queue) {
    const model = readModel(file);
    const client = readClientFields(model.name, file);
    const fields: Record<string, FieldType> = {};
    const required: string[] = [];
    for (const field of model.fields) {
      const type = fieldType(field.type, client?.get(field.name), (imported) => {
        const target = resolveImport(model.imports.get(imported), file);
        const typeName = basename(target, ".d.ts");
        return typeName in scalars ? typeName : visit(target);
      });
      if (type.kind === "integer" && !type.bits) problems.push(`${name}.${field.name}: unknown width`);
      fields[field.name] = type;
      if (!field.optional) required.push(field.name);
    }
    if (client) {
      for (const one of client.keys()) {
        if (!(one in fields)) problems.push(`${name}.${one}: only in @kubernetes/client-node`);
      }
      for (const one of Object.keys(fields)) {
        if (!client.has(one)) problems.push(`${name}.${one}: only in kubernetes-models`);
      }
    }
    types[name] = { fields: { ...fields, ...supplement[name] }, required };
    docs[name] = {
      ...(file.startsWith(models) ? { in: dirname(relative(models, file)) } : {}),
      description: model.description,
      fields: Object.fromEntries(model.fields.map((field) => [field.name, field.description])),
    };
  }
  types["List"] = { fields: { ...listFields }, required: [] };
  problems.push(...addVersions(types, typeNames));
  const table = {
    types,
    kinds: { ...Object.fromEntries(kinds.map((path) => [path, typeNames.get(path) ?? ""])), "v1/List": "List" },
  };
  return { table, docs, problems };
}

/** Writes both files when their content changed; returns the paths that were written. */
export function writeFieldTable(outDir = join(root, "dist")): readonly string[] {
  const { table, docs } = readFieldTable();
  const header = "// Generated by client/build/field-table.ts from kubernetes-models (Kubernetes 1.36). Do not edit.\n";
  const written: string[] = [];
  mkdirSync(outDir, { recursive: true });
  const files = {
    // As a text that is parsed: an engine reads that faster than a literal of this size.
    "field-table.mjs": `${header}export const fieldTable = JSON.parse(${JSON.stringify(JSON.stringify(table))});\n`,
    "field-docs.json": `${JSON.stringify(docs)}\n`,
  };
  for (const [name, text] of Object.entries(files)) {
    const path = join(outDir, name);
    if (existsSync(path) && readFileSync(path, "utf8") === text) continue;
    writeFileSync(path, text);
    written.push(path);
  }
  return written;
}

/** The one interface of a `.d.ts` file. */
function readModel(file: string): {
  readonly name: string;
  readonly description: string;
  readonly fields: readonly ModelField[];
  readonly imports: ReadonlyMap<string, string>;
} {
  const text = readFileSync(file, "utf8");
  const imports = new Map<string, string>();
  for (const [, name, from] of text.matchAll(/^import \{ (\w+) \} from "([^"]+)";$/gm)) imports.set(name!, from!);
  const head = /(?:\/\*\*\n((?: \*.*\n)*?) \*\/\n)?export interface I(\w+)(?: extends TypeMeta)? \{\n/.exec(text);
  if (!head) throw new Error(`${file} declares no interface`);
  const start = head.index + head[0].length;
  const body = text.slice(start, text.indexOf("}\n/**", start) < 0 ? text.indexOf("\n}\n", start) : undefined);
  const end = body.search(/^\}$/m);
  const fields: ModelField[] = [];
  const field = /^ {4}(?:\/\*\*\n([\s\S]*?)\n {5}\*\/\n {4})?"([^"]+)"(\?)?: ([\s\S]*?);$(?=\n(?: {4}["/]|\}|$))/gm;
  for (const [, comment, name, optional, type] of body.slice(0, end < 0 ? undefined : end).matchAll(field)) {
    const spelled = type!.replace(/\s+/g, " ");
    fields.push({ name: name!, optional: optional === "?", type: spelled, description: plainText(comment) });
  }
  return { name: head[2]!, description: plainText(head[1]), fields, imports };
}

function plainText(comment: string | undefined): string {
  return (comment ?? "")
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, ""))
    .join("\n")
    .trim();
}

/** Type and format (`int32`, `int64`, ...) of every field in the client's model of the same type, if it has one. */
function readClientFields(name: string, file: string): ReadonlyMap<string, ClientField> | undefined {
  const [version = "", group = ""] = dirname(file).split("/").reverse();
  const prefix = `${version.slice(0, 1).toUpperCase()}${version.slice(1)}`;
  const groupName =
    group === "kubernetes-models" ? "Core" : `${group.slice(0, 1).toUpperCase()}${group.split(".")[0]?.slice(1)}`;
  const path = [`${groupName}${prefix}${name}`, `${prefix}${name}`]
    .map((one) => join(nodeModules, `@kubernetes/client-node/dist/gen/models/${one}.js`))
    .find((one) => existsSync(one));
  if (path === undefined) return undefined;
  const text = readFileSync(path, "utf8");
  const formats = new Map<string, ClientField>();
  for (const [, field, type, format] of text.matchAll(
    /"baseName": "([^"]+)",\s+"type": "([^"]*)",\s+"format": "([^"]*)"/g,
  )) {
    formats.set(field!, { type: type!, format: format! });
  }
  return formats;
}

/** A TypeScript type as the generator of the models spells it -> FieldType. */
function fieldType(text: string, client: ClientField | undefined, visit: (name: string) => string): FieldType {
  // An entry that the models spell out in place: the client names it. Such a type is always one of `kinds`.
  if (/^Array<\{ (?!\[)/.test(text))
    return { kind: "list", of: { kind: "object", type: /V1(\w+)/.exec(client?.type ?? "")?.[1] ?? "" } };
  const list = /^Array<(.*)>$/.exec(text);
  if (list) return { kind: "list", of: fieldType(list[1]!, client, visit) };
  const map = /^\{ \[key: string\]: (.*); \}$/.exec(text);
  if (map) return { kind: "map", of: fieldType(map[1]!, client, visit) };
  const union = text.match(/^"[^"]*"(?: \| "[^"]*")*$/);
  if (union) {
    const values = [...text.matchAll(/"([^"]*)"/g)].map((match) => match[1]!);
    return values.length === 1 ? { kind: "string" } : { kind: "string", enum: values };
  }
  if (text === "string" || text === "boolean") return { kind: text };
  if (text === "number") {
    const format = client?.format;
    if (format === "double") return { kind: "number" };
    return { kind: "integer", ...(format === "int32" ? { bits: 32 } : format === "int64" ? { bits: 64 } : {}) };
  }
  const name = visit(text);
  return scalars[name] ?? { kind: "object", type: name };
}

function resolveImport(from: string | undefined, file: string): string {
  if (from === undefined) throw new Error(`${file} uses a type that it does not import`);
  if (from.startsWith(".")) return resolve(dirname(file), from.replace(/\.js$/, ".d.ts"));
  return join(nodeModules, `${from}.d.ts`);
}

/** Whether the packages describe the Kubernetes version that the product speaks of. */
function describedVersion(): string | undefined {
  const path = join(nodeModules, "@kubernetes/client-node/dist/gen/models/V1Pod.js");
  return /OpenAPI spec version: (\S+)/.exec(readFileSync(path, "utf8"))?.[1];
}

if (import.meta.main) {
  if (process.argv.includes("--check")) {
    const { table, problems } = readFieldTable();
    const version = createRequire(import.meta.url)(join(models, "package.json")).version;
    console.log(`kubernetes-models ${version}, client-node describes ${describedVersion()}`);
    console.log(`${Object.keys(table.types).length} types, ${Object.keys(table.kinds).length} kinds`);
    for (const problem of problems) console.log(problem);
    process.exitCode = problems.length > 0 ? 1 : 0;
  } else {
    for (const path of writeFieldTable()) console.log(`wrote ${path}`);
  }
}
