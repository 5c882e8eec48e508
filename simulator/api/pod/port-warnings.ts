/** Ports that are probably meant otherwise. Models the part about ports of pkg/api/pod/warnings.go */
import { type FieldPath, warning } from "../field-path.ts";
import { asObject, type JsonObject, listAt, numberAt, stringAt } from "../json.ts";
import type { Problem } from "../problem.ts";
import { allContainers } from "./os.ts";

interface SeenPort {
  readonly path: FieldPath;
  readonly container: JsonObject;
  readonly hostIP: string;
  readonly hostPort: number;
}

export function portWarnings(spec: JsonObject, path: FieldPath): Problem[] {
  const found: Problem[] = [];
  const byNumber = new Map<string, SeenPort[]>();
  const byName = new Map<string, SeenPort>();
  for (const [container, containerPath] of allContainers(spec, path)) {
    for (const [index, entry] of listAt(container, "ports").entries()) {
      const port = asObject(entry);
      const hostIP = stringAt(port, "hostIP");
      const hostPort = numberAt(port, "hostPort") ?? 0;
      const seen: SeenPort = { path: containerPath.child("ports").index(index), container, hostIP, hostPort };
      if (hostIP !== "" && hostPort === 0) found.push(warning("host-ip-without-port", seen.path, { value: hostIP }));
      const name = stringAt(port, "name");
      const namesake = byName.get(name);
      if (name !== "" && namesake === undefined) byName.set(name, seen);
      // Within one container a repeated name is an error.
      else if (namesake !== undefined && namesake.container !== container) {
        found.push(warning("port-name-in-two-containers", seen.path, { value: name, other: namesake.path.text }));
      }
      const key = `${numberAt(port, "containerPort") ?? 0}/${stringAt(port, "protocol")}`;
      const others = byNumber.get(key) ?? [];
      for (const other of others) {
        const code = clash(seen, other);
        if (code !== undefined) found.push(warning(code, seen.path, { value: key, other: other.path.text }));
      }
      byNumber.set(key, [...others, seen]);
    }
  }
  return found;
}

/** How two ports of the same number and protocol get into each other's way. */
function clash(one: SeenPort, other: SeenPort): string | undefined {
  if (one.hostIP === other.hostIP && one.hostPort === other.hostPort) return "port-repeated";
  if (one.hostPort === 0 || other.hostPort === 0) return "port-overlaps";
  const oneIsOpen = one.hostIP === "";
  const otherIsOpen = other.hostIP === "";
  return one.hostPort === other.hostPort && oneIsOpen !== otherIsOpen ? "port-ambiguous" : undefined;
}
