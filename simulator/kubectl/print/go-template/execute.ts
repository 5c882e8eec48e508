/** A Go template filled in. Models text/template. */
import { decodeBase64 } from "../../../api/base64.ts";
import { isObject } from "../../../api/json.ts";
import type { Json } from "../../../api/objects.ts";
import { goText } from "../go-strings.ts";
import { type Assignment, type Expression, isAssignment, type Part, TemplateFault } from "./parse.ts";

type Value = Json | undefined;
type Variables = Map<string, Value>;

/** The text that the template makes of an object; throws what goes wrong. */
export function execute(parts: readonly Part[], object: Json): string {
  return run(parts, object, object, new Map());
}

function run(parts: readonly Part[], dot: Value, root: Json, variables: Variables): string {
  let out = "";
  const evaluated = (value: Expression | Assignment, here: Variables): Value => {
    if (!isAssignment(value)) return evaluate(value, dot, root, here);
    const result = evaluate(value.value, dot, root, here);
    here.set(value.names.at(-1)!, result);
    return result;
  };
  for (const part of parts) {
    switch (part.is) {
      case "text":
        out += part.text;
        break;
      case "print":
        out += printed(evaluate(part.value, dot, root, variables));
        break;
      case "assign":
        evaluated(part.assignment, variables);
        break;
      case "if":
      case "with": {
        const here = new Map(variables);
        const value = evaluated(part.value, here);
        const isMet = isTrue(value);
        const inner = part.is === "with" && isMet ? value : dot;
        out += run(isMet ? part.met : part.otherwise, inner, root, here);
        break;
      }
      case "range":
        out += range(part, dot, root, variables);
        break;
    }
  }
  return out;
}

function range(part: Extract<Part, { is: "range" }>, dot: Value, root: Json, variables: Variables): string {
  const { value } = part;
  const over = evaluate(isAssignment(value) ? value.value : value, dot, root, variables);
  const names = isAssignment(value) ? value.names : [];
  const pairs = pairsOf(over);
  if (pairs.length === 0) return run(part.otherwise, dot, root, new Map(variables));
  return pairs
    .map(([key, one]) => {
      const here = new Map(variables);
      if (names.length > 1) here.set(names[0]!, key);
      if (names.length > 0) here.set(names.at(-1)!, one);
      return run(part.met, one, root, here);
    })
    .join("");
}

function pairsOf(value: Value): readonly (readonly [key: Json, value: Json])[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.map((one: Json, index) => [index, one] as const);
  if (isObject(value))
    return Object.keys(value)
      .sort()
      .map((key) => [key, value[key]!] as const);
  if (typeof value === "number") return Array.from({ length: value }, (_, index) => [index, index] as const);
  throw new TemplateFault(`range can't iterate over ${goText(value)}`);
}

function printed(value: Value): string {
  return value === undefined ? "<no value>" : value === null ? "<no value>" : goText(value);
}

function isTrue(value: Value): boolean {
  if (value === undefined || value === null) return false;
  if (Array.isArray(value)) return value.length > 0;
  return isObject(value) ? Object.keys(value).length > 0 : Boolean(value);
}

function evaluate(
  expression: Expression,
  dot: Value,
  root: Json,
  variables: Variables,
  last?: { readonly value: Value },
): Value {
  switch (expression.is) {
    case "value":
      return expression.value;
    case "pipe":
      return expression.steps.reduce<{ readonly value: Value } | undefined>(
        (before, step) => ({ value: evaluate(step, dot, root, variables, before) }),
        undefined,
      )?.value;
    case "path": {
      const { from, fields } = expression;
      const start =
        from === "."
          ? dot
          : from === "$"
            ? root
            : "variable" in from
              ? variable(from.variable, variables)
              : evaluate(from, dot, root, variables);
      return fields.reduce<Value>(fieldOf, start);
    }
    case "call": {
      const args = expression.args.map((one) => evaluate(one, dot, root, variables));
      return call(expression.name, last ? [...args, last.value] : args);
    }
  }
}

