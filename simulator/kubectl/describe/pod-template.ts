/** A pod template as `kubectl describe` shows it. Models DescribePodTemplate of kubectl/pkg/describe/describe.go. */
import { asObject, type JsonObject, listAt, numberAt, stringAt } from "../../api/json.ts";
import { containersText } from "./containers.ts";
import { selectorText } from "./selector.ts";
import { volumesText } from "./volumes.ts";
import { annotationLines, labelLines, line, listLines } from "./writer.ts";

/** The lines of the template, tabs between what stands in columns. */
export function podTemplateText(template: JsonObject): string {
  const metadata = asObject(template["metadata"]);
  const spec = asObject(template["spec"]);
  const annotations = asObject(metadata["annotations"]);
  const account = stringAt(spec, "serviceAccountName");
  const priority = stringAt(spec, "priorityClassName");
  const objects = (key: string) => listAt(spec, key).map(asObject);
  const initContainers = objects("initContainers");
  return [
    "Pod Template:\n",
    labelLines("  Labels", asObject(metadata["labels"])),
    Object.keys(annotations).length > 0 ? annotationLines("  Annotations", annotations) : "",
    account === "" ? "" : line(1, `Service Account:\t${account}`),
    initContainers.length > 0 ? containersText("Init Containers", initContainers, "  ") : "",
    containersText("Containers", objects("containers"), "  "),
    volumesText(objects("volumes"), "  "),
    spreadText(objects("topologySpreadConstraints")),
    priority === "" ? "" : line(1, `Priority Class Name:\t${priority}`),
    labelLines("  Node-Selectors", asObject(spec["nodeSelector"])),
    listLines("  Tolerations", sortedBy(objects("tolerations"), "key").map(tolerationText)),
  ].join("");
}

function sortedBy(objects: readonly JsonObject[], key: string): readonly JsonObject[] {
  return [...objects].sort((a, b) => {
    const [left, right] = [stringAt(a, key), stringAt(b, key)];
    return left < right ? -1 : left > right ? 1 : 0;
  });
}

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

function spreadText(constraints: readonly JsonObject[]): string {
  if (constraints.length === 0) return "";
  const entries = sortedBy(constraints, "topologyKey").map((one) => {
    const selector = one["labelSelector"] ? ` for selector ${selectorText(asObject(one["labelSelector"]))}` : "";
    const skew = `when max skew ${numberAt(one, "maxSkew") ?? 0} is exceeded`;
    return `${stringAt(one, "topologyKey")}:${stringAt(one, "whenUnsatisfiable")} ${skew}${selector}\n`;
  });
  return `  Topology Spread Constraints:\t${entries.join("  \t")}`;
}
