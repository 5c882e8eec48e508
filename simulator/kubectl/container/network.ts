/** Connections between pods and Services: who answers, and with what. Models kube-proxy as far as a connection is made or refused. */
import { asObject, type JsonObject, listAt, numberAt, stringAt } from "../../api/json.ts";
import type { ApiObject } from "../../apiserver/types.ts";
import type { Lookup } from "../describe/lookup.ts";
import { isReady, podsOf, resolve } from "./names.ts";

export type Reply =
  | { readonly is: "answered"; readonly address: string; readonly body: string; readonly status: number }
  | { readonly is: "unknown" }
  | { readonly is: "refused"; readonly address: string };

/** What an image is known to listen on; any other listens wherever it is spoken to, unless its container names its ports. */
const known: readonly (readonly [image: RegExp, port: number])[] = [
  [/(?:^|\/)(?:nginx|httpd|caddy)(?:[:@]|$)/, 80],
  [/(?:^|\/)redis(?:[:@]|$)/, 6379],
  [/(?:^|\/)(?:mysql|mariadb)(?:[:@]|$)/, 3306],
  [/(?:^|\/)postgres(?:[:@]|$)/, 5432],
];

/** The container of a pod that answers on a port. */
function listening(pod: ApiObject, port: number): JsonObject | undefined {
  const containers = listAt(asObject(pod["spec"]), "containers").map(asObject);
  return containers.find((one) => {
    const own = known.find(([image]) => image.test(stringAt(one, "image")))?.[1];
    if (own !== undefined) return own === port;
    const named = listAt(one, "ports").map((entry) => numberAt(asObject(entry), "containerPort"));
    return named.length === 0 ? containers.length === 1 : named.includes(port);
  });
}

/** The number of a port that a Service leads to. */
function targetOf(port: JsonObject, pod: ApiObject): number | undefined {
  const target = port["targetPort"] ?? port["port"];
  if (typeof target === "number") return target;
  const ports = listAt(asObject(pod["spec"]), "containers").flatMap((one) => listAt(asObject(one), "ports"));
  return numberAt(
    ports.map(asObject).find((one) => one["name"] === target),
    "containerPort",
  );
}

/** Asks a page of a host. `turn` counts the connections from inside: those of a Service go from pod to pod. */
export function request(
  look: Lookup,
  namespace: string,
  host: string,
  port: number,
  path: string,
  turn: number,
): Reply {
  const place = resolve(look, namespace, host);
  if (!place) return { is: "unknown" };
  const [address = ""] = place.addresses;
  if (!place.service || stringAt(asObject(place.service["spec"]), "clusterIP") === "None") {
    const pod = place.pods[turn % Math.max(1, place.pods.length)];
    return pod && isRunning(pod) ? fromPod(pod, port, path) : { is: "refused", address };
  }
  const row = listAt(asObject(place.service["spec"]), "ports")
    .map(asObject)
    .find((one) => one["port"] === port);
  const pods = podsOf(look, place.service).filter(isReady);
  const pod = pods[turn % Math.max(1, pods.length)];
  const target = row && pod ? targetOf(row, pod) : undefined;
  if (!pod || target === undefined) return { is: "refused", address };
  const reply = fromPod(pod, target, path);
  return reply.is === "refused" ? { is: "refused", address } : { ...reply, address };
}

const isRunning = (pod: ApiObject): boolean => stringAt(asObject(pod["status"]), "phase") === "Running";

function fromPod(pod: ApiObject, port: number, path: string): Exclude<Reply, { readonly is: "unknown" }> {
  const address = stringAt(asObject(pod["status"]), "podIP");
  const container = listening(pod, port);
  if (!container) return { is: "refused", address };
  return { is: "answered", address, ...pageOf(pod, container, path) };
}

/** What the simulated servers say: the well-known ones their greeting, any other who it is. */
function pageOf(
  pod: ApiObject,
  container: JsonObject,
  path: string,
): { readonly body: string; readonly status: number } {
  const image = stringAt(container, "image");
  const text = [...listAt(container, "command"), ...listAt(container, "args")]
    .map((one) => /^-text=(.*)$/s.exec(String(one))?.[1])
    .find((one) => one !== undefined);
  if (text !== undefined) return { body: `${text}\n`, status: 200 };
  const page = (title: string) => `<!DOCTYPE html>\n<html>\n<head><title>${title}</title></head>\n</html>\n`;
  if (/(?:^|\/)nginx(?:[:@]|$)/.test(image)) {
    return path === "/"
      ? { body: page("Welcome to nginx!"), status: 200 }
      : { body: page("404 Not Found"), status: 404 };
  }
  if (/(?:^|\/)httpd(?:[:@]|$)/.test(image)) return { body: page("It works! Apache httpd"), status: 200 };
  return { body: `${pod.metadata.name} (${image})\n`, status: 200 };
}
