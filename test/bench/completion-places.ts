/** Places at which a field is completed: where the cursor is, what is meant, and where it has to end up. */
import { fieldTable } from "#field-table";

export interface Place {
  readonly text: string;
  readonly offset: number;
  readonly label: string;
  /** To the map that has to hold the field, or to the value. */
  readonly path: readonly (string | number)[];
  /** The value that has to stand there, for places of values. */
  readonly value?: string;
  /** Keys that are there and may not be offered again. */
  readonly present: readonly string[];
}

interface Field {
  readonly head: string;
  readonly path: readonly (string | number)[];
  readonly label: string;
  readonly present: readonly string[];
}

const head = (apiVersion: string, kind: string) => `apiVersion: ${apiVersion}\nkind: ${kind}\n`;
const workloads = [
  ["apps/v1", "Deployment", ["spec", "template"]],
  ["apps/v1", "StatefulSet", ["spec", "template"]],
  ["apps/v1", "DaemonSet", ["spec", "template"]],
  ["apps/v1", "ReplicaSet", ["spec", "template"]],
  ["batch/v1", "Job", ["spec", "template"]],
  ["batch/v1", "CronJob", ["spec", "jobTemplate", "spec", "template"]],
] as const;

/** What is completed in every workload. */
const fields: readonly Field[] = workloads.flatMap(([apiVersion, kind, template]) => {
  const at = (path: Field["path"], label: string, present: readonly string[] = []): Field => ({
    head: head(apiVersion, kind),
    path,
    label,
    present,
  });
  const pod = [...template, "spec"];
  return [
    at([], "metadata", ["apiVersion", "kind"]),
    at(["metadata"], "name"),
    at(template, "spec"),
    at(pod, "containers"),
    at([...pod, "containers", 0], "name"),
    at([...pod, "containers", 0], "livenessProbe", ["name"]),
    at([...pod, "containers", 0, "ports", 0], "containerPort"),
    at([...pod, "containers", 0, "env", 0], "name"),
    at([...pod, "volumes", 0], "configMap", ["name"]),
  ];
});

interface Layout {
  readonly step: number;
  readonly listIndent: number;
  readonly typed: number;
  readonly after: string;
}

const layouts: readonly Layout[] = [
  { step: 2, listIndent: 2, typed: 0, after: "" },
  { step: 2, listIndent: 0, typed: 2, after: "" },
  { step: 4, listIndent: 4, typed: 2, after: "" },
  // The text goes on, and what follows cannot be read.
  { step: 2, listIndent: 2, typed: 1, after: "\nmore: [1, { a" },
  { step: 2, listIndent: 0, typed: 0, after: "\nstatus: {}\n" },
];

function placeOf({ head, path, label, present }: Field, { step, listIndent, typed, after }: Layout): Place {
  const lines: string[] = [];
  let column = 0;
  let lead = "";
  path.forEach((part, index) => {
    if (typeof part === "number") {
      lead = `${" ".repeat(column)}- `;
      column += 2;
    } else {
      lines.push(`${lead || " ".repeat(column)}${part}:`);
      lead = "";
      column += typeof path[index + 1] === "number" ? listIndent : step;
    }
  });
  const shown = path.length === 0 ? [] : present;
  for (const key of shown) {
    lines.push(`${lead || " ".repeat(column)}${key}: x`);
    lead = "";
  }
  const written = `${head}${[...lines, (lead || " ".repeat(column)) + label.slice(0, typed)].join("\n")}`;
  return { text: written + after, offset: written.length, label, path, present };
}

/** A place by a text with `|` at the cursor. */
function marked(text: string, label: string, path: Place["path"], more: Partial<Place> = {}): Place {
  const offset = text.indexOf("|");
  return { text: text.slice(0, offset) + text.slice(offset + 1), offset, label, path, present: [], ...more };
}

