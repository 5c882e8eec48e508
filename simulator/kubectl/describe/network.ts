/** Ingresses, their classes and network policies as `kubectl describe` shows them. Models describeIngressV1 and describeNetworkPolicy of kubectl/pkg/describe/describe.go. */
import { asObject, type JsonObject, listAt, numberAt, objectAt, stringAt } from "../../api/json.ts";
import { selectorCell } from "../../api/printers/cells.ts";
import { type ApiObject, isStatus } from "../../apiserver/types.ts";
import { found, type Lookup } from "./lookup.ts";
import { endpointsText, slicesOf } from "./services.ts";
import { annotationLines, joined, labelLines, line, row, rowIf, tableLines, valueText } from "./writer.ts";

const objectsAt = (object: JsonObject, key: string): readonly JsonObject[] => listAt(object, key).map(asObject);

function backendText(look: Lookup, namespace: string, backend: JsonObject): string {
  const service = objectAt(backend, "service");
  if (service) return serviceBackendText(look, namespace, service);
  const resource = objectAt(backend, "resource");
  if (!resource) return "";
  const group = valueText(resource["apiGroup"], "<none>");
  return `APIGroup: ${group}, Kind: ${stringAt(resource, "kind")}, Name: ${stringAt(resource, "name")}`;
}

function serviceBackendText(look: Lookup, namespace: string, backend: JsonObject): string {
  const name = stringAt(backend, "name");
  const port = asObject(backend["port"]);
  const number = numberAt(port, "number") ?? 0;
  const portName = stringAt(port, "name");
  const head = `${name}:${number === 0 ? portName : number}`;
  const service = found(look, "Service", namespace, name);
  if (isStatus(service)) return `${head} (<error: ${service.message}>)`;
  const chosen = objectsAt(asObject(service["spec"]), "ports").filter(
    (one) => (number !== 0 && one["port"] === number) || (portName !== "" && one["name"] === portName),
  );
  const slices = slicesOf(look, namespace, name);
  return `${head} (${endpointsText(slices, stringAt(chosen.at(-1), "name"))})`;
}

export function ingressText(ingress: ApiObject, look: Lookup): string {
  const { name, namespace = "", labels, annotations = {} } = ingress.metadata;
  const spec = asObject(ingress["spec"]);
  const backend = objectAt(spec, "defaultBackend");
  const fallback = backend ? backendText(look, namespace, backend) : "<default>";
  const rules = objectsAt(spec, "rules").filter((rule) => rule["http"]);
  const rows = rules.flatMap((rule) => [
    line(1, `${stringAt(rule, "host") || "*"}\t`),
    ...objectsAt(asObject(rule["http"]), "paths").map((path) =>
      line(2, `\t${stringAt(path, "path")} \t${backendText(look, namespace, asObject(path["backend"]))}`),
    ),
  ]);
  const tls = objectsAt(spec, "tls").map((one) => {
    const [secret, hosts] = [stringAt(one, "secretName"), joined(one, "hosts")];
    return line(1, secret === "" ? `SNI routes ${hosts}` : `${secret} terminates ${hosts}`);
  });
  return [
    row("Name", name),
    labelLines("Labels", labels),
    row("Namespace", namespace),
    row("Address", addressText(asObject(ingress["status"]))),
    row("Ingress Class", valueText(spec["ingressClassName"], "<none>")),
    row("Default backend", fallback),
    tls.length > 0 ? line(0, "TLS:") + tls.join("") : "",
    tableLines("Rules", ["Host", "Path", "Backends"], []),
    rows.length > 0 ? rows.join("") : line(1, `*\t*\t${fallback}`),
    annotationLines("Annotations", annotations),
  ].join("");
}

function addressText(status: JsonObject): string {
  const all = objectsAt(asObject(status["loadBalancer"]), "ingress");
  const texts = all.map((one) => stringAt(one, "ip") || stringAt(one, "hostname")).filter((one) => one !== "");
  return [...new Set(texts)].sort().join(",");
}

