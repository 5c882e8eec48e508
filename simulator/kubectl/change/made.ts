/** The object that an earlier text made, or that a dump of a live object shows. */
import { typeOf } from "../../api/decode.ts";
import { asObject, type JsonObject, listAt, stringAt, without } from "../../api/json.ts";
import { isEmptySet } from "../../api/patch/field-set.ts";
import { managersOf, ownable, withManagers } from "../../api/patch/managers.ts";
import { atomOf } from "../../api/patch/schema.ts";
import { lastApplied } from "../../api/patch/server-side.ts";
import { fieldSetOf } from "../../api/patch/typed.ts";
import { typedProblems } from "../../api/patch/typed-check.ts";
import { storedObject } from "../../api/registry/create.ts";
import { asRead, ignoredParts, managed, type Place, stored } from "./server.ts";
import { annotated, withoutNulls } from "./text.ts";

/** How an object came to be: `kubectl apply`, `kubectl create`, the same with `--save-config`, `kubectl apply --server-side`. */
export type Origin = "apply" | "create" | "save-config" | "server-side";

/** Whether a text is what the server shows of an object rather than what somebody wrote. */
export function isLive(text: JsonObject): boolean {
  return stringAt(asObject(text["metadata"]), "uid") !== "";
}

/** The object that a text made, whether or not a server of today would create it; undefined where the server cannot even type it. */
export function madeBy(text: JsonObject, origin: Origin, place: Place): JsonObject | undefined {
  if (isLive(text)) return shown(text, origin, place);
  switch (origin) {
    case "apply":
      return stored(withoutNulls(annotated(text)) as JsonObject, "kubectl-client-side-apply", place);
    case "create":
      return stored(text, "kubectl-create", place);
    case "save-config":
      return stored(annotated(text), "kubectl-create", place);
    case "server-side":
      return appliedByServer(text, place);
  }
}

/** Who manages a live object is seen in it, or taken from how it was made. */
function shown(text: JsonObject, origin: Origin, place: Place): JsonObject {
  const object = storedObject(text, place.row, place.surroundings);
  if (managersOf(object).length > 0) return object;
  if (origin === "server-side") return ownedByApply(object, object, place);
  const applied = lastApplied(text);
  if (applied !== undefined) {
    return managed({}, object, asRead(annotated(applied), place), "kubectl-client-side-apply", place.row);
  }
  return managed({}, object, withoutChosen(object), "kubectl-create", place.row);
}

/** The object without the addresses that the server chose, which belong to nobody. */
function withoutChosen(object: JsonObject): JsonObject {
  if (object["kind"] !== "Service") return object;
  const chosen = ["clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy", "healthCheckNodePort"];
  const spec = without(asObject(object["spec"]), chosen);
  return {
    ...object,
    spec: { ...spec, ports: listAt(spec, "ports").map((port) => without(asObject(port), ["nodePort"])) },
  };
}

function appliedByServer(text: JsonObject, place: Place): JsonObject | undefined {
  const type = typeOf(stringAt(text, "apiVersion"), place.row.kind);
  if (typedProblems(text, type).length > 0) return undefined;
  return ownedByApply(storedObject(text, place.row, place.surroundings), text, place);
}

/** The object with what the text says as the fields of kubectl's server-side apply. */
function ownedByApply(object: JsonObject, text: JsonObject, { row }: Place): JsonObject {
  const apiVersion = stringAt(text, "apiVersion");
  const atom = atomOf(typeOf(apiVersion, row.kind));
  const fields = ownable(fieldSetOf(text, atom), ignoredParts(row));
  if (isEmptySet(fields)) return object;
  return withManagers(object, [{ manager: "kubectl", operation: "Apply", apiVersion, subresource: "", fields }]);
}