function variable(name: string, variables: Variables): Value {
  if (!variables.has(name)) throw new TemplateFault(`undefined variable ${JSON.stringify(name)}`);
  return variables.get(name);
}

function fieldOf(value: Value, name: string): Value {
  if (value === undefined || value === null) return undefined;
  if (!isObject(value)) throw new TemplateFault(`can't evaluate field ${name} in type interface {}`);
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

function call(name: string, args: readonly Value[]): Value {
  const [first, second] = args;
  switch (name) {
    case "and":
      return args.find((one) => !isTrue(one)) ?? args.at(-1);
    case "or":
      return args.find(isTrue) ?? args.at(-1);
    case "not":
      return !isTrue(first);
    case "eq":
      return args.slice(1).some((one) => isSame(first, one));
    case "ne":
      return !isSame(first, second);
    case "lt":
    case "le":
    case "gt":
    case "ge":
      return compared(name, first, second);
    case "len":
      return lengthOf(first);
    case "index":
      return args.slice(1).reduce<Value>(indexed, first);
    case "print":
      return args.map(printed).join(typeof first === "string" ? "" : " ");
    case "println":
      return `${args.map(printed).join(" ")}\n`;
    case "printf":
      return formatted(String(first ?? ""), args.slice(1));
    case "base64decode": {
      const bytes = decodeBase64(String(first ?? ""));
      if (!bytes) throw new TemplateFault("error calling base64decode: illegal base64 data at input byte 0");
      return textOfBytes(bytes);
    }
    case "exists":
      return (
        args.slice(1).reduce<Value>((value, key) => (value === undefined ? value : indexed(value, key)), first) !==
        undefined
      );
    case "html":
      return printed(first).replace(
        /[&<>"']/g,
        (char) => `&${{ "&": "amp", "<": "lt", ">": "gt", '"': "#34", "'": "#39" }[char]};`,
      );
    case "urlquery":
      return encodeURIComponent(printed(first));
    default:
      throw new TemplateFault(`function ${JSON.stringify(name)} is not available here`);
  }
}

function isSame(one: Value, other: Value): boolean {
  if (typeof one !== typeof other && one !== null && other !== null && one !== undefined && other !== undefined) {
    throw new TemplateFault("error calling eq: incompatible types for comparison");
  }
  return one === other;
}

function compared(name: string, one: Value, other: Value): boolean {
  if (typeof one !== typeof other) throw new TemplateFault(`error calling ${name}: incompatible types for comparison`);
  if (typeof one !== "string" && typeof one !== "number")
    throw new TemplateFault(`error calling ${name}: invalid type for comparison`);
  const against = other as typeof one;
  return name === "lt"
    ? one < against
    : name === "le"
      ? one <= against
      : name === "gt"
        ? one > against
        : one >= against;
}

function lengthOf(value: Value): number {
  if (typeof value === "string" || Array.isArray(value)) return value.length;
  if (isObject(value)) return Object.keys(value).length;
  throw new TemplateFault("error calling len: len of nil pointer");
}

function indexed(value: Value, key: Value): Value {
  if (Array.isArray(value)) {
    const at = Number(key);
    if (!(at >= 0 && at < value.length)) throw new TemplateFault(`error calling index: index out of range: ${at}`);
    return value[at] as Json;
  }
  if (isObject(value)) return Object.hasOwn(value, String(key)) ? value[String(key)] : undefined;
  throw new TemplateFault("error calling index: index of untyped nil");
}

function formatted(format: string, args: readonly Value[]): string {
  let next = 0;
  return format.replace(/%(-?\d*)([%vsdqt])/g, (_, size: string, verb: string) => {
    if (verb === "%") return "%";
    const value = args[next++];
    const text = verb === "q" ? JSON.stringify(value ?? null) : printed(value);
    const wide = Math.abs(Number(size || 0));
    return size.startsWith("-") ? text.padEnd(wide) : text.padStart(wide);
  });
}

/** The text that bytes are in UTF-8. */
function textOfBytes(bytes: readonly number[]): string {
  const escaped = bytes.map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
  try {
    return decodeURIComponent(escaped);
  } catch {
    return String.fromCharCode(...bytes);
  }
}
