/**
 * The definitions of OpenAPI version 2 in protocol buffers: clients in Go ask for version 2 in no other form. Models the messages of
 * OpenAPIv2.proto of gnostic; numbers beside the names below are those of the fields there.
 */
import type { JsonObject } from "../../../simulator/api/json.ts";

/** As clients ask for it, and as the answer is called. */
export const binaryAsked = /application\/com\.github\.proto-openapi\.spec\.v2@v1\.0\+protobuf/;
export const binaryType = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  bytes.push(rest);
  return Buffer.from(bytes);
}

/** A field that holds bytes, a text or a message. */
function field(number: number, content: Buffer | string): Buffer {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  return Buffer.concat([varint(number * 8 + 2), varint(bytes.length), bytes]);
}

const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

/** NamedSchema: name 1, value 2. */
function named(name: string, schema: unknown): Buffer {
  return Buffer.concat([field(1, name), field(2, schemaBytes(schema as JsonObject))]);
}

/** Properties and Definitions alike: entries 1. */
const entries = (schemas: JsonObject): Buffer =>
  Buffer.concat(Object.entries(schemas).map(([name, schema]) => field(1, named(name, schema))));

/** NamedAny: name 1, value 2, which holds its YAML in 2; JSON is YAML. */
const extension = (name: string, value: unknown): Buffer =>
  Buffer.concat([field(1, name), field(2, field(2, JSON.stringify(value)))]);

/** Of Schema: $ref 1, format 2, description 4, required 19, additionalProperties 21, type 22, items 23, properties 25, extensions 31. */
function schemaBytes(schema: JsonObject): Buffer {
  // What version 3 says by a list of one, version 2 says itself.
  const [alone] = (schema["allOf"] ?? []) as readonly JsonObject[];
  const reference = schema["$ref"] ?? alone?.["$ref"];
  const parts: Buffer[] = [];
  const add = (number: number, content: Buffer | string) => parts.push(field(number, content));
  if (typeof reference === "string") add(1, reference);
  if (typeof schema["format"] === "string") add(2, schema["format"]);
  if (typeof schema["description"] === "string") add(4, schema["description"]);
  for (const name of texts(schema["required"])) add(19, name);
  if (schema["additionalProperties"]) add(21, field(1, schemaBytes(schema["additionalProperties"] as JsonObject)));
  if (typeof schema["type"] === "string") add(22, field(1, schema["type"]));
  if (schema["items"]) add(23, field(1, schemaBytes(schema["items"] as JsonObject)));
  if (schema["properties"]) add(25, entries(schema["properties"] as JsonObject));
  for (const [name, value] of Object.entries(schema)) if (name.startsWith("x-")) add(31, extension(name, value));
  return Buffer.concat(parts);
}

/** Document: swagger 1, info 2 (title 1, version 2), definitions 9. What can be done at which path is left out: nobody reads it here. */
export function binaryDocument({ swagger, info, definitions }: JsonObject): Buffer {
  const { title, version } = info as { readonly title: string; readonly version: string };
  return Buffer.concat([
    field(1, String(swagger)),
    field(2, Buffer.concat([field(1, title), field(2, version)])),
    field(9, entries(definitions as JsonObject)),
  ]);
}
