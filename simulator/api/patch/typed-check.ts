/** What a text says that its type does not have. Models the conversion to typed values of structured-merge-diff. */
import { isObject } from "../json.ts";
import type { Json } from "../objects.ts";
import { type Atom, atomAt, atomOf, atomOfEntry, entryStep, schemaAt } from "./schema.ts";

/** Why a text cannot be applied by the server: where, and what is wrong there. */
interface TypedProblem {
  readonly code: "field-not-declared" | "wrong-type" | "duplicate-entry" | "entry-without-key";
  readonly path: readonly (string | number)[];
}

/** Everything in a text of the type that server-side apply cannot read. */
export function typedProblems(value: Json, type: string | undefined): readonly TypedProblem[] {
  const found: TypedProblem[] = [];
  if (type !== undefined) check(value, atomOf(type), [], found);
  return found;
}

type Path = readonly (string | number)[];

function check(value: Json, atom: Atom, path: Path, found: TypedProblem[]): void {
  const { schema } = atom;
  if (value === null || schema === undefined || schema.kind === "any") return;
  const wrong = () => found.push({ code: "wrong-type", path });
  switch (schema.kind) {
    case "object":
    case "map":
      if (isObject(value)) checkFields(value, atom, path, found);
      else wrong();
      return;
    case "list":
      if (Array.isArray(value)) checkList(value, atom, path, found);
      else wrong();
      return;
    case "string":
      if (typeof value !== "string") wrong();
      return;
    case "boolean":
      if (typeof value !== "boolean") wrong();
      return;
    case "integer":
    case "number":
      if (typeof value !== "number") wrong();
      return;
    default:
      if (typeof value === "object") wrong();
  }
}

function checkFields(value: { readonly [key: string]: Json }, atom: Atom, path: Path, found: TypedProblem[]): void {
  for (const [key, one] of Object.entries(value)) {
    const here = [...path, key];
    const schema = schemaAt(atom.schema, key);
    if (schema === undefined) found.push({ code: "field-not-declared", path: here });
    else check(one, { ...atomAt(atom, key), schema }, here, found);
  }
}

function checkList(value: readonly Json[], atom: Atom, path: Path, found: TypedProblem[]): void {
  const of = atom.schema?.of;
  const seen = new Set<string>();
  for (const [index, entry] of value.entries()) {
    const here = [...path, index];
    if (atom.is === "list") {
      const step = entryStep(atom, entry);
      if (step === undefined) {
        found.push({ code: "entry-without-key", path: here });
        continue;
      }
      if (seen.has(step)) found.push({ code: "duplicate-entry", path });
      seen.add(step);
    }
    check(entry, { ...atomOfEntry(atom), schema: of }, here, found);
  }
}
