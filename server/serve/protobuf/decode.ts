/**
 * Bodies in protocol buffers: kubectl sends what it creates from types of its own so. Read by the table of fields and their numbers;
 * what is written is always JSON. Models runtime/serializer/protobuf of apimachinery.
 */
import { fieldTable } from "#field-table";
import type { FieldType } from "../../../simulator/api/field-table.d.ts";
import { fieldNumbers } from "./field-numbers.ts";

type Fields = Record<string, unknown>;

/** What stands before every message that is one of Kubernetes. */
const magic = Buffer.from("k8s\0");
const deepest = 100;

interface Numbered {
  readonly name: string;
  readonly isBytes: boolean;
  /** The type whose fields stand beside this one's. */
  readonly inlined: string | undefined;
}

const known = new Map<string, ReadonlyMap<number, Numbered>>();

function numbersOf(type: string): ReadonlyMap<number, Numbered> | undefined {
  const made = known.get(type);
  if (made || !Object.hasOwn(fieldNumbers, type)) return made;
  const numbers = new Map<number, Numbered>();
  let last = 0;
  for (const word of fieldNumbers[type]!.split(" ")) {
    const [, name = "", inlined, bytes, number] = /^(\w+)(?:=(\w+))?(\*)?(?:@(\d+))?$/.exec(word) ?? [];
    last = number === undefined ? last + 1 : Number(number);
    numbers.set(last, { name, inlined, isBytes: bytes !== undefined });
  }
  known.set(type, numbers);
  return numbers;
}

/** A field as it is on the wire: a whole number, or bytes. */
interface Wire {
  readonly number: number;
  readonly value: bigint | Buffer;
}

/** Thrown inside and caught at the door: the bytes are no message. */
class Malformed extends Error {}

function* wires(bytes: Buffer): Generator<Wire> {
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) throw new Malformed();
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return BigInt.asIntN(64, value);
    }
    throw new Malformed();
  };
  const slice = (length: number): Buffer => {
    if (length < 0 || at + length > bytes.length) throw new Malformed();
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const key = Number(varint());
    const number = key >> 3;
    switch (key & 7) {
      case 0:
        yield { number, value: varint() };
        break;
      case 1:
        yield { number, value: slice(8) };
        break;
      case 2:
        yield { number, value: slice(Number(varint())) };
        break;
      case 5:
        yield { number, value: slice(4) };
        break;
      default:
        throw new Malformed();
    }
  }
}

const bytesOf = (value: Wire["value"]): Buffer => (Buffer.isBuffer(value) ? value : Buffer.alloc(0));
const textOf = (value: Wire["value"]): string => bytesOf(value).toString("utf8");

/** The values of a small message by their numbers. */
function parts(value: Wire["value"]): ReadonlyMap<number, Wire["value"]> {
  return new Map([...wires(bytesOf(value))].map((one) => [one.number, one.value]));
}

function timeIn(value: Wire["value"]): string | null {
  const one = parts(value);
  const seconds = Number(one.get(1) ?? 0n);
  if (!one.has(1)) return null;
  const time = new Date(seconds * 1000);
  return Number.isNaN(time.getTime()) ? null : time.toISOString().replace(".000Z", "Z");
}

function intOrString(value: Wire["value"]): number | string {
  const one = parts(value);
  return one.get(1) === 1n ? textOf(one.get(3) ?? 0n) : Number(one.get(2) ?? 0n);
}

/** JSON that a message carries as it is. */
function carried(value: Wire["value"]): unknown {
  try {
    return JSON.parse(textOf(parts(value).get(1) ?? 0n)) as unknown;
  } catch {
    return null;
  }
}

function decoded(type: FieldType, value: Wire["value"], isBytes: boolean, depth: number): unknown {
  if (isBytes) return bytesOf(value).toString("base64");
  switch (type.kind) {
    case "string":
      return textOf(value);
    case "boolean":
      return value !== 0n;
    case "integer":
      return Number(value);
    case "number":
      return Buffer.isBuffer(value) && value.length === 8 ? value.readDoubleLE() : Number(value);
    case "quantity":
      return textOf(parts(value).get(1) ?? 0n);
    case "intOrString":
      return intOrString(value);
    case "time":
      return timeIn(value);
    case "any":
      return carried(value);
    case "object":
      return type.type === undefined ? {} : messageOf(type.type, bytesOf(value), depth + 1);
    case "map":
    case "list":
      return null;
  }
}

/** One more entry of a map: a message of a key and a value. */
function addEntry(into: Fields, of: FieldType, value: Wire["value"], isBytes: boolean, depth: number): void {
  const one = parts(value);
  const key = textOf(one.get(1) ?? 0n);
  Object.defineProperty(into, key, {
    value: decoded(of, one.get(2) ?? Buffer.alloc(0), isBytes, depth),
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

function fill(
  into: Fields,
  type: string,
  types: Readonly<Record<string, FieldType>>,
  bytes: Buffer,
  depth: number,
): void {
  const numbers = numbersOf(type);
  if (!numbers || depth > deepest) throw new Malformed();
  for (const { number, value } of wires(bytes)) {
    const field = numbers.get(number);
    if (!field) continue;
    const { name, inlined, isBytes } = field;
    const of = Object.hasOwn(types, name) ? types[name] : undefined;
    if (inlined !== undefined) fill(into, inlined, types, bytesOf(value), depth + 1);
    else if (of?.kind === "list") {
      into[name] ??= [];
      if (of.of) (into[name] as unknown[]).push(decoded(of.of, value, isBytes, depth));
    } else if (of?.kind === "map") {
      into[name] ??= {};
      if (of.of) addEntry(into[name] as Fields, of.of, value, isBytes, depth);
    } else if (of) into[name] = decoded(of, value, isBytes, depth);
  }
}

function messageOf(type: string, bytes: Buffer, depth: number): Fields {
  const fields: Fields = {};
  fill(fields, type, fieldTable.types[type]?.fields ?? {}, bytes, depth);
  return fields;
}

/** The types beside those of the kinds that come in bodies. */
const others: Readonly<Record<string, string>> = { DeleteOptions: "DeleteOptions" };

/**
 * The object of a body; of a kind whose fields are not known, only which it is. Undefined when the bytes are none. Never throws.
 * Fields that hold nothing may be there: Go writes them, and decoding drops them.
 */
export function decodeProtobuf(body: Buffer): Fields | undefined {
  if (!body.subarray(0, magic.length).equals(magic)) return undefined;
  try {
    const envelope = parts(body.subarray(magic.length));
    const meta = parts(envelope.get(1) ?? 0n);
    const apiVersion = textOf(meta.get(1) ?? 0n);
    const kind = textOf(meta.get(2) ?? 0n);
    const type = fieldTable.kinds[`${apiVersion}/${kind}`] ?? others[kind];
    const raw = bytesOf(envelope.get(2) ?? 0n);
    return { apiVersion, kind, ...(type === undefined ? {} : messageOf(type, raw, 0)) };
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}
