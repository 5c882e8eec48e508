/** `kubectl create ingress`. Models kubectl/pkg/cmd/create/create_ingress.go. */
import type { JsonObject } from "../../../api/json.ts";
import { array, text } from "../flag.ts";
import { flag, values } from "../words.ts";
import type { Maker } from "./maker.ts";

const rule =
  /^(?<host>[\w*\-.]*)(?<path>\/[^=]*)=(?<service>[\w\-.]+:[\w-]+)(?:,(?<tls>tls(?:=(?<secret>[\w\-.]*))?))?$/;

export const ingress: Maker = {
  name: "ingress",
  aliases: ["ing"],
  kind: "Ingress",
  says: "Create an Ingress",
  usage: "NAME --rule=HOST/PATH=SERVICE:PORT[,tls[=SECRET]]",
  flags: [
    array("annotation", "annotation of the Ingress: KEY=VALUE"),
    text("class", "the class of the Ingress"),
    text("default-backend", "SERVICE:PORT for what no rule is about"),
    array("rule", "HOST/PATH=SERVICE:PORT[,tls[=SECRET]]"),
  ],
  refused: "failed to create ingress:",
  make(_, __, words) {
    const given = values(words, "rule");
    const backend = flag(words, "default-backend");
    if (backend === "" && given.length === 0) {
      return {
        failure:
          "not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) or a list of rules (which catch specific paths)",
      };
    }
    const parsed = given.map((text) => ({ text, groups: rule.exec(text)?.groups }));
    const wrong = parsed.find(({ groups }) => groups === undefined);
    if (wrong) {
      return {
        failure: `rule ${wrong.text} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]`,
      };
    }
    if (backend !== "" && !/^[\w\-.]+:[\w-]+$/.test(backend)) {
      return { failure: "default-backend should be in format servicename:serviceport" };
    }
    const annotations = Object.fromEntries(values(words, "annotation").map((one) => one.split(/=(.*)/s, 2)));
    const paths = new Map<string, JsonObject[]>();
    const tls: JsonObject[] = [];
    for (const { groups = {} } of parsed) {
      const { host = "", path = "", service = "", secret = "" } = groups;
      paths.set(host, [...(paths.get(host) ?? []), pathOf(path, service)]);
      if (groups["tls"] !== undefined && !tls.some((one) => (one["hosts"] as string[] | undefined)?.[0] === host)) {
        tls.push({ ...(host === "" ? {} : { hosts: [host] }), ...(secret === "" ? {} : { secretName: secret }) });
      }
    }
    const rules = [...paths].map(([host, all]) => ({ ...(host === "" ? {} : { host }), http: { paths: all } }));
    const className = flag(words, "class");
    return {
      object: {
        metadata: Object.keys(annotations).length === 0 ? {} : { annotations },
        spec: {
          ...(className === "" ? {} : { ingressClassName: className }),
          ...(backend === "" ? {} : { defaultBackend: backendOf(backend) }),
          ...(tls.length === 0 ? {} : { tls }),
          ...(rules.length === 0 ? {} : { rules }),
        },
        status: { loadBalancer: {} },
      },
    };
  },
};

function pathOf(path: string, service: string): JsonObject {
  const isPrefix = path.endsWith("*");
  return {
    path: isPrefix ? path.slice(0, -1) : path,
    pathType: isPrefix ? "Prefix" : "Exact",
    backend: backendOf(service),
  };
}

function backendOf(service: string): JsonObject {
  const [name = "", port = ""] = service.split(":");
  return { service: { name, port: /^\d+$/.test(port) ? { number: Number(port) } : { name: port } } };
}
