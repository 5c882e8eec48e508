/** What a program in a simulated container can see of itself and of the cluster. */
import { asObject, type JsonObject, listAt, stringAt } from "../../api/json.ts";
import type { ApiObject } from "../../apiserver/types.ts";
import type { Door, Running } from "../command/command.ts";
import { fieldText, resourceText } from "../describe/environment.ts";
import { type Lookup, listed } from "../describe/lookup.ts";
import { valuesIn } from "./stored.ts";

export interface Inside {
  readonly look: Lookup;
  readonly door: Door;
  readonly pod: ApiObject;
  readonly container: JsonObject;
  /** Set by the shell as it goes. */
  readonly variables: ReadonlyMap<string, string>;
  /** How many connections it has made: those to a Service go from pod to pod. */
  readonly made: { connections: number };
}

/** What a command comes to: its effects on the way, and its exit code. */
export type Run = Running;

/** The inside of a container of a pod. */
export function insideOf(door: Door, pod: ApiObject, container: JsonObject): Inside {
  const look: Lookup = { kinds: door.kinds, now: door.now(), request: door.request.bind(door) };
  const inside = { look, door, pod, container, variables: new Map<string, string>(), made: { connections: 0 } };
  return { ...inside, variables: environmentOf(inside) };
}

export const namespaceOf = ({ pod }: Inside): string => pod.metadata.namespace ?? "default";

/** The name of the machine: that of the pod, unless it says otherwise. */
export function hostname({ pod }: Inside): string {
  return stringAt(asObject(pod["spec"]), "hostname") || pod.metadata.name.slice(0, 63);
}

/** The variables of a container: those of the system, of Services, and its own. Models makeEnvironmentVariables of pkg/kubelet/kubelet_pods.go. */
function environmentOf(inside: Inside): ReadonlyMap<string, string> {
  const { container, pod } = inside;
  const variables = new Map([
    ["PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
    ["HOSTNAME", hostname(inside)],
  ]);
  for (const source of listAt(container, "envFrom").map(asObject)) {
    const kind = source["secretRef"] ? "Secret" : "ConfigMap";
    const ref = asObject(source["secretRef"] ?? source["configMapRef"]);
    const values = valuesIn(inside.look, kind, namespaceOf(inside), stringAt(ref, "name"));
    for (const [key, value] of Object.entries(values ?? {})) variables.set(stringAt(source, "prefix") + key, value);
  }
  for (const one of listAt(container, "env").map(asObject)) {
    const value = variableOf(inside, one, variables);
    if (value !== undefined) variables.set(stringAt(one, "name"), value);
  }
  if (asObject(pod["spec"])["enableServiceLinks"] !== false) {
    for (const [key, value] of serviceVariables(inside)) if (!variables.has(key)) variables.set(key, value);
  }
  variables.set("HOME", variables.get("HOME") ?? "/root");
  return variables;
}

function variableOf(inside: Inside, one: JsonObject, known: ReadonlyMap<string, string>): string | undefined {
  const from = asObject(one["valueFrom"]);
  const { pod, container, look } = inside;
  if (one["valueFrom"] === undefined) {
    return stringAt(one, "value").replace(
      /\$(\$\([^)]*\))|\$\(([^)]*)\)/g,
      (whole, kept, name) => kept ?? known.get(name) ?? whole,
    );
  }
  if (from["fieldRef"]) return podField(pod, stringAt(asObject(from["fieldRef"]), "fieldPath"));
  if (from["resourceFieldRef"])
    return resourceText(asObject(from["resourceFieldRef"]), asObject(container["resources"]));
  const kind = from["secretKeyRef"] ? "Secret" : "ConfigMap";
  const ref = asObject(from["secretKeyRef"] ?? from["configMapKeyRef"]);
  return valuesIn(look, kind, namespaceOf(inside), stringAt(ref, "name"))?.[stringAt(ref, "key")];
}

/** What a field of a pod is, as a kubelet hands it to its containers. */
export function podField(pod: ApiObject, path: string): string {
  const [spec, status] = [asObject(pod["spec"]), asObject(pod["status"])];
  switch (path) {
    case "spec.nodeName":
    case "spec.serviceAccountName":
      return stringAt(spec, path.slice("spec.".length));
    case "status.podIP":
    case "status.hostIP":
      return stringAt(status, path.slice("status.".length));
    case "status.podIPs":
      return stringAt(status, "podIP");
    default:
      return fieldText(pod, path);
  }
}

/** `WEB_SERVICE_HOST` and the like, for the Services that were there before the pod. */
function serviceVariables({ look, pod }: Inside): readonly (readonly [string, string])[] {
  const since = stringAt(pod.metadata as JsonObject, "creationTimestamp");
  const services = listed(look, "Service", pod.metadata.namespace ?? "default").filter(
    (one) => stringAt(one.metadata as JsonObject, "creationTimestamp") <= since,
  );
  const own = services.flatMap((service): readonly (readonly [string, string])[] => {
    const spec = asObject(service["spec"]);
    const address = stringAt(spec, "clusterIP");
    const ports = listAt(spec, "ports").map(asObject);
    if (address === "" || address === "None" || ports.length === 0) return [];
    return linkVariables(service.metadata.name, address, ports);
  });
  const api = { name: "https", port: 443, protocol: "TCP" };
  return [...own, ...linkVariables("kubernetes", "10.96.0.1", [api])];
}

function linkVariables(
  name: string,
  address: string,
  ports: readonly JsonObject[],
): readonly (readonly [string, string])[] {
  const prefix = name.toUpperCase().replaceAll("-", "_");
  const [first] = ports;
  const named = ports.filter((one) => one["name"] !== undefined);
  const link = (port: JsonObject) => {
    const protocol = (stringAt(port, "protocol") || "TCP").toLowerCase();
    const base = `${prefix}_PORT_${String(port["port"])}_${protocol.toUpperCase()}`;
    return [
      [base, `${protocol}://${address}:${String(port["port"])}`],
      [`${base}_PROTO`, protocol],
      [`${base}_PORT`, String(port["port"])],
      [`${base}_ADDR`, address],
    ] as const;
  };
  return [
    [`${prefix}_SERVICE_HOST`, address],
    [`${prefix}_SERVICE_PORT`, String(first?.["port"])],
    ...named.map((one) => {
      const port = stringAt(one, "name").toUpperCase().replaceAll("-", "_");
      return [`${prefix}_SERVICE_PORT_${port}`, String(one["port"])] as const;
    }),
    [
      `${prefix}_PORT`,
      `${(stringAt(first, "protocol") || "TCP").toLowerCase()}://${address}:${String(first?.["port"])}`,
    ],
    ...ports.flatMap(link),
  ];
}
