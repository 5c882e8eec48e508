/** Services and their endpoints as `kubectl describe` shows them. Models describeService and describeEndpointSliceV1 of kubectl/pkg/describe/describe.go. */
import { asObject, type JsonObject, listAt, numberAt, objectAt, stringAt } from "../../api/json.ts";
import { labelText } from "../../api/printers/cells.ts";
import type { ApiObject } from "../../apiserver/types.ts";
import { type Lookup, listed } from "./lookup.ts";
import { annotationLines, joined, labelLines, line, row, rowIf, tableLines, valueText } from "./writer.ts";

const head = ({ metadata }: ApiObject): string =>
  row("Name", metadata.name) +
  row("Namespace", metadata.namespace ?? "") +
  labelLines("Labels", metadata.labels) +
  annotationLines("Annotations", metadata.annotations ?? {});

const objectsAt = (object: JsonObject, key: string): readonly JsonObject[] => listAt(object, key).map(asObject);

export function serviceText(service: ApiObject, look: Lookup): string {
  const spec = asObject(service["spec"]);
  const slices = slicesOf(look, service.metadata.namespace ?? "", service.metadata.name);
  const ingress = objectsAt(asObject(asObject(service["status"])["loadBalancer"]), "ingress");
  const health = numberAt(spec, "healthCheckNodePort") ?? 0;
  return [
    head(service),
    row("Selector", labelText(asObject(spec["selector"]))),
    row("Type", stringAt(spec, "type")),
    rowIf("IP Family Policy", spec["ipFamilyPolicy"]),
    row("IP Families", joined(spec, "ipFamilies") || "<none>"),
    row("IP", stringAt(spec, "clusterIP")),
    row("IPs", joined(spec, "clusterIPs") || "<none>"),
    rowIf("External IPs", joined(spec, "externalIPs")),
    rowIf("Desired LoadBalancer IP", spec["loadBalancerIP"]),
    rowIf("External Name", spec["externalName"]),
    ingress.length > 0 ? row("LoadBalancer Ingress", ingress.map(ingressText).join(", ")) : "",
    ...objectsAt(spec, "ports").map((port) => portLines(port, slices)),
    row("Session Affinity", stringAt(spec, "sessionAffinity")),
    rowIf("External Traffic Policy", spec["externalTrafficPolicy"]),
    rowIf("Internal Traffic Policy", spec["internalTrafficPolicy"]),
    health === 0 ? "" : row("HealthCheck NodePort", health),
    rowIf("LoadBalancer Source Ranges", joined(spec, "loadBalancerSourceRanges")),
    rowIf("Traffic Distribution", spec["trafficDistribution"]),
  ].join("");
}

function ingressText(one: JsonObject): string {
  const ip = stringAt(one, "ip");
  const mode = stringAt(one, "ipMode");
  return ip === "" ? stringAt(one, "hostname") : `${ip}${mode === "" ? "" : ` (${mode})`}`;
}

function portLines(port: JsonObject, slices: readonly ApiObject[]): string {
  const name = stringAt(port, "name") || "<unset>";
  const protocol = stringAt(port, "protocol");
  const nodePort = numberAt(port, "nodePort") ?? 0;
  return [
    row("Port", `${name}\t${valueText(port["port"])}/${protocol}`),
    row("TargetPort", `${valueText(port["targetPort"], "0")}/${protocol}`),
    rowIf("AppProtocol", port["appProtocol"]),
    nodePort === 0 ? "" : row("NodePort", `${name}\t${nodePort}/${protocol}`),
    row("Endpoints", endpointsText(slices, stringAt(port, "name"))),
  ].join("");
}

/** The EndpointSlices of a Service. */
export function slicesOf(look: Lookup, namespace: string, service: string): readonly ApiObject[] {
  return listed(look, "EndpointSlice", namespace, { labelSelector: `kubernetes.io/service-name=${service}` });
}

const mostShown = 3;

/** The first addresses that are ready behind a port of a Service, and how many more there are. */
export function endpointsText(slices: readonly ApiObject[], port: string): string {
  if (slices.length === 0) return "<none>";
  const places = slices.flatMap((slice) => {
    const ready = objectsAt(slice, "endpoints").filter((one) => asObject(one["conditions"])["ready"] !== false);
    const addresses = ready.map((one) => String(listAt(one, "addresses")[0] ?? ""));
    const ports = objectsAt(slice, "ports");
    if (ports.length === 0) return addresses;
    const chosen = ports.filter((one) => stringAt(one, "name") === port);
    return chosen.flatMap((one) => addresses.map((address) => hostPort(address, valueText(one["port"], "0"))));
  });
  const text = places.slice(0, mostShown).join(",");
  return places.length > mostShown ? `${text} + ${places.length - mostShown} more...` : text;
}

/** `10.0.0.1:80`, `[::1]:80`. */
export function hostPort(host: string, port: string): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

export function endpointSliceText(slice: ApiObject): string {
  const ports = objectsAt(slice, "ports").map((port) =>
    [stringAt(port, "name") || "<unset>", valueText(port["port"], "<unset>"), stringAt(port, "protocol")].join("\t"),
  );
  const endpoints = objectsAt(slice, "endpoints");
  return [
    head(slice),
    row("AddressType", stringAt(slice, "addressType")),
    ports.length === 0 ? line(0, "Ports: <unset>") : tableLines("Ports", ["Name", "Port", "Protocol"], ports),
    endpoints.length === 0 ? line(0, "Endpoints: <none>") : line(0, "Endpoints:"),
    ...endpoints.map(endpointLines),
  ].join("");
}

function endpointLines(endpoint: JsonObject): string {
  const target = objectAt(endpoint, "targetRef");
  return [
    row("- Addresses", joined(endpoint, "addresses", ", ") || "<none>", 1),
    line(2, "Conditions:"),
    row("Ready", valueText(asObject(endpoint["conditions"])["ready"], "<unset>"), 3),
    row("Hostname", valueText(endpoint["hostname"], "<unset>"), 2),
    target ? row("TargetRef", `${stringAt(target, "kind")}/${stringAt(target, "name")}`, 2) : "",
    row("NodeName", valueText(endpoint["nodeName"], "<unset>"), 2),
    row("Zone", valueText(endpoint["zone"], "<unset>"), 2),
  ].join("");
}

export function endpointsObjectText(endpoints: ApiObject): string {
  const addresses = (subset: JsonObject, key: string) =>
    objectsAt(subset, key)
      .map((one) => stringAt(one, "ip"))
      .join(",") || "<none>";
  const subsets = objectsAt(endpoints, "subsets").map((subset) => {
    const ports = objectsAt(subset, "ports").map((port) =>
      [stringAt(port, "name") || "<unset>", valueText(port["port"], "0"), stringAt(port, "protocol")].join("\t"),
    );
    const titles = ["Name", "Port", "Protocol"];
    const table = tableLines("Ports", titles, ports, undefined, 2);
    return [
      row("Addresses", addresses(subset, "addresses"), 1),
      row("NotReadyAddresses", addresses(subset, "notReadyAddresses"), 1),
      ports.length > 0 ? table : "",
      "\n",
    ].join("");
  });
  return [head(endpoints), line(0, "Subsets:"), ...subsets].join("");
}
