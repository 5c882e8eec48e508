/** The three ways a text meets an object. Models kubectl/pkg/cmd/{apply,replace}. */
import { typeOf } from "../../api/decode.ts";
import { FieldPath, problem } from "../../api/field-path.ts";
import { asObject, type JsonObject, stringAt } from "../../api/json.ts";
import { resourcePlural } from "../../api/kind.ts";
import { lastApplied } from "../../api/patch/server-side.ts";
import { threeWayStrategicPatch } from "../../api/patch/strategic-diff.ts";
import { type Answer, refusedFor } from "../../api/registry/answer.ts";
import { migrated } from "./migration.ts";
import { answered, conflicting, gaveUp, type Outcome, refusedBy, untouched } from "./outcome.ts";
import { applyPatch, isOwnedAlike, type Place, patch, post, put } from "./server.ts";
import { annotated, isAnnotated, withoutNulls } from "./text.ts";

/** `kubectl apply`: the differences to the live object and to what was applied last, as one patch. */
export function applied(live: JsonObject | undefined, text: JsonObject, place: Place): Outcome {
  const manager = "kubectl-client-side-apply";
  const next = annotated(text);
  if (live === undefined) return answered(post(withoutNulls(next) as JsonObject, manager, place), true);
  const type = typeOf(stringAt(live, "apiVersion"), place.row.kind);
  const made = threeWayStrategicPatch(lastApplied(live) ?? {}, next, withStatus(live, place), type);
  if (!made.ok) {
    return gaveUp(problem("patch-cannot-be-made", "Refused", FieldPath.root, { value: made.problem.value }));
  }
  const lacksLastApplied = !isAnnotated(live);
  const changes = made.value as JsonObject;
  if (Object.keys(changes).length === 0) return { ...untouched(live), patch: changes, lacksLastApplied };
  return { ...answered(patch(live, changes, manager, place), false), patch: changes, lacksLastApplied };
}

/** As the server shows it: there is a status, if an empty one, of every kind that has any. */
function withStatus(live: JsonObject, { row }: Place): JsonObject {
  return live["status"] === undefined && row.subresources.includes("status") ? { ...live, status: {} } : live;
}

/** Kinds that a PUT creates when they are not there. */
const createdByPut: ReadonlySet<string> = new Set([
  "services",
  "endpoints",
  "limitranges",
  "podtemplates",
  "leases.coordination.k8s.io",
  "roles.rbac.authorization.k8s.io",
  "rolebindings.rbac.authorization.k8s.io",
  "clusterroles.rbac.authorization.k8s.io",
  "clusterrolebindings.rbac.authorization.k8s.io",
]);

/** `kubectl replace`: the text alone. */
export function replaced(live: JsonObject | undefined, text: JsonObject, place: Place): Outcome {
  const next = isAnnotated(text) ? annotated(text) : text;
  if (live !== undefined) return answered(put(live, next, "kubectl-replace", place), false);
  if (createdByPut.has(resourcePlural(place.row))) return answered(post(next, "kubectl-replace", place), true);
  const name = stringAt(asObject(text["metadata"]), "name");
  return answered(refusedFor("NotFound", "object-missing", { kind: place.row.kind, name }), false);
}

/** `kubectl replace --force`: the object is deleted and made anew. */
export function replacedByForce(text: JsonObject, place: Place): Outcome {
  return answered(post(isAnnotated(text) ? annotated(text) : text, "kubectl-replace", place), true);
}

/** `kubectl apply --server-side`: by the ownership of fields; what the client had applied before is taken over. */
export function appliedByServer(live: JsonObject | undefined, text: JsonObject, force: boolean, place: Place): Outcome {
  const send = (to: JsonObject | undefined) => applyPatch(to, text, "kubectl", force, place);
  const first = send(live);
  if ("conflicts" in first) return conflicting(first.conflicts);
  if (!first.ok || live === undefined) return answered(first, live === undefined);
  const moved = migrated(first.object);
  const second = moved === undefined ? first : send(moved);
  const last: Answer = "conflicts" in second || !second.ok ? first : second;
  const changed = moved !== undefined || first.changed || !isOwnedAlike(live, first.object);
  return last.ok ? { ...answered({ ...last, changed }, false) } : refusedBy(last);
}
