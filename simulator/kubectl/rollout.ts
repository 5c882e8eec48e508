/** `kubectl rollout pause`, `resume`, `restart`. Models staging/src/k8s.io/kubectl/pkg/polymorphichelpers. */

import { asObject, isTrue, stringAt } from "../api/json.ts";
import { resourcePlural } from "../api/kind.ts";
import { patch } from "../apiserver/patch.ts";
import type { ApiServer } from "../apiserver/types.ts";
import { timeText } from "../cluster/time.ts";
import type { Action } from "../scenario/scenario.ts";
import { refusedResult } from "./refusal.ts";
import { findWorkload, isResult, named } from "./resources.ts";
import type { ActResult } from "./result.ts";
import { templateOf, templatePatch } from "./template.ts";

const manager = { fieldManager: "kubectl-rollout" } as const;
const restartedAt = "kubectl.kubernetes.io/restartedAt";

/** Sets or removes `spec.paused` of a Deployment. */
export function setPaused(server: ApiServer, action: Extract<Action, { do: "pause" | "resume" }>): ActResult {
  const found = findWorkload(server, action);
  if (isResult(found)) return found;
  const { place, object } = found;
  const pausing = action.do === "pause";
  const whole = `${resourcePlural(place.row)} "${place.name}"`;
  if (!place.row.pausable) {
    return { output: `error: ${whole} ${pausing ? "pausing" : "resuming"} is not supported` };
  }
  if (isTrue(asObject(object["spec"]), "paused") === pausing) {
    return { output: `error: ${whole} is ${pausing ? "already paused" : "not paused"}` };
  }
  const patched = patch(server, place, { spec: { paused: pausing || null } }, "strategic", manager);
  if (!patched.ok) return refusedResult(patched, place, "name");
  return { output: `${named(place)} ${pausing ? "paused" : "resumed"}` };
}

/** Writes the time into the template's annotations, so that it is a new template. */
export function restart(server: ApiServer, action: Extract<Action, { do: "restart" }>): ActResult {
  const found = findWorkload(server, action);
  if (isResult(found)) return found;
  const { place, object } = found;
  const whole = `${resourcePlural(place.row)} "${place.name}"`;
  if (place.row.pausable && isTrue(asObject(object["spec"]), "paused")) {
    return { output: `error: ${whole} can't restart paused deployment (run rollout resume first)` };
  }
  if (!place.row.rolls) return { output: `error: ${whole} restarting is not supported` };
  const at = timeText(server.cluster.now(), server.start);
  const annotations = asObject(asObject(templateOf(found)["metadata"])["annotations"]);
  if (stringAt(annotations, restartedAt) === at) {
    const why =
      "if restart has already been triggered within the past second, please wait before attempting to trigger another";
    return { output: `error: failed to create patch for ${place.name}: ${why}` };
  }
  const change = templatePatch(place.row, { metadata: { annotations: { [restartedAt]: at } } });
  const patched = patch(server, place, change, "strategic", manager);
  return patched.ok ? { output: `${named(place)} restarted` } : refusedResult(patched, place, "name");
}
