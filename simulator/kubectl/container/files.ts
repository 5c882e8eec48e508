/** Files that a simulated container can read: those that its kubelet gives it. */
import { asObject, type JsonObject, listAt, stringAt } from "../../api/json.ts";
import { resourceText } from "../describe/environment.ts";
import { hostname, type Inside, namespaceOf, podField } from "./inside.ts";
import { domain, nameServer, podAddress } from "./names.ts";
import { valuesIn } from "./stored.ts";

/** The files by their paths. */
export function filesOf(inside: Inside): ReadonlyMap<string, string> {
  const { pod, container } = inside;
  const namespace = namespaceOf(inside);
  const files = new Map([
    ["/etc/hostname", `${hostname(inside)}\n`],
    ["/etc/hosts", hostsOf(inside)],
    [
      "/etc/resolv.conf",
      `search ${namespace}.svc.${domain} svc.${domain} ${domain}\nnameserver ${nameServer}\noptions ndots:5\n`,
    ],
  ]);
  const volumes = listAt(asObject(pod["spec"]), "volumes").map(asObject);
  for (const mount of listAt(container, "volumeMounts").map(asObject)) {
    const volume = volumes.find((one) => one["name"] === mount["name"]);
    const path = stringAt(mount, "mountPath").replace(/\/+$/, "");
    const sub = stringAt(mount, "subPath");
    for (const [name, text] of volume ? entriesOf(inside, volume) : []) {
      if (sub === "") files.set(`${path}/${name}`, text);
      else if (sub === name) files.set(path, text);
    }
  }
  return files;
}

function hostsOf(inside: Inside): string {
  const { pod } = inside;
  const subdomain = stringAt(asObject(pod["spec"]), "subdomain");
  const name = hostname(inside);
  const whole = subdomain === "" ? "" : `${name}.${subdomain}.${namespaceOf(inside)}.svc.${domain}\t`;
  return `127.0.0.1\tlocalhost\n${podAddress(pod)}\t${whole}${name}\n`;
}

function entriesOf(inside: Inside, volume: JsonObject): readonly (readonly [string, string])[] {
  const { look, pod, container } = inside;
  const stored = (kind: "ConfigMap" | "Secret", source: JsonObject, name: string) => {
    const values = Object.entries(valuesIn(look, kind, namespaceOf(inside), name) ?? {});
    const items = listAt(source, "items").map(asObject);
    if (items.length === 0) return values;
    return values.flatMap(([key, text]) => {
      const item = items.find((one) => one["key"] === key);
      return item ? [[stringAt(item, "path"), text] as const] : [];
    });
  };
  const downward = (source: JsonObject) =>
    listAt(source, "items")
      .map(asObject)
      .map((one) => {
        const resource = one["resourceFieldRef"];
        const text = resource
          ? resourceText(asObject(resource), asObject(container["resources"]))
          : podField(pod, stringAt(asObject(one["fieldRef"]), "fieldPath"));
        return [stringAt(one, "path"), text] as const;
      });
  const of = (source: JsonObject): readonly (readonly [string, string])[] => {
    const [map, secret] = [asObject(source["configMap"]), asObject(source["secret"])];
    if (source["configMap"]) return stored("ConfigMap", map, stringAt(map, "name"));
    if (source["secret"]) return stored("Secret", secret, stringAt(secret, "secretName") || stringAt(secret, "name"));
    if (source["downwardAPI"]) return downward(asObject(source["downwardAPI"]));
    return source["serviceAccountToken"] ? [["token", "simulated-token"]] : [];
  };
  if (!volume["projected"]) return of(volume);
  return listAt(asObject(volume["projected"]), "sources").map(asObject).flatMap(of);
}
