/** Ports of containers. Models validateContainerPorts and checkHostPortConflicts of pkg/apis/core/validation. */
import { checkFormat } from "../check-format.ts";
import { duplicate, type FieldPath, invalid, required } from "../field-path.ts";
import { asObject, isTrue, type JsonObject, listAt, numberAt, stringAt } from "../json.ts";
import { checkChoice, checkRange } from "./check.ts";
import type { PodContext } from "./context.ts";

const protocols = ["SCTP", "TCP", "UDP"];

export function validatePorts(container: JsonObject, path: FieldPath, context: PodContext): void {
  const found = context.found;
  const names = new Set<string>();
  for (const [index, entry] of listAt(container, "ports").entries()) {
    const port = asObject(entry);
    const at = path.child("ports").index(index);
    const name = stringAt(port, "name");
    if (name !== "" && checkFormat("invalid-port-name", name, at.child("name"), found)) {
      if (names.has(name)) found.push(duplicate("duplicate-port-name", at.child("name"), { value: name }));
      names.add(name);
    }
    const number = numberAt(port, "containerPort") ?? 0;
    if (number === 0) found.push(required("field-required", at.child("containerPort"), { field: "containerPort" }));
    else checkRange(number, 1, 65535, at.child("containerPort"), found);
    const hostPort = numberAt(port, "hostPort") ?? 0;
    if (hostPort !== 0) checkRange(hostPort, 1, 65535, at.child("hostPort"), found);
    checkChoice(stringAt(port, "protocol"), protocols, at.child("protocol"), found);
  }
}

/** Host ports taken twice; `taken` carries over the containers that run at the same time. */
export function validateHostPortConflicts(
  container: JsonObject,
  path: FieldPath,
  taken: Set<string>,
  context: PodContext,
): void {
  for (const [index, entry] of listAt(container, "ports").entries()) {
    const port = asObject(entry);
    const hostPort = numberAt(port, "hostPort") ?? 0;
    if (hostPort === 0) continue;
    const value = `${stringAt(port, "protocol")}/${stringAt(port, "hostIP")}/${hostPort}`;
    if (taken.has(value)) {
      context.found.push(
        duplicate("duplicate-host-port", path.child("ports").index(index).child("hostPort"), { value }),
      );
    }
    taken.add(value);
  }
}

/** On the host's network a host port must be the container's; a template may leave it out. */
export function validateHostNetworkPorts(spec: JsonObject, path: FieldPath, context: PodContext): void {
  if (!isTrue(spec, "hostNetwork")) return;
  for (const [containerIndex, entry] of listAt(spec, "containers").entries()) {
    for (const [index, portEntry] of listAt(asObject(entry), "ports").entries()) {
      const port = asObject(portEntry);
      const hostPort = numberAt(port, "hostPort") ?? 0;
      const containerPort = numberAt(port, "containerPort") ?? 0;
      if (hostPort === containerPort || (hostPort === 0 && !context.isPod)) continue;
      const at = path.child("containers").index(containerIndex).child("ports").index(index).child("hostPort");
      context.found.push(invalid("host-port-differs", at, { value: hostPort, containerPort }));
    }
  }
}
