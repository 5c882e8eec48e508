/** What a list or a watch is narrowed to: labels and fields. Models apimachinery/pkg/fields and the field labels of pkg/apis/core/v1. */

import { asObject, type JsonObject } from "../api/json.ts";
import type { KindRow } from "../api/kind.ts";
import { matchesRequirements, parseSelector } from "../api/selector-text.ts";
import { badRequest, type Status } from "./status.ts";
import type { ApiObject } from "./types.ts";

export type Test = (object: ApiObject) => boolean;

/** Fields by which objects of a kind can be found, beside name and namespace. */
const selectable: Readonly<Record<string, readonly string[]>> = {
  Pod: [
    "spec.nodeName",
    "spec.restartPolicy",
    "spec.schedulerName",
    "spec.serviceAccountName",
    "spec.hostNetwork",
    "status.phase",
    "status.podIP",
    "status.nominatedNodeName",
  ],
  Node: ["spec.unschedulable"],
  Event: [
    "involvedObject.kind",
    "involvedObject.namespace",
    "involvedObject.name",
    "involvedObject.uid",
    "involvedObject.apiVersion",
    "involvedObject.resourceVersion",
    "involvedObject.fieldPath",
    "reason",
    "reportingComponent",
    "source",
    "type",
  ],
  ReplicaSet: ["status.replicas"],
  ReplicationController: ["status.replicas"],
  Job: ["status.successful"],
  Namespace: ["status.phase"],
  Secret: ["type"],
};

/** Values of absent fields that are no empty text, and fields that stand elsewhere than they are called. */
const zeros: Readonly<Record<string, string>> = {
  "spec.hostNetwork": "false",
  "spec.unschedulable": "false",
  "status.replicas": "0",
  "status.successful": "0",
};
const places: Readonly<Record<string, readonly string[]>> = {
  "status.successful": ["status", "succeeded"],
  source: ["source", "component"],
};

function valueAt(object: JsonObject, field: string): string {
  let value: unknown = object;
  for (const key of places[field] ?? field.split(".")) value = asObject(value as never)[key];
  return value === undefined || value === null ? (zeros[field] ?? "") : String(value);
}

interface Term {
  readonly field: string;
  readonly equal: boolean;
  readonly value: string;
}

const term = /^([^=!]+)(==|=|!=)(.*)$/;

/** The terms of a field selector; null when it is none. A backslash keeps a comma, an equals sign or itself. */
function termsOf(text: string): readonly Term[] | null {
  const parts = text.match(/(?:\\.|[^,\\])+/g) ?? [];
  const terms: Term[] = [];
  for (const part of parts) {
    const found = term.exec(part);
    if (!found) return null;
    terms.push({ field: found[1]!, equal: found[2] !== "!=", value: found[3]!.replace(/\\(.)/g, "$1") });
  }
  return terms;
}

/** A test of fields, or why the selector cannot be used for the kind. */
export function fieldTest(row: KindRow, text: string): Test | Status {
  const terms = termsOf(text);
  if (!terms) return badRequest(`invalid selector: '${text}'; can't understand '${text}'`);
  const allowed = ["metadata.name", ...(row.namespaced ? ["metadata.namespace"] : []), ...(selectable[row.kind] ?? [])];
  const unknown = terms.find((one) => !allowed.includes(one.field));
  if (unknown) {
    return badRequest(`field label not supported: ${unknown.field}`);
  }
  return (object) => terms.every(({ field, equal, value }) => (valueAt(object, field) === value) === equal);
}

/** A test of labels, or why the selector is none. */
export function labelTest(text: string): Test | Status {
  const parsed = parseSelector(text);
  if (!parsed.ok) return badRequest(`unable to parse requirement: found '${parsed.found}'`);
  return ({ metadata }) => matchesRequirements(parsed.requirements, metadata.labels ?? {});
}
