/**
 * Whether a container is started again after its end. Models ContainerShouldRestart of pkg/api/v1/pod/util.go and
 * pkg/kubelet/container/helpers.go.
 */
import type { Container, ContainerRestartRule, PodSpec } from "../objects.ts";

/** The rule of the container that speaks of this exit code. */
function ruleFor(container: Container, code: number): ContainerRestartRule | undefined {
  return container.restartPolicyRules?.find(({ exitCodes }) => {
    const isNamed = exitCodes?.values?.includes(code) ?? false;
    return exitCodes !== undefined && (exitCodes.operator === "In" ? isNamed : !isNamed);
  });
}

/** Rules first, then the container's own policy, then the pod's. */
export function shouldRestart(container: Container, spec: PodSpec, code: number): boolean {
  if (container.restartPolicy !== undefined && ruleFor(container, code)) return true;
  const policy = container.restartPolicy ?? spec.restartPolicy ?? "Always";
  return policy === "Always" || (policy === "OnFailure" && code !== 0);
}

/** Whether a container that is killed is to come back, its exit code not being known yet. */
export function restartsAfterKill(container: Container, spec: PodSpec): boolean {
  return (container.restartPolicy ?? spec.restartPolicy) !== "Never";
}

/** Whether this end has all containers of the pod restarted. */
export function restartsAll(container: Container, code: number): boolean {
  return container.restartPolicy !== undefined && ruleFor(container, code)?.action === "RestartAllContainers";
}

/** Whether some end of some container could do that. */
export function couldRestartAll(spec: PodSpec): boolean {
  const containers = spec.initContainers ? [...spec.initContainers, ...spec.containers] : spec.containers;
  return containers.some((one) => one.restartPolicyRules?.some((rule) => rule.action === "RestartAllContainers"));
}

/** A restartable init container. */
export function isSidecar(initContainer: Container): boolean {
  return initContainer.restartPolicy === "Always";
}
