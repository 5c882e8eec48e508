/** Where pods may run: tolerations, taints and spread. Models the print…Multiline functions of kubectl/pkg/describe/describe.go. */
import { type JsonObject, numberAt, objectAt, stringAt } from "../../api/json.ts";
import { selectorCell } from "../../api/printers/cells.ts";
import { line, listLines, row } from "./writer.ts";

function sortedBy(objects: readonly JsonObject[], key: (one: JsonObject) => string): readonly JsonObject[] {
  return objects.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

/** `key=value:Effect`, with `op=Exists` and how long it lasts. */
function tolerationText(toleration: JsonObject): string {
  const [key, value, effect] = ["key", "value", "effect"].map((field) => stringAt(toleration, field)) as [
    string,
    string,
    string,
  ];
  const seconds = numberAt(toleration, "tolerationSeconds");
  const head = `${key}${value === "" ? "" : `=${value}`}${effect === "" ? "" : `:${effect}`}`;
  const exists = stringAt(toleration, "operator") === "Exists" && value === "";
  const mark = exists ? `${key === "" && effect === "" ? "" : " "}op=Exists` : "";
  return `${head}${mark}${seconds === undefined ? "" : ` for ${seconds}s`}`;
}

export function tolerationLines(title: string, tolerations: readonly JsonObject[]): string {
  return listLines(title, sortedBy(tolerations, (one) => stringAt(one, "key")).map(tolerationText));
}

/** `key=value:Effect`. */
export function taintText(taint: JsonObject): string {
  const [key, value, effect] = [stringAt(taint, "key"), stringAt(taint, "value"), stringAt(taint, "effect")];
  if (effect === "") return value === "" ? key : `${key}=${value}:`;
  return value === "" ? `${key}:${effect}` : `${key}=${value}:${effect}`;
}

export function taintLines(title: string, taints: readonly JsonObject[]): string {
  const order = (one: JsonObject) => `${stringAt(one, "effect")},${stringAt(one, "key")}`;
  return listLines(title, sortedBy(taints, order).map(taintText));
}

/** Spread constraints by their topology; nothing for none. */
export function spreadLines(constraints: readonly JsonObject[], space: string): string {
  if (constraints.length === 0) return "";
  const entries = sortedBy(constraints, (one) => stringAt(one, "topologyKey")).map((one) => {
    const selector = objectAt(one, "labelSelector");
    const skew = `when max skew ${numberAt(one, "maxSkew") ?? 0} is exceeded`;
    const chosen = selector ? ` for selector ${selectorCell(selector)}` : "";
    return `${stringAt(one, "topologyKey")}:${stringAt(one, "whenUnsatisfiable")} ${skew}${chosen}\n`;
  });
  return `${space}Topology Spread Constraints:\t${entries.join(`${space}\t`)}`;
}

/** The group with which a pod is scheduled; nothing for none. */
export function groupLines(spec: JsonObject, space: string): string {
  const group = objectAt(spec, "schedulingGroup");
  return group ? line(0, `${space}SchedulingGroup:`) + row("PodGroupName", stringAt(group, "podGroupName"), 1) : "";
}
