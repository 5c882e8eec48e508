/** What may not change of a PersistentVolumeClaim. Models ValidatePersistentVolumeClaimUpdate of pkg/apis/core/validation. */

import { semanticEqual } from "./equality.ts";
import { FieldPath, forbidden, invalid } from "./field-path.ts";
import { type JsonObject, objectAt, stringAt, without } from "./json.ts";
import type { Problem } from "./problem.ts";
import { compareQuantities, parseQuantity } from "./quantity.ts";

const spec = FieldPath.root.child("spec");
const storage = spec.child("resources").child("requests").child("storage");
const attributes = "volumeAttributesClassName";

/** `status` is that of the stored claim, `annotated` the storage class that its old annotation names. */
export function claimChanges(
  from: JsonObject,
  to: JsonObject,
  status: JsonObject,
  annotated: string | undefined,
): Problem[] {
  const found: Problem[] = [];
  const bound = stringAt(status, "phase") === "Bound";
  // Binding may still fill in what was left open.
  const isClassOpen = annotated === undefined || to["storageClassName"] === annotated;
  const open = ["volumeName", ...(isClassOpen ? ["storageClassName"] : [])].filter((key) => from[key] === undefined);
  const rest = (claim: JsonObject): JsonObject => {
    const resources = objectAt(claim, "resources") ?? {};
    const requests = objectAt(resources, "requests") ?? {};
    return {
      ...without(claim, [...open, ...(bound ? [attributes] : [])]),
      resources: { ...resources, requests: bound ? without(requests, ["storage"]) : requests },
    };
  };
  if (!semanticEqual(rest(from), rest(to))) found.push(forbidden("immutable-fields", spec));
  if (shrinksBelowCapacity(from, to, status)) found.push(forbidden("claim-shrinks", storage));
  if (!semanticEqual(from["volumeMode"], to["volumeMode"])) {
    found.push(invalid("immutable", spec.child("volumeMode").as("volumeMode"), { value: stringAt(to, "volumeMode") }));
  }
  // It may be taken back, but not made to be none.
  if (from[attributes] !== undefined && from[attributes] !== "" && to[attributes] === "") {
    found.push(forbidden("immutable", spec.child(attributes), { value: "" }));
  }
  return found;
}

/** A claim may ask for less again while growing fails, but for more than the volume has already. */
function shrinksBelowCapacity(from: JsonObject, to: JsonObject, status: JsonObject): boolean {
  const amount = (text: string) => {
    const parsed = parseQuantity(text === "" ? "0" : text);
    return parsed.ok ? parsed.quantity : undefined;
  };
  const requested = (claim: JsonObject) =>
    amount(stringAt(objectAt(objectAt(claim, "resources"), "requests"), "storage"));
  const [old, next] = [requested(from), requested(to)];
  const capacity = amount(stringAt(objectAt(status, "capacity"), "storage"));
  if (!old || !next || !capacity) return false;
  return compareQuantities(next, old) < 0 && compareQuantities(next, capacity) <= 0;
}
