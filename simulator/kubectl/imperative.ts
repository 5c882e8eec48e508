/** `kubectl scale` and `kubectl set image`. */
import type { Container, PodTemplateSpec } from "../api/objects.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Action } from "../scenario/scenario.ts";
import { refusedUpdate } from "./admission.ts";
import { findWorkload, isResult, resourceNames, templateOf } from "./resources.ts";
import { type ActResult, actionProblem } from "./result.ts";
import { writeTemplate, writeWorkload } from "./write.ts";

/** Sets `spec.replicas` through the scale subresource. */
export function scale(cluster: Cluster, action: Extract<Action, { do: "scale" }>): ActResult {
  const workload = findWorkload(cluster, action);
  if (isResult(workload)) return workload;
  const { replicas } = action;
  if (!Number.isInteger(replicas) || replicas < 0) return actionProblem("bad-replicas", "replicas", { replicas });
  if (workload.kind !== "Deployment" && workload.kind !== "ReplicaSet" && workload.kind !== "StatefulSet") {
    return actionProblem("not-scalable", "kind", { kind: workload.kind, name: workload.name });
  }
  writeWorkload(cluster, workload, { spec: { ...workload.spec, replicas } as never });
  return { output: `${resourceNames[workload.kind]}/${workload.name} scaled` };
}

/** Sets the image of a container, init containers included; `*` means all of them. */
export function setImage(cluster: Cluster, action: Extract<Action, { do: "setImage" }>): ActResult {
  const workload = findWorkload(cluster, action);
  if (isResult(workload)) return workload;
  const { container, image } = action;
  if (image === "") return actionProblem("image-required", "image", {});
  const template = templateOf(workload);
  const everything = [...template.spec.containers, ...(template.spec.initContainers ?? [])];
  if (container !== "*" && !everything.some((one) => one.name === container)) {
    return {
      output: `error: unable to find container named "${container}"`,
      ...actionProblem("no-such-container", "container", { container, kind: workload.kind, name: workload.name }),
    };
  }
  const set = (one: Container): Container =>
    (container === "*" || one.name === container) && one.image !== image ? { ...one, image } : one;
  const next: PodTemplateSpec = {
    ...template,
    spec: {
      ...template.spec,
      containers: template.spec.containers.map(set),
      ...(template.spec.initContainers ? { initContainers: template.spec.initContainers.map(set) } : {}),
    },
  };
  if (workload.kind === "Job") {
    const { labels, annotations, spec } = workload;
    const parts = (template: PodTemplateSpec) => ({ metadata: { labels, annotations }, spec: { ...spec, template } });
    const refused = refusedUpdate(workload, parts(template), parts(next), "image", cluster.target);
    if (refused?.problem) return { problem: { ...refused.problem, path: "image", at: ["image"] } };
  }
  const changed = writeTemplate(cluster, workload, next);
  return { output: changed ? `${resourceNames[workload.kind]}/${workload.name} image updated` : "" };
}
