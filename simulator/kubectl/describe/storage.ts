/** Volumes and classes of storage as `kubectl describe` shows them. Models describePersistentVolume and describeStorageClass of kubectl/pkg/describe/describe.go. */
import { asObject, type JsonObject, listAt, stringAt } from "../../api/json.ts";
import { labelText } from "../../api/printers/cells.ts";
import type { ApiObject } from "../../apiserver/types.ts";
import { classOf, modesText } from "./claims.ts";
import type { Lookup } from "./lookup.ts";
import { quantityText } from "./resources.ts";
import { ageText, dateText } from "./times.ts";
import { sourceLines } from "./volume-sources.ts";
import { annotationLines, joined, labelLines, line, listText, row, rowIf, switchText, valueText } from "./writer.ts";

const objectsAt = (object: JsonObject, key: string): readonly JsonObject[] => listAt(object, key).map(asObject);

export function volumeText(volume: ApiObject, { now }: Lookup): string {
  const { metadata } = volume;
  const spec = asObject(volume["spec"]);
  const status = asObject(volume["status"]);
  const claim = asObject(spec["claimRef"]);
  const { deletionTimestamp } = metadata as JsonObject;
  return [
    row("Name", metadata.name),
    labelLines("Labels", metadata.labels),
    annotationLines("Annotations", metadata.annotations ?? {}),
    row("Finalizers", listText(metadata.finalizers ?? [])),
    row("StorageClass", classOf(volume)),
    row(
      "Status",
      deletionTimestamp ? `Terminating (lasts ${ageText(deletionTimestamp, now)})` : stringAt(status, "phase"),
    ),
    row("Claim", spec["claimRef"] ? `${stringAt(claim, "namespace")}/${stringAt(claim, "name")}` : ""),
    row("Reclaim Policy", stringAt(spec, "persistentVolumeReclaimPolicy")),
    row("Access Modes", modesText(spec)),
    rowIf("VolumeMode", spec["volumeMode"]),
    row("Capacity", quantityText(asObject(spec["capacity"])["storage"])),
    affinityLines(asObject(asObject(spec["nodeAffinity"])["required"])),
    row("Message", stringAt(status, "message")),
    line(0, "Source:"),
    withReferences(sourceLines(spec) ?? line(1, "<unknown>"), spec),
  ].join("");
}

/** Sources of volumes name the namespaces of what they refer to, those of pods do not. */
function withReferences(text: string, spec: JsonObject): string {
  const behind = (title: string, lines: string) =>
    text.replace(new RegExp(`^ *${title}:.*\n`, "m"), (found) => found + lines);
  if (spec["glusterfs"]) {
    const namespace = valueText(asObject(spec["glusterfs"])["endpointsNamespace"], "<unset>");
    return behind("EndpointsName", row("EndpointsNamespace", namespace, 2));
  }
  if (spec["azureFile"]) {
    return behind("SecretName", row("SecretNamespace", stringAt(asObject(spec["azureFile"]), "secretNamespace"), 2));
  }
  if (!spec["scaleIO"]) return text;
  const secret = asObject(asObject(spec["scaleIO"])["secretRef"]);
  const lines =
    row("SecretName", stringAt(secret, "name"), 2) + row("SecretNamespace", stringAt(secret, "namespace"), 2);
  return behind("VolumeName", lines);
}

function affinityLines(required: JsonObject): string {
  if (Object.keys(required).length === 0) return row("Node Affinity", "<none>");
  const terms = objectsAt(required, "nodeSelectorTerms");
  const none = terms.length === 0 ? "<none>" : "";
  const lines = terms.map((term, index) => {
    const texts = objectsAt(term, "matchExpressions").map(expressionText);
    return termLines(2, index, texts);
  });
  return [row("Node Affinity", ""), row("Required Terms", none, 1), ...lines].join("");
}

function expressionText(one: JsonObject): string {
  const values = listAt(one, "values").length > 0 ? ` [${joined(one, "values", ", ")}]` : "";
  return `${stringAt(one, "key")} ${(stringAt(one, "operator") || "in").toLowerCase()}${values}`;
}

function termLines(level: number, index: number, texts: readonly string[]): string {
  if (texts.length === 0) return row(`Term ${index}`, "<none>", level);
  return row(`Term ${index}`, texts.join(`\n${"  ".repeat(level)}\t`), level);
}

export function storageClassText(object: ApiObject): string {
  const annotations = object.metadata.annotations ?? {};
  const isDefault = ["storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class"];
  const options = listAt(object, "mountOptions").map(String);
  const topologies = objectsAt(object, "allowedTopologies");
  const terms = topologies.map((term, index) =>
    termLines(1, index, objectsAt(term, "matchLabelExpressions").map(expressionText)),
  );
  return [
    row("Name", object.metadata.name),
    row("IsDefaultClass", isDefault.some((key) => annotations[key] === "true") ? "Yes" : "No"),
    row("Annotations", labelText(annotations)),
    row("Provisioner", stringAt(object, "provisioner")),
    row("Parameters", labelText(asObject(object["parameters"]))),
    row("AllowVolumeExpansion", switchText(object["allowVolumeExpansion"])),
    options.length === 0 ? row("MountOptions", "<none>") : line(0, "MountOptions:"),
    ...options.map((option) => line(1, option)),
    rowIf("ReclaimPolicy", object["reclaimPolicy"]),
    rowIf("VolumeBindingMode", object["volumeBindingMode"]),
    topologies.length > 0 ? row("AllowedTopologies", "") : "",
    ...terms,
  ].join("");
}

export function attributesClassText(object: ApiObject): string {
  return [
    row("Name", object.metadata.name),
    row("Annotations", labelText(object.metadata.annotations)),
    row("DriverName", stringAt(object, "driverName")),
    row("Parameters", labelText(asObject(object["parameters"]))),
  ].join("");
}

export function csiNodeText(object: ApiObject): string {
  const drivers = objectsAt(asObject(object["spec"]), "drivers").map((driver) => {
    const count = asObject(driver["allocatable"])["count"];
    return [
      line(2, `${stringAt(driver, "name")}:`),
      row("Node ID", stringAt(driver, "nodeID"), 3),
      count === undefined ? "" : line(3, "Allocatables:") + row("Count", valueText(count), 4),
      driver["topologyKeys"] ? row("Topology Keys", listText(listAt(driver, "topologyKeys")), 3) : "",
    ].join("");
  });
  return [
    row("Name", object.metadata.name),
    labelLines("Labels", object.metadata.labels),
    annotationLines("Annotations", object.metadata.annotations ?? {}),
    row("CreationTimestamp", dateText((object.metadata as JsonObject)["creationTimestamp"])),
    line(0, "Spec:"),
    asObject(object["spec"])["drivers"] ? line(1, "Drivers:") : "",
    ...drivers,
  ].join("");
}