export function ingressClassText(object: ApiObject): string {
  const spec = asObject(object["spec"]);
  const parameters = objectAt(spec, "parameters");
  return [
    row("Name", object.metadata.name),
    labelLines("Labels", object.metadata.labels),
    annotationLines("Annotations", object.metadata.annotations ?? {}),
    row("Controller", stringAt(spec, "controller")),
    parameters
      ? line(0, "Parameters:") +
        rowIf("APIGroup", parameters["apiGroup"], 1) +
        row("Kind", stringAt(parameters, "kind"), 1) +
        row("Name", stringAt(parameters, "name"), 1)
      : "",
  ].join("");
}

const indent = " ".repeat(4);

export function networkPolicyText(policy: ApiObject): string {
  const { name, namespace = "", labels, annotations = {} } = policy.metadata;
  const created = stringAt(policy.metadata, "creationTimestamp");
  const spec = asObject(policy["spec"]);
  const selector = selectorCell(asObject(spec["podSelector"]));
  const everything = "<none> (Allowing the specific traffic to all pods in this namespace)";
  const types = listAt(spec, "policyTypes").map(String);
  return [
    row("Name", name),
    row("Namespace", namespace),
    row("Created on", `${created.replace("T", " ").replace("Z", "")} +0000 UTC`),
    labelLines("Labels", labels),
    annotationLines("Annotations", annotations),
    line(0, "Spec:"),
    line(1, `PodSelector:     ${selector === "<none>" ? everything : selector}`),
    ...(["ingress", "egress"] as const).map((direction) => {
      const isOn = types.some((type) => type.toLowerCase() === direction);
      if (!isOn) return line(1, `Not affecting ${direction} traffic`);
      return line(1, `Allowing ${direction} traffic:`) + ruleLines(objectsAt(spec, direction), direction);
    }),
    line(1, `Policy Types: ${types.join(", ") || "<none>"}`),
  ].join("");
}

function ruleLines(rules: readonly JsonObject[], direction: "ingress" | "egress"): string {
  if (rules.length === 0) return `${indent}<none> (Selected pods are isolated for ${direction} connectivity)\n`;
  const [title, field, other] =
    direction === "ingress" ? (["From", "from", "source"] as const) : (["To", "to", "destination"] as const);
  return rules
    .map((rule) => {
      const ports = objectsAt(rule, "ports").map((port) => `${indent}${portText(port)}\n`);
      const peers = objectsAt(rule, field).map((peer) => `${indent}${title}:\n${peerLines(peer)}`);
      return [
        ...(ports.length > 0 ? ports : [`${indent}To Port: <any> (traffic allowed to all ports)\n`]),
        ...(peers.length > 0 ? peers : [`${indent}${title}: <any> (traffic not restricted by ${other})\n`]),
      ].join("");
    })
    .join(`${indent}----------\n`);
}

function portText(port: JsonObject): string {
  const protocol = stringAt(port, "protocol") || "TCP";
  const number = valueText(port["port"], "<nil>");
  const end = port["endPort"];
  return end === undefined
    ? `To Port: ${number}/${protocol}`
    : `To Port Range: ${number}-${valueText(end)}/${protocol}`;
}

function peerLines(peer: JsonObject): string {
  const selectors = [
    ["NamespaceSelector", objectAt(peer, "namespaceSelector")],
    ["PodSelector", objectAt(peer, "podSelector")],
  ] as const;
  const given = selectors.flatMap(([title, one]) => (one ? [line(1, `${indent}${title}: ${selectorCell(one)}`)] : []));
  if (given.length > 0) return given.join("");
  const block = objectAt(peer, "ipBlock");
  if (!block) return "";
  return [
    line(1, `${indent}IPBlock:`),
    line(2, `${indent}CIDR: ${stringAt(block, "cidr")}`),
    line(2, `${indent}Except: ${joined(block, "except", ", ")}`),
  ].join("");
}
