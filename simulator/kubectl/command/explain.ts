/** `kubectl explain`. Models kubectl/pkg/explain/v2 and its template for plain text. */
import { typeOf } from "../../api/decode.ts";
import type { FieldType } from "../../api/field-table.d.ts";
import { fieldsOfType } from "../../api/field-types.ts";
import { apiVersionOf, type KindRow } from "../../api/kind.ts";
import type { Target } from "../../api/target.ts";
import type { Command, Context, FieldDocs, Running } from "./command.ts";
import { fail } from "./failure.ts";
import { text, toggle } from "./flag.ts";
import { flag, isOn, type Words } from "./words.ts";

export const explain: Command = {
  name: "explain",
  says: "Tell what the fields of a kind are for",
  usage: "TYPE[.FIELD...] [--recursive] [--api-version=GROUP/VERSION]",
  flags: [
    text("api-version", "the version of the kind"),
    text("output", "plaintext or plaintext-openapiv2", { short: "o", value: "plaintext" }),
    toggle("recursive", "show the fields of fields too, by their names", { short: "R" }),
  ],
  run,
};

function* run(context: Context, words: Words): Running {
  const [given, ...more] = words.args;
  if (given === undefined) {
    return yield* fail(
      'You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.',
    );
  }
  if (more.length > 0) return yield* fail("We accept only this format: explain RESOURCE");
  const output = flag(words, "output");
  if (output !== "plaintext" && output !== "plaintext-openapiv2") return yield* fail(`unrecognized format: ${output}`);
  const found = resourceIn(context, given);
  if (!found) {
    yield { err: `the server doesn't have a resource type "${given.split(".")[0]}"\n` };
    return 1;
  }
  const { row, fields } = found;
  const version = flag(words, "api-version") || apiVersionOf(row);
  if (!row.versions.some((one) => version === (row.group === "" ? one : `${row.group}/${one}`))) {
    return yield* fail(`couldn't find resource for "${version}, Resource=${row.plural}"`);
  }
  const group = row.group === "" ? "" : `GROUP:      ${row.group}\n`;
  yield { out: `${group}KIND:       ${row.kind}\nVERSION:    ${version.split("/").at(-1)}\n\n` };
  const type = typeOf(version, row.kind) ?? typeOf(apiVersionOf(row), row.kind);
  const spot = spotAt(
    type === undefined ? { kind: "any" } : { kind: "object", type },
    fields,
    context.docs ?? {},
    context.door.target,
  );
  if ("missing" in spot) return yield* fail(`field "${spot.missing}" does not exist`);
  yield { out: spotText(spot, context.docs ?? {}, isOn(words, "recursive"), context) };
  return 0;
}

/** The kind that a word begins with, and the fields behind it. */
function resourceIn(
  { door }: Context,
  given: string,
): { readonly row: KindRow; readonly fields: readonly string[] } | undefined {
  const parts = given.split(".");
  for (let count = parts.length; count > 0; count--) {
    const row = count === 1 || parts.length > 2 ? door.kinds.resource(parts.slice(0, count).join(".")) : undefined;
    if (row) return { row, fields: parts.slice(count) };
  }
  return undefined;
}

interface Spot {
  /** Of the whole object there is none. */
  readonly field?: string;
  readonly type: FieldType;
  readonly description: string;
}

function spotAt(
  root: FieldType,
  fields: readonly string[],
  docs: FieldDocs,
  target: Target,
): Spot | { readonly missing: string } {
  let spot: Spot = { type: root, description: "" };
  for (const field of fields) {
    const owner = objectOf(spot.type);
    const type = owner === undefined ? undefined : fieldsOfType(owner, target).find(({ name }) => name === field)?.type;
    if (type === undefined || owner === undefined) return { missing: field };
    spot = { field, type, description: docs[owner]?.fields[field] ?? "" };
  }
  return spot;
}

/** The type whose fields a field has: its own, or that of what it holds. */
function objectOf(type: FieldType): string | undefined {
  if (type.kind === "object") return type.type;
  return type.of ? objectOf(type.of) : undefined;
}

function typeText(type: FieldType): string {
  switch (type.kind) {
    case "object":
      return type.type?.split("/").at(-1) ?? "Object";
    case "list":
      return `[]${type.of ? typeText(type.of) : "Object"}`;
    case "map":
      return `map[string]${type.of ? typeText(type.of) : "string"}`;
    case "quantity":
      return "Quantity";
    case "intOrString":
      return "IntOrString";
    case "time":
      return "string";
    case "any":
      return "Object";
    default:
      return type.kind;
  }
}

function spotText({ field, type, description }: Spot, docs: FieldDocs, isDeep: boolean, context: Context): string {
  const owner = objectOf(type);
  const own = owner === undefined ? "" : (docs[owner]?.description ?? "");
  const said = [description, own].filter((one) => one !== "").join("\n") || "<no description>";
  const enums = (type.enum ?? []).length === 0 ? "\n" : `ENUM:\n${type.enum!.map((one) => `    ${one}\n`).join("")}`;
  const head = field === undefined ? "" : `FIELD: ${field} <${typeText(type)}>\n${enums}\n`;
  const below =
    owner === undefined
      ? ""
      : `FIELDS:\n${isDeep ? deepText(owner, 1, [owner], context) : flatText(owner, docs, context)}`;
  return `${head}DESCRIPTION:\n${wrapped(said, 4)}    \n${below}\n`;
}

function flatText(owner: string, docs: FieldDocs, context: Context): string {
  return fieldsOfType(owner, context.door.target)
    .map(({ name, type, isRequired }) => {
      const required = isRequired ? " -required-" : "";
      const enums = (type.enum ?? []).length === 0 ? "" : `  enum: ${type.enum!.join(", ")}\n`;
      return `  ${name}\t<${typeText(type)}>${required}\n${enums}${wrapped(docs[owner]?.fields[name] || "<no description>", 4)}\n`;
    })
    .join("");
}

function deepText(owner: string, depth: number, path: readonly string[], context: Context): string {
  const indent = "  ".repeat(depth);
  return fieldsOfType(owner, context.door.target)
    .map(({ name, type, isRequired }) => {
      const required = isRequired ? " -required-" : "";
      const enums = (type.enum ?? []).length === 0 ? "" : `${indent}enum: ${type.enum!.join(", ")}\n`;
      const inner = objectOf(type);
      const below =
        inner === undefined || path.includes(inner) ? "" : deepText(inner, depth + 1, [...path, inner], context);
      return `${indent}${name}\t<${typeText(type)}>${required}\n${enums}${below}`;
    })
    .join("");
}

const width = 80;

/** The text in lines that are not longer than the screen, each with its indent. Models go-wordwrap as kubectl uses it. */
function wrapped(text: string, indent: number): string {
  const margin = " ".repeat(indent);
  return text
    .split("\n")
    .flatMap((paragraph) => {
      const lead = /^\s*/.exec(paragraph)![0];
      const lines: string[] = [];
      let line = "";
      for (const word of paragraph.trim().split(" ")) {
        if (line !== "" && margin.length + line.length + 1 + word.length > width) {
          lines.push(line);
          line = word;
        } else line = line === "" ? lead + word : `${line} ${word}`;
      }
      return [...lines, line];
    })
    .map((line) => `${margin}${line}\n`)
    .join("");
}
