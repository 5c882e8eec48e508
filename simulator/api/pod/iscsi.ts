/** iSCSI volumes. Models validateISCSIVolumeSource of pkg/apis/core/validation. */
import { type FieldPath, invalid, required } from "../field-path.ts";
import { isTrue, type JsonObject, numberAt, objectAt, stringAt } from "../json.ts";
import type { Problem } from "../problem.ts";
import { checkRange, checkRequired } from "./check.ts";

/** Qualified names by their first three letters. Not anchored at the start, as the server's are not. */
const patterns: Readonly<Record<string, RegExp>> = {
  iqn: /iqn\.\d{4}-\d{2}\.[A-Za-z0-9.-]+:[^,;*&$|\t\n\f\r ]+$/,
  eui: /^eui.[A-Za-z0-9]{16}$/,
  naa: /^naa.[A-Za-z0-9]{32}$/,
};

function checkQualifiedName(name: string, path: FieldPath, found: Problem[]): void {
  const pattern = patterns[name.slice(0, 3)];
  if (pattern === undefined)
    found.push(invalid("iscsi-name-prefix", path, { value: name, allowed: Object.keys(patterns) }));
  else if (!pattern.test(name)) found.push(invalid("iscsi-name-format", path, { value: name }));
}

export function validateIscsi(source: JsonObject, path: FieldPath, found: Problem[]): void {
  checkRequired(source, "targetPortal", path, found);
  const iqn = stringAt(source, "iqn");
  if (iqn === "") found.push(required("field-required", path.child("iqn"), { field: "iqn" }));
  else checkQualifiedName(iqn, path.child("iqn"), found);
  checkRange(numberAt(source, "lun"), 0, 255, path.child("lun"), found);
  const needsSecret = isTrue(source, "chapAuthDiscovery") || isTrue(source, "chapAuthSession");
  if (needsSecret && objectAt(source, "secretRef") === undefined) {
    found.push(required("field-required", path.child("secretRef"), { field: "secretRef" }));
  }
  const initiator = source["initiatorName"];
  if (typeof initiator === "string") {
    checkQualifiedName(initiator, path.silent("initiatorName").spelled("initiatorname"), found);
  }
}
