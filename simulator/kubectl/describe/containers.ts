/** Containers of a pod or a template as `kubectl describe` shows them. Models describeContainers of kubectl/pkg/describe/describe.go. */
import { asObject, isTrue, type JsonObject, listAt, numberAt, stringAt } from "../../api/json.ts";
import { goQuote } from "../../api/schedule/error-text.ts";
import { stateLines } from "./container-state.ts";
import { envFromLines, envLines } from "./environment.ts";
import { probeText } from "./probe.ts";
import { resourceLines } from "./resources.ts";
import { line, row } from "./writer.ts";

/** What is known beyond the template: how the containers of a pod are, and the pod that variables take values from. */
export interface Running {
  readonly pod: JsonObject;
  readonly statuses: readonly JsonObject[];
}

/** The containers below their heading, each with all that is set of it. */
export function containersText(
  label: string,
  containers: readonly JsonObject[],
  space: string,
  running?: Running,
): string {
  const head = `${space}${label}:${containers.length === 0 ? " <none>" : ""}\n`;
  return head + containers.map((one) => containerText(one, space === "" ? "" : " ", running)).join("");
}

function containerText(container: JsonObject, nameIndent: string, running?: Running): string {
  const name = stringAt(container, "name");
  const status = running?.statuses.find((one) => one["name"] === name);
  const probes = [
    ["livenessProbe", "Liveness"],
    ["readinessProbe", "Readiness"],
    ["startupProbe", "Startup"],
  ] as const;
  return [
    line(1, `${nameIndent}${name}:`),
    status ? row("Container ID", stringAt(status, "containerID"), 2) : "",
    row("Image", stringAt(container, "image"), 2),
    status ? row("Image ID", stringAt(status, "imageID"), 2) : "",
    portLine("Port", listAt(container, "ports").map(asObject), "containerPort"),
    portLine("Host Port", listAt(container, "ports").map(asObject), "hostPort"),
    seccompLines(asObject(asObject(container["securityContext"])["seccompProfile"]), 2, 3),
    wordsText("Command", container),
    wordsText("Args", container),
    status ? stateLines(status) : "",
    resourceLines(asObject(container["resources"]), 2),
    ...probes.map(([field, title]) => (container[field] ? row(title, probeText(asObject(container[field])), 2) : "")),
    envFromLines(listAt(container, "envFrom").map(asObject)),
    envLines(container, running?.pod),
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
  if (text.includes(",")) return row(`${title}s`, text, 2);
  return row(title, text === "" ? "<none>" : text, 2);
}

/** Which system calls are let through, and by which file of the node. */
export function seccompLines(profile: JsonObject, level: number, below: number): string {
  if (profile["type"] === undefined) return "";
  const local =
    profile["type"] === "Localhost" ? row("LocalhostProfile", stringAt(profile, "localhostProfile"), below) : "";
  return row("SeccompProfile", stringAt(profile, "type"), level) + local;
}

function wordsText(title: "Command" | "Args", container: JsonObject): string {
  const words = listAt(container, title.toLowerCase());
  if (words.length === 0) return "";
  const lines = words.flatMap((word) => String(word).split("\n"));
  return line(2, `${title}:`) + lines.map((one) => line(3, one)).join("");
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
    const flags = `${isTrue(mount, "readOnly") ? "ro" : "rw"}${sub === "" ? "" : `,path=${goQuote(sub)}`}`;
    return line(3, `${stringAt(mount, "mountPath")} from ${stringAt(mount, "name")} (${flags})`);
  });
  const more = devices.map((one) => line(3, `${stringAt(one, "devicePath")} from ${stringAt(one, "name")}`));
  return [line(2, `Mounts:${none}`), ...lines, devices.length > 0 ? line(2, `Devices:${none}`) : "", ...more].join("");
}
