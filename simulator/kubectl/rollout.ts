/** `kubectl rollout pause`, `resume`, `restart`. Models staging/src/k8s.io/kubectl/pkg/polymorphichelpers. */

import { asObject, isTrue, type JsonObject, stringAt } from "../api/json.ts";
import { resourcePlural } from "../api/kind.ts";
import { patch } from "../apiserver/patch.ts";
import type { ApiServer } from "../apiserver/types.ts";
import { timeText } from "../cluster/time.ts";
import type { Action } from "../scenario/scenario.ts";
import { refusedResult } from "./refusal.ts";
import { type Found, findWorkload, isResult, named } from "./resources.ts";
import type { ActResult } from "./result.ts";
import { templateOf, templatePatch } from "./template.ts";

const manager = { fieldManager: "kubectl-rollout", answer: "unmanaged" } as const;
const restartedAt = "kubectl.kubernetes.io/restartedAt";

/** Why a workload cannot be paused or resumed, as it stands behind its name; undefined when it can. */
export function pauseRefusal({ place, object }: Found, pausing: boolean): string | undefined {
  if (!place.row.pausable) return `${pausing ? "pausing" : "resuming"} is not supported`;
  if (isTrue(asObject(object["spec"]), "paused") !== pausing) return undefined;
  return `is ${pausing ? "already paused" : "not paused"}`;
}

/** The strategic patch that pauses or resumes. */
export function pausePatch(pausing: boolean): JsonObject {
  return { spec: { paused: pausing || null } };
}

/** Sets or removes `spec.paused` of a Deployment. */
export function setPaused(server: ApiServer, action: Extract<Action, { do: "pause" | "resume" }>): ActResult {
  const found = findWorkload(server, action);
  if (isResult(found)) return found;
  const { place } = found;
  const pausing = action.do === "pause";
  const refusal = pauseRefusal(found, pausing);
  if (refusal !== undefined) return { output: `error: ${resourcePlural(place.row)} "${place.name}" ${refusal}` };
  const patched = patch(server, place, pausePatch(pausing), "strategic", manager);
  if (!patched.ok) return refusedResult(patched, place, "name");
  return { output: `${named(place)} ${pausing ? "paused" : "resumed"}` };
}

/** Why a workload cannot be restarted, as it stands behind its name; undefined when it can. */
export function restartRefusal({ place, object }: Found): string | undefined {
  if (place.row.pausable && isTrue(asObject(object["spec"]), "paused")) {
    return "can't restart paused deployment (run rollout resume first)";
  }
  return place.row.rolls ? undefined : "restarting is not supported";
}

/** The strategic patch that makes the template a new one; the reason in words when it is of this very second already. */
export function restartPatch(found: Found, at: string): JsonObject | string {
  const annotations = asObject(asObject(templateOf(found)["metadata"])["annotations"]);
  if (stringAt(annotations, restartedAt) !== at) {
    return templatePatch(found.place.row, { metadata: { annotations: { [restartedAt]: at } } });
  }
  const why =
    "if restart has already been triggered within the past second, please wait before attempting to trigger another";
  return `failed to create patch for ${found.place.name}: ${why}`;
}

/** Writes the time into the template's annotations, so that it is a new template. */
export function restart(server: ApiServer, action: Extract<Action, { do: "restart" }>): ActResult {
  const found = findWorkload(server, action);
  if (isResult(found)) return found;
  const { place } = found;
  const refusal = restartRefusal(found);
  if (refusal !== undefined) return { output: `error: ${resourcePlural(place.row)} "${place.name}" ${refusal}` };
  const change = restartPatch(found, timeText(server.cluster.now(), server.start));
  if (typeof change === "string") return { output: `error: ${change}` };
  const patched = patch(server, place, change, "strategic", manager);
  return patched.ok ? { output: `${named(place)} restarted` } : refusedResult(patched, place, "name");
}
