/** `kubectl rollout pause`, `resume`, `restart`. Models staging/src/k8s.io/kubectl/pkg/polymorphichelpers. */
import type { Cluster } from "../cluster/cluster.ts";
import type { Action } from "../scenario/scenario.ts";
import { findWorkload, isResult, resourceNames, resourcePlural, templateOf } from "./resources.ts";
import type { ActResult } from "./result.ts";
import { writeTemplate, writeWorkload } from "./write.ts";

const restartedAt = "kubectl.kubernetes.io/restartedAt";

/** Sets or removes `spec.paused` of a Deployment. */
export function setPaused(cluster: Cluster, action: Extract<Action, { do: "pause" | "resume" }>): ActResult {
  const workload = findWorkload(cluster, action);
  if (isResult(workload)) return workload;
  const pausing = action.do === "pause";
  const { kind, name } = workload;
  if (kind !== "Deployment") {
    return { output: `error: ${resourcePlural(kind)} "${name}" ${pausing ? "pausing" : "resuming"} is not supported` };
  }
  const paused = workload.spec.paused === true;
  if (paused === pausing) {
    return { output: `error: ${resourcePlural(kind)} "${name}" is ${pausing ? "already paused" : "not paused"}` };
  }
  const { paused: _, ...rest } = workload.spec;
  writeWorkload(cluster, workload, { spec: pausing ? { ...rest, paused: true } : rest });
  return { output: `${resourceNames[kind]}/${name} ${pausing ? "paused" : "resumed"}` };
}

/** Writes the time into the template's annotations, so that it is a new template. */
export function restart(cluster: Cluster, action: Extract<Action, { do: "restart" }>): ActResult {
  const workload = findWorkload(cluster, action);
  if (isResult(workload)) return workload;
  const { kind, name } = workload;
  if (kind === "Deployment" && workload.spec.paused === true) {
    return {
      output: `error: ${resourcePlural(kind)} "${name}" can't restart paused deployment (run rollout resume first)`,
    };
  }
  if (kind !== "Deployment" && kind !== "StatefulSet" && kind !== "DaemonSet") {
    return { output: `error: ${resourcePlural(kind)} "${name}" restarting is not supported` };
  }
  const template = templateOf(workload);
  const at = `${new Date(cluster.start + cluster.now()).toISOString().slice(0, 19)}Z`;
  const before = template.metadata?.annotations;
  if (before?.[restartedAt] === at) {
    const why =
      "if restart has already been triggered within the past second, please wait before attempting to trigger another";
    return { output: `error: failed to create patch for ${name}: ${why}` };
  }
  const annotations = { ...before, [restartedAt]: at };
  writeTemplate(cluster, workload, { ...template, metadata: { ...template.metadata, annotations } });
  return { output: `${resourceNames[kind]}/${name} restarted` };
}
