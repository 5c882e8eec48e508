/** A field as JSON: what the table of fields and the descriptions of Kubernetes say of it. */

import { apiVersionOf } from "../../simulator/api/kind.ts";
import { kinds } from "../../simulator/api/kinds.ts";
import type { Path } from "../../simulator/api/problem.ts";
import { type Target, targets } from "../../simulator/api/target.ts";
import { fieldAt, fieldNamesAt } from "../service/fields.ts";
import type { FieldDocs } from "../service/hover-context.ts";

interface Meant {
  readonly kind: string;
  readonly apiVersion: string | undefined;
  /** Dots between fields; list entries may be left out, or written as `[0]`. */
  readonly path: string;
}

/** Null for a kind or field that no version knows. */
export function explainField({ kind, apiVersion, path }: Meant, target: Target, docs: FieldDocs): object | null {
  const row = kinds.named(kind) ?? kinds.resource(kind.toLowerCase());
  if (row === undefined) return null;
  const served = apiVersion ?? apiVersionOf(row);
  const steps = stepsOf(served, row.kind, path);
  if (steps === null) return null;
  const fields = fieldNamesAt(served, row.kind, steps, target);
  const field = fieldAt(served, row.kind, steps);
  if (field === null) return path === "" && fields.length > 0 ? { apiVersion: served, kind: row.kind, fields } : null;
  const { type, owner, name, required } = field;
  return {
    apiVersion: served,
    kind: row.kind,
    field: path,
    type:
      type.kind === "list" || type.kind === "map"
        ? `${type.kind} of ${type.of?.type ?? type.of?.kind ?? "any"}`
        : (type.type ?? type.kind),
    required,
    ...(type.enum === undefined ? {} : { enum: type.enum }),
    versions: type.versions ?? targets,
    ...(type.dropped === undefined ? {} : { dropped: type.dropped }),
    ...(docs[owner]?.fields[name] === undefined ? {} : { description: docs[owner].fields[name] }),
    ...(fields.length === 0 ? {} : { fields }),
  };
}

/** The path with a place in each list on the way; null where a step leads nowhere. */
function stepsOf(apiVersion: string, kind: string, path: string): Path | null {
  const steps: (string | number)[] = [];
  for (const step of path.split(/[.[\]]+/).filter((one) => one !== "")) {
    if (fieldAt(apiVersion, kind, steps)?.type.kind === "list" && typeof steps.at(-1) === "string") steps.push(0);
    if (/^\d+$/.test(step) && typeof steps.at(-1) === "number") continue;
    steps.push(step);
    if (fieldAt(apiVersion, kind, steps) === null) return null;
  }
  if (fieldAt(apiVersion, kind, steps)?.type.kind === "list") {
    const type = fieldAt(apiVersion, kind, steps)?.type;
    if (type?.of?.kind === "object") steps.push(0);
  }
  return steps;
}
