/** PersistentVolumeClaims and what is asked of them. Models printPersistentVolumeClaim and describeVolumeClaimTemplates of kubectl/pkg/describe/describe.go. */
import { asObject, type JsonObject, listAt, stringAt } from "../../api/json.ts";
import type { ApiObject } from "../../apiserver/types.ts";
import { type Lookup, listed } from "./lookup.ts";
import { quantityText } from "./resources.ts";
import { ageText, dateText } from "./times.ts";
import {
  annotationEntries,
  annotationLines,
  labelLines,
  line,
  listLines,
  listText,
  row,
  rowIf,
  tableLines,
} from "./writer.ts";

/** The short words for access modes, in their order. */
const accessModes = { ReadWriteOnce: "RWO", ReadOnlyMany: "ROX", ReadWriteMany: "RWX", ReadWriteOncePod: "RWOP" };

/** `RWO,RWX`. */
export function modesText(object: JsonObject): string {
  const given = listAt(object, "accessModes");
  return Object.entries(accessModes)
    .flatMap(([mode, short]) => (given.includes(mode) ? [short] : []))
    .join(",");
}

/** The storage class of a claim or a volume; an old annotation has the first word. */
export function classOf({ metadata, spec }: JsonObject): string {
  const annotation = asObject(asObject(metadata)["annotations"])["volume.beta.kubernetes.io/storage-class"];
  return typeof annotation === "string" ? annotation : stringAt(asObject(spec), "storageClassName");
}

function dataSourceLines(spec: JsonObject, indent: string): string {
  if (!spec["dataSource"]) return "";
  const source = asObject(spec["dataSource"]);
  const below = [rowIf("APIGroup", source["apiGroup"], 1), row("Kind", stringAt(source, "kind"), 1)];
  return [line(0, "DataSource:"), ...below, row("Name", stringAt(source, "name"), 1)]
    .filter((one) => one !== "")
    .map((one) => indent + one)
    .join("");
}

/** A claim, who uses it, and what its conditions say. */
export function claimLines(claim: ApiObject, look: Lookup): string {
  const { metadata } = claim;
  const [spec, status] = [asObject(claim["spec"]), asObject(claim["status"])];
  const isBound = stringAt(spec, "volumeName") !== "";
  const deleted = metadata["deletionTimestamp" as keyof typeof metadata];
  const users = usersOf(claim, look).map((pod) => pod.metadata.name);
  const conditions = listAt(status, "conditions").map(asObject);
  const titles = ["Type", "Status", "LastProbeTime", "LastTransitionTime", "Reason", "Message"];
  const dashes = ["----", "------", "-----------------", "------------------", "------", "-------"];
  const rows = conditions.map((one) =>
    [
      `${stringAt(one, "type")} `,
      `${stringAt(one, "status")} `,
      `${dateText(one["lastProbeTime"])} `,
      `${dateText(one["lastTransitionTime"])} `,
      `${stringAt(one, "reason")} `,
      stringAt(one, "message"),
    ].join("\t"),
  );
  return [
    row("Name", metadata.name),
    row("Namespace", metadata.namespace ?? ""),
    row("StorageClass", classOf(claim)),
    row("Status", deleted ? `Terminating (lasts ${ageText(deleted, look.now)})` : stringAt(status, "phase")),
    row("Volume", stringAt(spec, "volumeName")),
    labelLines("Labels", metadata.labels),
    annotationLines("Annotations", metadata.annotations ?? {}),
    row("Finalizers", listText(metadata.finalizers ?? [])),
    row("Capacity", isBound ? quantityText(asObject(status["capacity"])["storage"]) : ""),
    row("Access Modes", isBound ? modesText(status) : ""),
    rowIf("VolumeMode", spec["volumeMode"]),
    dataSourceLines(spec, ""),
    listLines("Used By", users.sort()),
    conditions.length > 0 ? tableLines("Conditions", titles, rows, dashes) : "",
  ].join("");
}

/** The pods that mount a claim, once for each volume, and those that own it. */
function usersOf(claim: ApiObject, look: Lookup): readonly ApiObject[] {
  const pods = listed(look, "Pod", claim.metadata.namespace ?? "");
  const mounting = pods.flatMap((pod) =>
    listAt(asObject(pod["spec"]), "volumes")
      .filter((one) => asObject(asObject(one)["persistentVolumeClaim"])["claimName"] === claim.metadata.name)
      .map(() => pod),
  );
  const owners = listAt(claim.metadata, "ownerReferences").map((one) => asObject(one)["uid"]);
  return [...mounting, ...pods.filter((pod) => owners.includes(pod.metadata.uid as string) && !mounting.includes(pod))];
}

/** A claim that is made with its pod: every piece of a line is indented, as kubectl's nested writer does it. */
export function nestedClaimLines(template: JsonObject): string {
  const indent = " ".repeat(4);
  const metadata = asObject(template["metadata"]);
  const spec = asObject(template["spec"]);
  const labels = asObject(metadata["labels"]);
  const pairs = Object.keys(labels)
    .sort()
    .map((key) => `${key}=${String(labels[key])}`);
  const list = (title: string, entries: readonly string[]) => {
    const [first = "<none>", ...more] = entries;
    const rest = more.map((one) => `${indent}\t${indent}${one}\n`);
    return `${indent}${title}:\t${indent}${first}\n${rest.join("")}`;
  };
  return [
    row("StorageClass", classOf(template), 2),
    row("Volume", stringAt(spec, "volumeName"), 2),
    list("Labels", pairs),
    list("Annotations", annotationEntries(asObject(metadata["annotations"]))),
    row("Capacity", "", 2),
    row("Access Modes", "", 2),
    rowIf("VolumeMode", spec["volumeMode"], 2),
    dataSourceLines(spec, indent),
  ].join("");
}

/** The claims that a StatefulSet makes for each pod. */
export function claimTemplateLines(templates: readonly JsonObject[]): string {
  if (templates.length === 0) return row("Volume Claims", "<none>");
  const each = templates.map((template) => {
    const metadata = asObject(template["metadata"]);
    const spec = asObject(template["spec"]);
    const storage = asObject(asObject(spec["resources"])["requests"])["storage"];
    const list = (title: string, entries: JsonObject) => labelLines(`  ${title}`, entries).replaceAll("\n\t", "\n  \t");
    return [
      row("Name", stringAt(metadata, "name"), 1),
      row("StorageClass", classOf(template), 1),
      list("Labels", asObject(metadata["labels"])),
      list("Annotations", asObject(metadata["annotations"])),
      row("Capacity", storage === undefined ? "<default>" : quantityText(storage), 1),
      row("Access Modes", listText(listAt(spec, "accessModes")), 1),
    ].join("");
  });
  return line(0, "Volume Claims:") + each.join("");
}
