/** `kubectl scale` and `kubectl set image`. */
import { asObject, listAt, stringAt } from "../api/json.ts";
import { isScalable } from "../api/kind.ts";
import type { Json } from "../api/objects.ts";
import { patch } from "../apiserver/patch.ts";
import { putScale } from "../apiserver/subresources.ts";
import type { ApiServer } from "../apiserver/types.ts";
import type { Action } from "../scenario/scenario.ts";
import { refusedResult } from "./refusal.ts";
import { findWorkload, isResult, named } from "./resources.ts";
import { type ActResult, actionProblem } from "./result.ts";
import { templateOf, templatePatch } from "./template.ts";

/** Sets `spec.replicas` through the scale subresource. */
export function scale(server: ApiServer, action: Extract<Action, { do: "scale" }>): ActResult {
  const found = findWorkload(server, action);
  if (isResult(found)) return found;
  const { place } = found;
  const { replicas } = action;
  if (!Number.isInteger(replicas) || replicas < 0) return actionProblem("bad-replicas", "replicas", { replicas });
  if (!isScalable(place.row)) return actionProblem("not-scalable", "kind", { kind: place.row.kind, name: place.name });
  const scaled = putScale(server, place, { spec: { replicas } }, { fieldManager: "kubectl", answer: "unmanaged" });
  return scaled.ok ? { output: `${named(place)} scaled` } : refusedResult(scaled, place, "replicas");
}

/** Sets the image of a container, init containers included; `*` means all of them. */
export function setImage(server: ApiServer, action: Extract<Action, { do: "setImage" }>): ActResult {
  const found = findWorkload(server, action);
  if (isResult(found)) return found;
  const { place, object } = found;
  const { container, image } = action;
  if (image === "") return actionProblem("image-required", "image", {});
  const spec = asObject(asObject(templateOf(found))["spec"]);
  const chosen = (list: string): Json[] =>
    listAt(spec, list)
      .map((one) => stringAt(asObject(one), "name"))
      .filter((name) => container === "*" || name === container)
      .map((name) => ({ name, image }));
  const [containers, initContainers] = [chosen("containers"), chosen("initContainers")];
  if (container !== "*" && containers.length + initContainers.length === 0) {
    const params = { container, kind: place.row.kind, name: place.name };
    return {
      output: `error: unable to find container named "${container}"`,
      ...actionProblem("no-such-container", "container", params),
    };
  }
  const change = {
    ...(containers.length > 0 ? { containers } : {}),
    ...(initContainers.length > 0 ? { initContainers } : {}),
  };
  const patched = patch(server, place, templatePatch(place.row, { spec: change }), "strategic", {
    fieldManager: "kubectl-set",
    answer: "unmanaged",
  });
  if (!patched.ok) return refusedResult(patched, place, "image");
  const changed = patched.object.metadata.resourceVersion !== object.metadata.resourceVersion;
  return { output: changed ? `${named(place)} image updated` : "" };
}
