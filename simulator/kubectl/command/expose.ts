/** `kubectl expose`. Models kubectl/pkg/cmd/expose/expose.go and kubectl/pkg/polymorphichelpers. */
import { asObject, type JsonObject, listAt, numberAt, stringAt } from "../../api/json.ts";
import { groupKind } from "../../api/kind.ts";
import type { LabelMap } from "../../api/objects.ts";
import { goQuote } from "../../api/schedule/error-text.ts";
import { templateOf } from "../template.ts";
import type { Command, Context, Running, Steps } from "./command.ts";
import { ended, type Failure } from "./failure.ts";
import { dryRun, fieldManager, fromFiles, printing, saveConfig, text } from "./flag.ts";
import type { Info } from "./info.ts";
import { print } from "./output.ts";
import { overridden, overriding } from "./overrides.ts";
import { pick } from "./pick.ts";
import { createObject } from "./requests.ts";
import { dryRunOf, flag, isOn, type Words } from "./words.ts";
import { withLastAppliedInOrder } from "./written.ts";

export const expose: Command = {
  name: "expose",
  says: "Make a Service for a workload, a pod or another Service",
  usage:
    "(-f FILENAME | TYPE NAME) [--port=port] [--protocol=TCP|UDP|SCTP] [--target-port=number-or-name] [--name=name]",
  flags: [
    ...fromFiles,
    ...printing(),
    ...overriding,
    dryRun,
    saveConfig,
    fieldManager("kubectl-expose"),
    text("cluster-ip", "the address of the Service; None: none at all"),
    text("external-ip", "another address at which it is to be had"),
    text("labels", "labels of the Service", { short: "l" }),
    text("load-balancer-ip", "the address that a load balancer is to have"),
    text("name", "the name of the Service"),
    text("port", "the port of the Service; without it, those of what is exposed"),
    text("protocol", "TCP, UDP or SCTP"),
    text("selector", "the labels of the pods; without it, those of what is exposed"),
    text("session-affinity", "None or ClientIP"),
    text("target-port", "the port of the containers, by number or name"),
    text("type", "ClusterIP, NodePort, LoadBalancer or ExternalName"),
  ],
  run,
};

const exposed: ReadonlySet<string> = new Set(["ReplicationController", "Service", "Pod", "Deployment", "ReplicaSet"]);

const pairsText = (labels: JsonObject): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${String(value)}`)
    .join();

type Read<T> = { readonly value: T } | { readonly error: string };

/** The selector that pods of the object are found by. */
function selectorOf({ place, object }: Info): Read<string> {
  const spec = asObject(object["spec"]);
  const { kind } = place.row;
  if (kind === "Pod") {
    const labels = object.metadata.labels ?? {};
    const isBare = Object.keys(labels).length === 0;
    return isBare ? { error: "the pod has no labels and cannot be exposed" } : { value: pairsText(labels) };
  }
  if (kind === "Service") {
    return spec["selector"]
      ? { value: pairsText(asObject(spec["selector"])) }
      : { error: "the service has no pod selector set" };
  }
  const selector = kind === "ReplicationController" ? { matchLabels: spec["selector"] } : asObject(spec["selector"]);
  const labels = asObject(selector["matchLabels"]);
  if (Object.keys(labels).length === 0) {
    return { error: `invalid ${kind.toLowerCase()}: no selectors, therefore cannot be exposed` };
  }
  const expressions = listAt(selector as JsonObject, "matchExpressions").map(asObject);
  if (expressions.length === 0) return { value: pairsText(labels) };
  const texts = expressions.map((one) => {
    const values = listAt(one, "values").map(String).join(" ");
    return `{Key:${stringAt(one, "key")} Operator:${stringAt(one, "operator")} Values:[${values}]}`;
  });
  return { error: `couldn't convert expressions - "[${texts.join(" ")}]" to map-based selector format` };
}

/** Each port that the object has, with its protocols. */
function portsOf(info: Info): ReadonlyMap<string, readonly string[]> {
  const isService = info.place.row.kind === "Service";
  const containers = listAt(asObject(templateOf(info)["spec"]), "containers").map(asObject);
  const ports = isService
    ? listAt(asObject(info.object["spec"]), "ports")
    : containers.flatMap((one) => listAt(one, "ports"));
  const found = new Map<string, readonly string[]>();
  for (const port of ports.map(asObject)) {
    const number = String(numberAt(port, isService ? "port" : "containerPort") ?? 0);
    found.set(number, [...(found.get(number) ?? []), stringAt(port, "protocol") || "TCP"]);
  }
  return found;
}

function labelsOf(spec: string): Read<LabelMap> {
  const labels: Record<string, string> = {};
  for (const part of spec.split(",")) {
    const [key = "", value = "", ...more] = part.split("=");
    if (!part.includes("=") || more.length > 0) return { error: `unexpected label spec: ${part}` };
    if (key === "") return { error: "unexpected empty label key" };
    labels[key] = value;
  }
  return { value: labels };
}

