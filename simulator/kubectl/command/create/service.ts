/** `kubectl create service`. Models kubectl/pkg/cmd/create/create_service.go. */
import type { JsonObject } from "../../../api/json.ts";
import type { Command } from "../command.ts";
import { count, list, text } from "../flag.ts";
import { flag, numberOf, values, type Words } from "../words.ts";
import { type Made, type Maker, makerCommand } from "./maker.ts";

const tcp = list("tcp", "PORT or PORT:TARGET");

type Ports = readonly JsonObject[];

function portsOf(words: Words): Ports | string {
  const ports: JsonObject[] = [];
  for (const spec of values(words, "tcp")) {
    const parts = spec.split(":");
    if (parts.length > 2) return `unable to parse ${JSON.stringify(spec)}`;
    const [port = "", target = port] = parts;
    const number = portNumber(port);
    if (typeof number === "string") return number;
    const isNumber = /^\d+$/.test(target);
    if (parts.length > 1 && isNumber && (Number(target) < 1 || Number(target) > 65_535)) {
      return "must be between 1 and 65535, inclusive";
    }
    const nodePort = numberOf(words, "node-port");
    ports.push({
      name: spec.replace(":", "-"),
      protocol: "TCP",
      port: number,
      targetPort: isNumber ? Number(target) : target,
      ...(nodePort > 0 ? { nodePort } : {}),
    });
  }
  return ports;
}

function portNumber(port: string): number | string {
  const parsing = `strconv.ParseUint: parsing ${JSON.stringify(port)}: `;
  if (!/^\d+$/.test(port)) return `${parsing}invalid syntax`;
  return Number(port) > 65_535 ? `${parsing}value out of range` : Number(port);
}

function made(name: string, words: Words, type: string, isFree: boolean, rest: JsonObject = {}): Made {
  const ports = portsOf(words);
  if (typeof ports === "string") return { failure: ports };
  if (ports.length === 0 && !isFree) return { failure: "at least one tcp port specifier must be provided" };
  const address = flag(words, "clusterip");
  return {
    object: {
      metadata: { labels: { app: name } },
      spec: {
        ...(ports.length > 0 ? { ports } : {}),
        selector: { app: name },
        ...(address === "" ? {} : { clusterIP: address }),
        type,
        ...rest,
      },
      status: { loadBalancer: {} },
    },
  };
}

const common = (type: string) => ({ kind: "Service", refused: `failed to create ${type} service:` });

const clusterIp: Maker = {
  ...common("ClusterIP"),
  name: "clusterip",
  says: "Create a Service with an address inside of the cluster",
  usage: "NAME [--tcp=PORT:TARGET]",
  flags: [text("clusterip", "the address; None: headless"), tcp],
  make: (_, name, words) => made(name, words, "ClusterIP", flag(words, "clusterip") === "None"),
};

const nodePort: Maker = {
  ...common("NodePort"),
  name: "nodeport",
  says: "Create a Service with a port on every node",
  usage: "NAME [--tcp=PORT:TARGET]",
  flags: [count("node-port", "the port of the nodes"), tcp],
  make: (_, name, words) => made(name, words, "NodePort", false),
};

const loadBalancer: Maker = {
  ...common("LoadBalancer"),
  name: "loadbalancer",
  says: "Create a Service with an address outside of the cluster",
  usage: "NAME [--tcp=PORT:TARGET]",
  flags: [tcp],
  make: (_, name, words) => made(name, words, "LoadBalancer", false),
};

const externalName: Maker = {
  ...common("ExternalName"),
  name: "externalname",
  says: "Create a Service that stands for a name outside of the cluster",
  usage: "NAME --external-name=NAME",
  flags: [text("external-name", "the name it stands for", { required: true }), tcp],
  make: (_, name, words) => made(name, words, "ExternalName", true, { externalName: flag(words, "external-name") }),
};

export const service: Command = {
  name: "service",
  aliases: ["svc"],
  says: "Create a Service",
  commands: [clusterIp, externalName, loadBalancer, nodePort].map(makerCommand),
};
