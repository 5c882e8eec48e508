/** What the API server refuses of objects that are applied or patched. */
import { type Admission, admit } from "../api/admit.ts";
import { apiVersionOf } from "../api/kind.ts";
import { kinds } from "../api/kinds.ts";
import type { ManifestObject } from "../api/objects.ts";
import type { Target } from "../api/target.ts";
import { admitUpdate } from "../api/update.ts";
import type { LiveObject } from "../cluster/objects.ts";
import type { ActResult } from "./result.ts";

type Fields = Readonly<Record<string, unknown>>;

function manifestOf({ kind, namespace, name }: LiveObject, parts: Fields): Fields {
  const row = kinds.named(kind);
  const apiVersion = row && apiVersionOf(row);
  const metadata = { ...(parts["metadata"] as Fields), name, namespace };
  return { apiVersion, kind, ...parts, metadata };
}

/** The refusal of an admission, with paths below the field of the action that holds the object; undefined without one. */
function refusal({ problems }: Admission, field: string): Required<Pick<ActResult, "problem">> | undefined {
  const [problem] = problems;
  if (!problem) return undefined;
  const path = problem.path === "" ? field : `${field}.${problem.path}`;
  return { problem: { ...problem, path, at: [field, ...problem.at] } };
}

/** The manifest with the server's defaults, or why the server would not create it. */
export function admitNew(
  manifest: ManifestObject,
  target: Target,
): ManifestObject | Required<Pick<ActResult, "problem">> {
  // Nodes are taken as they are: they stand for machines, nobody writes them.
  if (manifest.kind === "Node") return manifest;
  const admission = admit(manifest, target);
  return refusal(admission, "object") ?? admission.object ?? manifest;
}

/** Why the server would not take `next` in the place of `before` (labels, annotations and spec); undefined when it would. */
export function refusedUpdate(
  live: LiveObject,
  before: Fields,
  next: Fields,
  field: string,
  target: Target,
): ActResult | undefined {
  // Of these the spec is not kept, so there is nothing whole to judge.
  if (live.kind === "Node" || live.kind === "ControllerRevision" || live.kind === "PersistentVolumeClaim")
    return undefined;
  const status =
    "status" in live ? Object.fromEntries(Object.entries(live.status).filter(([, one]) => one !== null)) : {};
  return refusal(admitUpdate(manifestOf(live, before), manifestOf(live, next), target, status), field);
}
