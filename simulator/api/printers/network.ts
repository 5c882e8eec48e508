/** The tables of Services and what leads to them. Models pkg/printers/internalversion/printers.go. */
import { asObject, type JsonObject, listAt, numberAt, objectAt, stringAt } from "../json.ts";
import type { Printer } from "../kind.ts";
import { age, columns, labelText, nameOf, none, orNone, selectorCell, specOf, statusOf } from "./cells.ts";

function portsText(spec: JsonObject): string {
  const ports = listAt(spec, "ports").map(asObject);
  const text = (one: JsonObject) => {
    const node = numberAt(one, "nodePort") ?? 0;
    return `${numberAt(one, "port")}${node > 0 ? `:${node}` : ""}/${stringAt(one, "protocol")}`;
  };
  return orNone(ports.map(text).join());
}

function balancerText(status: JsonObject): string {
  const ingress = listAt(objectAt(status, "loadBalancer"), "ingress").map(asObject);
  return [...new Set(ingress.map((one) => stringAt(one, "ip") || stringAt(one, "hostname")))].filter(Boolean).join();
}

function externalText(object: JsonObject): string {
  const spec = specOf(object);
  const addresses = listAt(spec, "externalIPs").join();
  switch (stringAt(spec, "type")) {
    case "ClusterIP":
    case "NodePort":
      return orNone(addresses);
    case "LoadBalancer":
      return [balancerText(statusOf(object)), addresses].filter(Boolean).join() || "<pending>";
    case "ExternalName":
      return stringAt(spec, "externalName");
    default:
      return "<unknown>";
  }
}

export const servicePrinter: Printer = {
  columns: columns("Type", "Cluster-IP", "External-IP", "Port(s)", "Age", "Selector*"),
  cells(object, now) {
    const spec = specOf(object);
    return [
      nameOf(object),
      stringAt(spec, "type"),
      orNone(stringAt(spec, "clusterIP")),
      externalText(object),
      portsText(spec),
      age(object, now),
      labelText(objectAt(spec, "selector")),
    ];
  },
};

function hostsText(spec: JsonObject): string {
  const hosts = listAt(spec, "rules").map((one) => stringAt(asObject(one), "host") || "*");
  if (hosts.length === 0) return "*";
  return hosts.length > 3 ? `${hosts.slice(0, 3).join()} + ${hosts.length - 3} more...` : hosts.join();
}

export const ingressPrinter: Printer = {
  columns: columns("Class", "Hosts", "Address", "Ports", "Age"),
  cells(object, now) {
    const spec = specOf(object);
    return [
      nameOf(object),
      orNone(stringAt(spec, "ingressClassName")),
      hostsText(spec),
      balancerText(statusOf(object)),
      listAt(spec, "tls").length > 0 ? "80, 443" : "80",
      age(object, now),
    ];
  },
};

export const ingressClassPrinter: Printer = {
  columns: columns("Controller", "Parameters", "Age"),
  cells(object, now) {
    const spec = specOf(object);
    const parameters = objectAt(spec, "parameters");
    const group = stringAt(parameters, "apiGroup");
    const kind = stringAt(parameters, "kind") + (group === "" ? "" : `.${group}`);
    const text = parameters ? `${kind}/${stringAt(parameters, "name")}` : none;
    return [nameOf(object), stringAt(spec, "controller"), text, age(object, now)];
  },
};

export const networkPolicyPrinter: Printer = {
  columns: columns("Pod-Selector", "Age"),
  cells: (object, now) => [nameOf(object), selectorCell(objectAt(specOf(object), "podSelector")), age(object, now)],
};

const mostShown = 3;

/** The first addresses with the first ports, and how many more there are. */
function endpointsText(object: JsonObject): string {
  const all = listAt(object, "subsets")
    .map(asObject)
    .flatMap((subset) => {
      const addresses = listAt(subset, "addresses").map((one) => stringAt(asObject(one), "ip"));
      const ports = listAt(subset, "ports").map((one) => numberAt(asObject(one), "port"));
      return ports.length === 0 ? addresses : ports.flatMap((port) => addresses.map((one) => `${one}:${port}`));
    });
  const shown = all.slice(0, mostShown).join();
  return orNone(all.length > mostShown ? `${shown} + ${all.length - mostShown} more...` : shown);
}

export const endpointsPrinter: Printer = {
  columns: columns("Endpoints", "Age"),
  cells: (object, now) => [nameOf(object), endpointsText(object), age(object, now)],
};

function limited(list: readonly string[], missing: string): string {
  if (list.length === 0) return missing;
  const shown = list.slice(0, mostShown).join();
  return list.length > mostShown ? `${shown} + ${list.length - mostShown} more...` : shown;
}

export const endpointSlicePrinter: Printer = {
  columns: columns("AddressType", "Ports", "Endpoints", "Age"),
  cells(object, now) {
    const ports = listAt(object, "ports").map((one) => String(numberAt(asObject(one), "port") ?? "*"));
    const endpoints = listAt(object, "endpoints").flatMap((one) => listAt(asObject(one), "addresses").map(String));
    return [
      nameOf(object),
      stringAt(object, "addressType"),
      limited(ports, "<unset>"),
      limited(endpoints, "<unset>"),
      age(object, now),
    ];
  },
};