/** `--selector` is not for what is exposed. */
function withoutSelector(words: Words): Words {
  return { ...words, given: new Map([...words.given].filter(([name]) => name !== "selector")) };
}

function* run(context: Context, words: Words): Running {
  const { infos, failures } = yield* pick(context, withoutSelector(words), { asInFile: true });
  const met: Failure[] = [...failures];
  for (const info of infos) met.push(...(yield* exposeOne(context, words, info)));
  return yield* ended(met);
}

function* exposeOne(context: Context, words: Words, info: Info): Steps<readonly Failure[]> {
  const { row } = info.place;
  if (!exposed.has(row.kind)) return [`cannot expose a ${groupKind(row)}`];
  const made = serviceFor(words, info);
  if ("error" in made) return [made.error];
  const service = context.door.kinds.named("Service")!;
  const changed = overridden(words, { apiVersion: "v1", kind: "Service", ...made.value });
  if ("error" in changed) return [changed.error];
  if (dryRunOf(words) === "client") {
    const namespace = context.isNamespaceGiven ? { namespace: context.namespace } : {};
    const shown = changed.value;
    const metadata = { ...asObject(shown["metadata"]), ...namespace };
    return yield* print(context, words, service, { ...shown, metadata, status: { loadBalancer: {} } }, "exposed");
  }
  const body = isOn(words, "save-config") ? withLastAppliedInOrder(changed.value) : changed.value;
  const options = { dryRun: dryRunOf(words) === "server", fieldManager: flag(words, "field-manager") };
  const answer = yield* createObject(context, service, context.namespace, body, options);
  return answer.ok ? yield* print(context, words, service, answer.object, "exposed") : [answer.status];
}

function serviceFor(words: Words, info: Info): Read<JsonObject> {
  const { object, place } = info;
  const found = flag(words, "selector") === "" ? selectorOf(info) : { value: flag(words, "selector") };
  if ("error" in found) {
    return { error: `couldn't retrieve selectors via --selector flag or introspection: ${found.error}` };
  }
  const present = portsOf(info);
  const asked = flag(words, "port");
  const numbers = asked === "" ? [...present.keys()] : asked.split(",");
  if (numbers.length === 0 && flag(words, "cluster-ip") !== "None") {
    return { error: "couldn't find port via --port flag or introspection" };
  }
  if (found.value === "") return { error: "selector must be specified" };
  const selector = labelsOf(found.value);
  if ("error" in selector) return selector;
  const given = flag(words, "labels") || pairsText(object.metadata.labels ?? {});
  const labels = given === "" ? { value: undefined } : labelsOf(given);
  if ("error" in labels) return labels;
  const ports = servicePorts(words, numbers, present);
  if ("error" in ports) return ports;
  const affinity = flag(words, "session-affinity");
  if (affinity !== "" && affinity !== "None" && affinity !== "ClientIP") {
    return { error: `unknown session affinity: ${affinity}` };
  }
  const type = flag(words, "type");
  const balanced = type === "LoadBalancer" ? flag(words, "load-balancer-ip") : "";
  const external = flag(words, "external-ip");
  const fields = {
    clusterIP: flag(words, "cluster-ip"),
    type,
    sessionAffinity: affinity,
    loadBalancerIP: balanced,
  };
  const set = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ""));
  return {
    value: {
      metadata: {
        name: flag(words, "name") || place.name.slice(0, 63),
        ...(labels.value ? { labels: labels.value } : {}),
      },
      spec: {
        ...(ports.value.length > 0 ? { ports: ports.value } : {}),
        selector: selector.value,
        ...set,
        ...(external === "" ? {} : { externalIPs: [external] }),
      },
    },
  };
}

function servicePorts(
  words: Words,
  numbers: readonly string[],
  present: ReadonlyMap<string, readonly string[]>,
): Read<readonly JsonObject[]> {
  const target = flag(words, "target-port");
  const ports: JsonObject[] = [];
  for (const [index, text] of numbers.entries()) {
    if (!/^[+-]?[0-9]+$/.test(text)) return { error: `strconv.Atoi: parsing ${goQuote(text)}: invalid syntax` };
    const port = Number(text);
    const targetPort = target === "" ? port : /^[0-9]+$/.test(target) ? Number(target) : target;
    const name = numbers.length > 1 ? { name: `port-${index + 1}` } : {};
    const protocols = flag(words, "protocol") === "" ? (present.get(text) ?? ["TCP"]) : [flag(words, "protocol")];
    for (const protocol of protocols) {
      const own = protocols.length > 1 ? { name: `port-${index + 1}-${protocol.toLowerCase()}` } : name;
      ports.push({ ...own, protocol, port, targetPort });
    }
  }
  return { value: ports };
}
