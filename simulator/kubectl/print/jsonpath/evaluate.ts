/** What a JSONPath template finds in an object. Models client-go/util/jsonpath/jsonpath.go. */
import { isObject } from "../../../api/json.ts";
import type { Json } from "../../../api/objects.ts";
import { goText } from "../go-strings.ts";
import type { Node } from "./parse.ts";

/** The results of the parts of a template in order, or what went wrong. */
export type Found = { readonly results: readonly (readonly Json[])[] } | { readonly error: string };

/** Thrown and caught within this file. */
class Fault extends Error {}

export interface EvaluateOptions {
  /** A field that is not there is an error. */
  readonly strict?: boolean;
}

/** Fills in a template. */
export function evaluate(nodes: readonly Node[], object: Json, { strict = false }: EvaluateOptions = {}): Found {
  try {
    const { results } = block(nodes, 0, object, 0, strict);
    return { results };
  } catch (fault) {
    if (fault instanceof Fault) return { error: fault.message };
    throw fault;
  }
}

/** The values that one path finds. */
export function valuesAt(
  nodes: readonly Node[],
  object: Json,
  options: EvaluateOptions = {},
): readonly Json[] | { readonly error: string } {
  const found = evaluate(nodes, object, options);
  return "error" in found ? found : found.results.flat();
}

interface Block {
  readonly results: readonly (readonly Json[])[];
  /** Behind the `end` of the block, or behind its last node. */
  readonly next: number;
}

/** Nodes from a place on, up to the end of a range. */
function block(nodes: readonly Node[], from: number, object: Json | undefined, depth: number, strict: boolean): Block {
  const results: (readonly Json[])[] = [];
  let at = from;
  while (at < nodes.length) {
    const node = nodes[at++]!;
    const word = wordOf(node);
    if (word === "end") {
      if (depth === 0) throw new Fault("not in range, nothing to end");
      return { results, next: at };
    }
    const input = object === undefined ? [] : [object];
    if (word === "range") {
      const over = walkList((node as Extract<Node, { is: "list" }>).nodes.slice(1), input, strict);
      let next = nodes.length;
      for (const one of over.length === 0 ? [undefined] : over) {
        const inner = block(nodes, at, one, depth + 1, strict);
        if (one !== undefined) results.push(...inner.results);
        ({ next } = inner);
      }
      at = next;
    } else results.push(walk(node, input, strict || false));
  }
  return { results, next: at };
}

function wordOf(node: Node): string | undefined {
  const first = node.is === "list" ? node.nodes[0] : undefined;
  return first?.is === "word" ? first.word : undefined;
}

function walkList(nodes: readonly Node[], input: readonly Json[], strict: boolean): readonly Json[] {
  return nodes.reduce((values, node) => walk(node, values, strict), input);
}

function walk(node: Node, input: readonly Json[], strict: boolean): readonly Json[] {
  switch (node.is) {
    case "text":
      return [node.text];
    case "value":
      return [node.value];
    case "list":
      return walkList(node.nodes, input, strict);
    case "word":
      throw new Fault(`unrecognized identifier ${node.word}`);
    case "field": {
      const { name } = node;
      if (name === "") return input;
      const found = input.flatMap((value) => (isObject(value) && Object.hasOwn(value, name) ? [value[name]!] : []));
      if (found.length === 0 && strict) throw new Fault(`${name} is not found`);
      return found;
    }
    case "wildcard":
      return input.flatMap(childrenOf);
    case "recursive":
      return recursive(input);
    case "union":
      return node.lists.flatMap((list) => walkList(list, input, strict));
    case "slice":
      return input.flatMap((value) => (value === null ? [] : slice(node, value)));
    case "filter":
      return input.flatMap((value) => filter(node, value, strict));
  }
}

function childrenOf(value: Json): readonly Json[] {
  if (Array.isArray(value)) return value;
  return isObject(value)
    ? Object.keys(value)
        .sort()
        .map((key) => value[key]!)
    : [];
}

function recursive(input: readonly Json[]): readonly Json[] {
  return input.flatMap((value) => {
    const children = childrenOf(value);
    return children.length === 0 ? [] : [value, ...recursive(children)];
  });
}

function slice({ from, to, step, one }: Extract<Node, { is: "slice" }>, value: Json): readonly Json[] {
  if (!Array.isArray(value)) throw new Fault(`${typeName(value)} is not array or slice`);
  const { length } = value;
  const first = from ?? 0;
  const begin = first < 0 ? first + length : first;
  const derived = one ? first + 1 : (to ?? length);
  const end = derived < 0 || (derived === 0 && one) ? derived + length : derived;
  if (begin === end) return [];
  const outside = (index: number) => new Fault(`array index out of bounds: index ${index}, length ${length}`);
  if (begin >= length || begin < 0) throw outside(begin);
  if (end > length || end < 0) throw outside(end - 1);
  if (begin > end) throw new Fault(`starting index ${begin} is greater than ending index ${end}`);
  if (step !== undefined && step <= 0) throw new Fault("step must be > 0");
  const chosen = value.slice(begin, end) as readonly Json[];
  return step === undefined ? chosen : chosen.filter((_, index) => index % step === 0);
}

function typeName(value: Json): string {
  if (isObject(value)) return "map[string]interface {}";
  return typeof value === "string" ? "string" : typeof value === "boolean" ? "bool" : "int64";
}

function filter(
  { left, operator, right }: Extract<Node, { is: "filter" }>,
  value: Json,
  strict: boolean,
): readonly Json[] {
  if (!Array.isArray(value)) throw new Fault(`${goText(value)} is not array or slice and cannot be filtered`);
  return value.filter((item: Json) => {
    const lefts = walkList(left, [item], operator === "exists" ? false : strict);
    if (operator === "exists") return lefts.length > 0;
    const rights = walkList(right, [item], strict);
    if (lefts.length === 0 || rights.length === 0) return false;
    if (lefts.length > 1 || rights.length > 1) throw new Fault("can only compare one element at a time");
    return compared(lefts[0]!, operator, rights[0]!);
  });
}

function compared(left: Json, operator: string, right: Json): boolean {
  if (!/^(?:[<>]=?|[=!]=)$/.test(operator)) throw new Fault(`unrecognized filter operator ${operator}`);
  const types = [left, right].map((one) => typeof one);
  if ([left, right].some((one) => typeof one === "object")) throw new Fault("invalid type for comparison");
  if (types[0] !== types[1]) throw new Fault("incompatible types for comparison");
  if (operator === "==") return left === right;
  if (operator === "!=") return left !== right;
  if (types[0] === "boolean") throw new Fault("invalid type for comparison");
  const [one, other] = [left as string, right as string];
  const isLess = one < other;
  const isSame = one === other;
  return operator === "<"
    ? isLess
    : operator === "<="
      ? isLess || isSame
      : operator === ">"
        ? !isLess && !isSame
        : !isLess;
}
