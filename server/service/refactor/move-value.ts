/** The value of a variable, moved to a ConfigMap or Secret of its own behind the workload. */

import type { JsonObject } from "../../../simulator/api/json.ts";
import { lineStartAt } from "../../yaml/sketch/lines.ts";
import { checkSlice } from "../check.ts";
import { type Manifest, rangeIn, sliceAt } from "../manifest.ts";
import { valueAt } from "../parse.ts";
import type { Range, TextEdit } from "../text.ts";
import { behind, isYaml, metadataBeside } from "./behind.ts";

/** A value that can be moved, and where to. */
export interface Move {
  readonly kind: "ConfigMap" | "Secret";
  readonly variable: string;
  readonly edits: readonly TextEdit[];
}

const secret = /pass|secret|token|key|credential/i;

/** The ways to move the value of the variable that a range is in; none where it stands on more lines than one or in braces. */
export function movesAt(manifest: Manifest, { start }: Range): readonly Move[] {
  const { slice, firstLine, offset } = sliceAt(manifest, start);
  const { parsed, subjects } = checkSlice(slice);
  const [subject] = subjects;
  if (subject === undefined || subjects.length > 1 || !subject.sound || subject.name === "" || !isYaml(slice))
    return [];
  const path = parsed.document.placeAt(offset)?.path ?? [];
  const env = path.lastIndexOf("env");
  const entryPath = path.slice(0, env + 2);
  if (env < 0 || path.length < env + 2 || !/ontainers$/.test(String(path[env - 2]))) return [];
  const entry = valueAt(parsed.value, entryPath) as JsonObject | undefined;
  const [name, value] = [entry?.["name"], entry?.["value"]];
  const place = parsed.document.locate([...entryPath, "value"], "entry");
  if (typeof name !== "string" || !/^[-._a-zA-Z0-9]+$/.test(name) || typeof value !== "string" || !place) return [];
  const written = slice.text.slice(place.start, place.end);
  const lineStart = lineStartAt(slice.text, place.start);
  const before = slice.text.slice(lineStart, place.start);
  if (!/^value: *\S/.test(written) || written.includes("\n") || !/^ *(?:- +)?$/.test(before)) return [];
  const kinds = secret.test(name) ? (["Secret", "ConfigMap"] as const) : (["ConfigMap", "Secret"] as const);
  return kinds.flatMap((kind) => {
    const object = `${subject.name}-${kind === "Secret" ? "credentials" : "settings"}`;
    const isThere = manifest.slices.some((one) => one.text.includes(object) && holds(one, kind, object));
    if (isThere) return [];
    const indent = " ".repeat(before.length);
    const lineBreak = slice.text.includes("\r\n") ? "\r\n" : "\n";
    const field = kind === "Secret" ? "secretKeyRef" : "configMapKeyRef";
    const lines = ["valueFrom:", `${indent}  ${field}:`, `${indent}    name: ${object}`, `${indent}    key: ${name}`];
    const made = {
      apiVersion: "v1",
      kind,
      metadata: metadataBeside(subject, object),
      [kind === "Secret" ? "stringData" : "data"]: { [name]: value },
    };
    const edits = [
      { range: rangeIn(slice, [place.start, place.end], firstLine), newText: lines.join(lineBreak) },
      behind(slice, firstLine, made),
    ];
    return [{ kind, variable: name, edits }];
  });
}

function holds(slice: Manifest["slices"][number], kind: string, name: string): boolean {
  return checkSlice(slice).subjects.some((one) => one.kind === kind && one.name === name);
}
