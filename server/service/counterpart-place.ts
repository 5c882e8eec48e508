/** The other place in the same object that a problem is about: what is repeated, what does not match, what was meant. */
import { isObject } from "../../simulator/api/json.ts";
import type { Path, Problem } from "../../simulator/api/problem.ts";
import { valueAt } from "./parse.ts";

/** Where it is; null for a problem that is about one place. */
export function counterpartPlace({ code, reason, at, params }: Problem, value: unknown): Path | null {
  if (code === "selector-mismatch") return written(value, ["spec", "selector"]);
  if (code === "volume-not-found") return volumesOf(value, at);
  if (code === "port-name-in-two-containers" || code === "port-repeated")
    return written(value, pathOf(String(params["other"])));
  // The server calls a path that is mounted twice invalid.
  return reason === "FieldValueDuplicate" || code.startsWith("duplicate-") ? earlier(value, at) : null;
}

function written(value: unknown, path: Path): Path | null {
  return valueAt(value, path) === undefined ? null : path;
}

function volumesOf(value: unknown, at: Path): Path | null {
  const depth = at.findIndex((step) => step === "containers" || step === "initContainers");
  return depth < 0 ? null : written(value, [...at.slice(0, depth), "volumes"]);
}

/** The first entry of the list, or of the one beside it, that says the same. */
function earlier(value: unknown, at: Path): Path | null {
  const depth = at.findLastIndex((step) => typeof step === "number");
  if (depth < 1) return null;
  const [list, index, rest] = [at.slice(0, depth), at[depth] as number, at.slice(depth + 1)];
  const repeated = valueAt(value, at);
  const here = same(value, list, rest, repeated).find((one) => one !== index);
  if (here !== undefined && here < index) return [...list, here, ...rest];
  // Containers of both sorts are called by name.
  const other = ({ containers: "initContainers", initContainers: "containers" } as const)[String(list.at(-1))];
  if (other === undefined) return null;
  const beside = [...list.slice(0, -1), other];
  const [found] = same(value, beside, rest, repeated);
  return found === undefined ? null : [...beside, found, ...rest];
}

function same(value: unknown, list: Path, rest: Path, repeated: unknown): readonly number[] {
  const entries = valueAt(value, list);
  if (!Array.isArray(entries) || isObject(repeated) || repeated === undefined) return [];
  return entries.flatMap((entry: unknown, index) => (valueAt(entry, rest) === repeated ? [index] : []));
}

/** `spec.containers[0].ports[1]` as the steps that it is made of. */
function pathOf(text: string): Path {
  return [...text.matchAll(/([^.[\]]+)|\[(\d+)\]/g)].map(([, name, index]) =>
    index === undefined ? String(name) : Number(index),
  );
}
