/** Containers of a template as `kubectl describe` shows them. Models describeContainers of kubectl/pkg/describe/describe.go. */
import { asObject, isTrue, type JsonObject, listAt, numberAt, stringAt } from "../../api/json.ts";
import { probeText } from "./probe.ts";
import { line, valueText } from "./writer.ts";

/** The containers below their heading, each with all that is set of it. */
export function containersText(label: string, containers: readonly JsonObject[], space: string): string {
  const head = `${space}${label}:${containers.length === 0 ? " <none>" : ""}\n`;
  return head + containers.map((one) => containerText(one, space === "" ? "" : " ")).join("");
}

function containerText(container: JsonObject, nameIndent: string): string {
  const probes = [
    ["livenessProbe", "Liveness"],
    ["readinessProbe", "Readiness"],
    ["startupProbe", "Startup"],
  ] as const;
  return [
    line(1, `${nameIndent}${stringAt(container, "name")}:`),
    line(2, `Image:\t${stringAt(container, "image")}`),
    portLine("Port", listAt(container, "ports").map(asObject), "containerPort"),
    portLine("Host Port", listAt(container, "ports").map(asObject), "hostPort"),
    seccompText(asObject(asObject(container["securityContext"])["seccompProfile"])),
    wordsText("Command", container),
    wordsText("Args", container),
    amountsText("Limits", container),
    amountsText("Requests", container),
    ...probes.map(([field, title]) =>
      container[field] ? line(2, `${title}:\t${probeText(asObject(container[field]))}`) : "",
    ),
    envFromText(listAt(container, "envFrom").map(asObject)),
    envText(listAt(container, "env").map(asObject), container),
    mountsText(container),
  ].join("");
}

function portLine(title: string, ports: readonly JsonObject[], field: "containerPort" | "hostPort"): string {
  const text = ports
    .map((port) => {
      const name = stringAt(port, "name");
      const number = `${numberAt(port, field) ?? 0}/${stringAt(port, "protocol")}`;
      return name === "" ? number : `${number} (${name})`;
    })
    .join(", ");
  if (text.includes(",")) return line(2, `${title}s:\t${text}`);
  return line(2, `${title}:\t${text === "" ? "<none>" : text}`);
}

function seccompText(profile: JsonObject): string {
  if (profile["type"] === undefined) return "";
  const local =
    profile["type"] === "Localhost" ? line(3, `LocalhostProfile:\t${stringAt(profile, "localhostProfile")}`) : "";
  return line(2, `SeccompProfile:\t${stringAt(profile, "type")}`) + local;
}

function wordsText(title: "Command" | "Args", container: JsonObject): string {
  const words = listAt(container, title.toLowerCase());
  if (words.length === 0) return "";
  const lines = words.flatMap((word) => String(word).split("\n"));
  return line(2, `${title}:`) + lines.map((one) => line(3, one)).join("");
}

function amountsText(title: "Limits" | "Requests", container: JsonObject): string {
  const amounts = asObject(asObject(container["resources"])[title.toLowerCase()]);
  const names = Object.keys(amounts).sort();
  if (names.length === 0) return "";
  return line(2, `${title}:`) + names.map((name) => line(3, `${name}:\t${String(amounts[name])}`)).join("");
}

function envFromText(sources: readonly JsonObject[]): string {
  if (sources.length === 0) return "";
  const lines = sources.map((source) => {
    const kind = source["configMapRef"] ? "ConfigMap" : source["secretRef"] ? "Secret" : "";
    const ref = asObject(source["configMapRef"] ?? source["secretRef"]);
    const prefix = stringAt(source, "prefix");
    const from = prefix === "" ? kind : `${kind} with prefix '${prefix}'`;
    return line(3, `${stringAt(ref, "name")}\t${from}\tOptional: ${isTrue(ref, "optional")}`);
  });
  return line(2, "Environment Variables from:") + lines.join("");
}

function envText(variables: readonly JsonObject[], container: JsonObject): string {
  if (variables.length === 0) return line(2, "Environment:\t<none>");
  return line(2, "Environment:") + variables.map((one) => variableText(one, container)).join("");
}

function variableText(variable: JsonObject, container: JsonObject): string {
  const name = stringAt(variable, "name");
  const from = asObject(variable["valueFrom"]);
  if (variable["valueFrom"] === undefined) {
    const [first = "", ...more] = stringAt(variable, "value").split("\n");
    return line(3, `${name}:\t${first}`) + more.map((one) => line(3, `\t${one}`)).join("");
  }
  if (from["fieldRef"]) {
    const ref = asObject(from["fieldRef"]);
    return line(3, `${name}:\t (${stringAt(ref, "apiVersion")}:${stringAt(ref, "fieldPath")})`);
  }
  if (from["resourceFieldRef"]) {
    const resource = stringAt(asObject(from["resourceFieldRef"]), "resource");
    const [part = "", amount = ""] = resource.split(".");
    const given = valueText(asObject(asObject(container["resources"])[part])[amount]);
    const whole = given === "" && part === "limits" ? "node allocatable" : given === "" ? "0" : given;
    return line(3, `${name}:\t${whole} (${resource})`);
  }
  const keyed = (ref: JsonObject, where: string) =>
    line(
      3,
      `${name}:\t<set to the key '${stringAt(ref, "key")}' ${where} '${stringAt(ref, "name")}'>\tOptional: ${isTrue(ref, "optional")}`,
    );
  if (from["secretKeyRef"]) return keyed(asObject(from["secretKeyRef"]), "in secret");
  return from["configMapKeyRef"] ? keyed(asObject(from["configMapKeyRef"]), "of config map") : "";
}

function byText(list: readonly JsonObject[], field: string): readonly JsonObject[] {
  return [...list].sort((a, b) => (stringAt(a, field) < stringAt(b, field) ? -1 : 1));
}

function mountsText(container: JsonObject): string {
  const mounts = byText(listAt(container, "volumeMounts").map(asObject), "mountPath");
  const devices = byText(listAt(container, "volumeDevices").map(asObject), "devicePath");
  const none = mounts.length === 0 ? "\t<none>" : "";
  const lines = mounts.map((mount) => {
    const sub = stringAt(mount, "subPath");
    const flags = `${isTrue(mount, "readOnly") ? "ro" : "rw"}${sub === "" ? "" : `,path=${JSON.stringify(sub)}`}`;
    return line(3, `${stringAt(mount, "mountPath")} from ${stringAt(mount, "name")} (${flags})`);
  });
  const more = devices.map((one) => line(3, `${stringAt(one, "devicePath")} from ${stringAt(one, "name")}`));
  return [line(2, `Mounts:${none}`), ...lines, devices.length > 0 ? line(2, `Devices:${none}`) : "", ...more].join("");
}
