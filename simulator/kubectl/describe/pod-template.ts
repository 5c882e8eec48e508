/** A pod template as `kubectl describe` shows it. Models DescribePodTemplate of kubectl/pkg/describe/describe.go. */
import { asObject, type JsonObject, listAt, stringAt } from "../../api/json.ts";
import { containersText } from "./containers.ts";
import { groupLines, spreadLines, tolerationLines } from "./scheduling.ts";
import { volumesText } from "./volumes.ts";
import { annotationLines, labelLines, rowIf } from "./writer.ts";

/** The lines of the template, tabs between what stands in columns. */
export function podTemplateText(template: JsonObject): string {
  const metadata = asObject(template["metadata"]);
  const spec = asObject(template["spec"]);
  const annotations = asObject(metadata["annotations"]);
  const objects = (key: string) => listAt(spec, key).map(asObject);
  const initContainers = objects("initContainers");
  return [
    "Pod Template:\n",
    labelLines("  Labels", asObject(metadata["labels"])),
    Object.keys(annotations).length > 0 ? annotationLines("  Annotations", annotations) : "",
    rowIf("Service Account", stringAt(spec, "serviceAccountName"), 1),
    initContainers.length > 0 ? containersText("Init Containers", initContainers, "  ") : "",
    containersText("Containers", objects("containers"), "  "),
    volumesText(objects("volumes"), "  "),
    spreadLines(objects("topologySpreadConstraints"), "  "),
    rowIf("Priority Class Name", stringAt(spec, "priorityClassName"), 1),
    labelLines("  Node-Selectors", asObject(spec["nodeSelector"])),
    tolerationLines("  Tolerations", objects("tolerations")),
    groupLines(spec, "  "),
  ].join("");
}