const pod = `${head("v1", "Pod")}spec:\n`;
const deployment = `${head("apps/v1", "Deployment")}spec:\n`;
/** What goes wrong in editors again and again. */
const known: readonly Place[] = [
  marked("kind: D|", "Deployment", ["kind"], { value: "Deployment" }),
  marked("apiVersion: apps/v1\nkind: |", "StatefulSet", ["kind"], { value: "StatefulSet" }),
  marked("kind: CronJob\napiVersion: |", "batch/v1", ["apiVersion"], { value: "batch/v1" }),
  marked(`${deployment}  |\n  replicas: 3\n`, "template", ["spec"], { present: ["replicas"] }),
  marked(`${deployment}  replicas: 3\n  |\n  paused: true\n`, "template", ["spec"], {
    present: ["replicas", "paused"],
  }),
  marked(`${head("apps/v1", "Deployment")}spec:|`, "replicas", ["spec"]),
  marked(`${head("apps/v1", "Deployment")}spec: |`, "replicas", ["spec"]),
  marked(`${pod}  containers:\n    -|`, "name", ["spec", "containers", 0]),
  marked(`${pod}  containers:\n    |`, "name", ["spec", "containers", 0]),
  marked(`${pod}  containers:\n  |`, "name", ["spec", "containers", 0]),
  marked(`${pod}  containers:|`, "name", ["spec", "containers", 0]),
  marked(`${pod}  containers:\n    - name: a\n      image: b\n    |`, "name", ["spec", "containers", 1]),
  marked(`${pod}  containers:\n    - |\n      image: b\n`, "name", ["spec", "containers", 0], { present: ["image"] }),
  marked(`${pod}  containers:\n    - name: a\n      ima|ge: b\n`, "image", ["spec", "containers", 0]),
  marked(`${pod}  restartPolicy: |`, "Never", ["spec", "restartPolicy"], { value: "Never" }),
  marked(`${pod}  restartPolicy: Al|ways # why\n`, "Never", ["spec", "restartPolicy"], { value: "Never" }),
  marked(`${pod}  restartPolicy: "Al|"\n`, "Never", ["spec", "restartPolicy"], { value: "Never" }),
  marked(`${pod}  hostNetwork: |`, "true", ["spec", "hostNetwork"], { value: "true" }),
  marked(`${head("v1", "Pod")}spec: {|}`, "containers", ["spec"]),
  marked(`${head("v1", "Pod")}spec: { hostIPC: true, | }`, "containers", ["spec"], { present: ["hostIPC"] }),
  marked(`${head("v1", "Pod")}spec: { hostIPC: true | }`, "containers", ["spec"], { present: ["hostIPC"] }),
  marked('{\n  "apiVersion": "v1",\n  "kind": "Pod",\n  "spec": { | }\n}', "containers", ["spec"]),
  marked('{\n  "apiVersion": "v1",\n  "kind": "Pod"\n  |\n}', "spec", [], { present: ["kind"] }),
  marked(`${pod}  volumes:\n    - name: a\n      emptyDir: {}\n  |`, "containers", ["spec"], { present: ["volumes"] }),
  marked(
    `${head("v1", "PersistentVolumeClaim")}spec:\n  accessModes:\n    - |`,
    "ReadWriteOnce",
    ["spec", "accessModes", 0],
    {
      value: "ReadWriteOnce",
    },
  ),
  marked(`${deployment}  strategy:\n    type: |`, "Recreate", ["spec", "strategy", "type"], { value: "Recreate" }),
];

/** All of them: those of the workloads in each layout, and what goes wrong elsewhere. */
export const places: readonly Place[] = [
  ...fields.flatMap((field) => layouts.map((layout) => placeOf(field, layout))),
  ...known,
];

/** The table of fields as a JSON schema, so that a server that reads schemas knows as much. */
export function jsonSchema(): object {
  const typeSchema = (type: (typeof fieldTable)["types"][string]["fields"][string]): object => {
    switch (type.kind) {
      case "object":
        return type.type === undefined ? { type: "object" } : { $ref: `#/definitions/${encode(type.type)}` };
      case "list":
        return { type: "array", items: type.of ? typeSchema(type.of) : {} };
      case "map":
        return { type: "object", additionalProperties: type.of ? typeSchema(type.of) : {} };
      case "boolean":
      case "integer":
      case "number":
        return { type: type.kind };
      case "any":
        return {};
      case "intOrString":
      case "quantity":
        return { type: ["string", "integer"] };
      default:
        return type.enum ? { type: "string", enum: type.enum } : { type: "string" };
    }
  };
  const definitions = Object.fromEntries(
    Object.entries(fieldTable.types).map(([name, { fields, required }]) => {
      const properties = Object.fromEntries(Object.entries(fields).map(([field, type]) => [field, typeSchema(type)]));
      return [encode(name), { type: "object", properties, required, additionalProperties: false }];
    }),
  );
  const oneOf = Object.entries(fieldTable.kinds).map(([served, name]) => {
    const cut = served.lastIndexOf("/");
    const said = { apiVersion: { enum: [served.slice(0, cut)] }, kind: { enum: [served.slice(cut + 1)] } };
    const { properties, ...rest } = definitions[encode(name)] as { readonly properties: object };
    return { ...rest, properties: { ...properties, ...said } };
  });
  return { $schema: "http://json-schema.org/draft-07/schema#", definitions, oneOf };
}

function encode(name: string): string {
  return name.replaceAll("/", ".");
}
