/** The tables of claims, volumes and classes. Models pkg/printers/internalversion/printers.go. */
import { asObject, isTrue, type JsonObject, listAt, objectAt, stringAt } from "../json.ts";
import type { Printer } from "../kind.ts";
import { age, columns, isDeleted, nameOf, specOf, statusOf } from "./cells.ts";

const shortModes: Readonly<Record<string, string>> = {
  ReadWriteOnce: "RWO",
  ReadOnlyMany: "ROX",
  ReadWriteMany: "RWX",
  ReadWriteOncePod: "RWOP",
};

/** Access modes in the order in which they are always told. */
function modesText(modes: readonly unknown[]): string {
  return Object.entries(shortModes)
    .filter(([mode]) => modes.includes(mode))
    .map(([, short]) => short)
    .join();
}

const classAnnotation = "volume.beta.kubernetes.io/storage-class";

function classText(object: JsonObject): string {
  const annotations = objectAt(objectAt(object, "metadata"), "annotations");
  return stringAt(annotations, classAnnotation) || stringAt(specOf(object), "storageClassName");
}

const orUnset = (text: string): string => text || "<unset>";

export const claimPrinter: Printer = {
  columns: columns(
    "Status",
    "Volume",
    "Capacity",
    "Access Modes",
    "StorageClass",
    "VolumeAttributesClass",
    "Age",
    "VolumeMode*",
  ),
  cells(object, now) {
    const [spec, status] = [specOf(object), statusOf(object)];
    const volume = stringAt(spec, "volumeName");
    return [
      nameOf(object),
      isDeleted(object) ? "Terminating" : stringAt(status, "phase"),
      volume,
      volume === "" ? "" : stringAt(objectAt(status, "capacity"), "storage") || "0",
      volume === "" ? "" : modesText(listAt(status, "accessModes")),
      classText(object),
      orUnset(stringAt(status, "currentVolumeAttributesClassName")),
      age(object, now),
      orUnset(stringAt(spec, "volumeMode")),
    ];
  },
};

export const volumePrinter: Printer = {
  columns: columns(
    ...["Capacity", "Access Modes", "Reclaim Policy", "Status", "Claim", "StorageClass", "VolumeAttributesClass"],
    ...["Reason", "Age", "VolumeMode*"],
  ),
  cells(object, now) {
    const [spec, status] = [specOf(object), statusOf(object)];
    const claim = objectAt(spec, "claimRef");
    return [
      nameOf(object),
      stringAt(objectAt(spec, "capacity"), "storage"),
      modesText(listAt(spec, "accessModes")),
      stringAt(spec, "persistentVolumeReclaimPolicy"),
      isDeleted(object) ? "Terminating" : stringAt(status, "phase"),
      claim ? `${stringAt(claim, "namespace")}/${stringAt(claim, "name")}` : "",
      classText(object),
      orUnset(stringAt(spec, "volumeAttributesClassName")),
      stringAt(status, "reason"),
      age(object, now),
      orUnset(stringAt(spec, "volumeMode")),
    ];
  },
};

const isDefaultClass = (object: JsonObject): boolean =>
  stringAt(objectAt(objectAt(object, "metadata"), "annotations"), "storageclass.kubernetes.io/is-default-class") ===
  "true";

export const storageClassPrinter: Printer = {
  columns: columns("Provisioner", "ReclaimPolicy", "VolumeBindingMode", "AllowVolumeExpansion", "Age"),
  cells: (object, now) => [
    `${nameOf(object)}${isDefaultClass(object) ? " (default)" : ""}`,
    stringAt(object, "provisioner"),
    stringAt(object, "reclaimPolicy") || "Delete",
    stringAt(object, "volumeBindingMode") || "Immediate",
    isTrue(asObject(object), "allowVolumeExpansion"),
    age(object, now),
  ],
};

export const attachmentPrinter: Printer = {
  columns: columns("Attacher", "PV", "Node", "Attached", "Age"),
  cells(object, now) {
    const spec = specOf(object);
    return [
      nameOf(object),
      stringAt(spec, "attacher"),
      stringAt(objectAt(spec, "source"), "persistentVolumeName"),
      stringAt(spec, "nodeName"),
      isTrue(statusOf(object), "attached"),
      age(object, now),
    ];
  },
};
