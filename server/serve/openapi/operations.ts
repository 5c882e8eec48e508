/** Paths of resources with what can be done there, as far as clients look: which kind, and which options are understood. */
import type { JsonObject } from "../../../simulator/api/json.ts";
import { apiVersionOf, type KindRow } from "../../../simulator/api/kind.ts";

const parameter = (name: string, type = "string", where = "query"): JsonObject => ({
  name,
  in: where,
  schema: { type, uniqueItems: true },
  ...(where === "path" ? { required: true } : {}),
});

const writes = ["dryRun", "fieldManager", "fieldValidation"].map((name) => parameter(name));
const patches = [...writes, parameter("force", "boolean")];
const lists = [
  ...["labelSelector", "fieldSelector", "continue", "resourceVersion", "resourceVersionMatch"].map((name) =>
    parameter(name),
  ),
  ...["limit", "timeoutSeconds"].map((name) => parameter(name, "integer")),
  ...["watch", "allowWatchBookmarks", "sendInitialEvents"].map((name) => parameter(name, "boolean")),
];

const patchTypes = [
  "application/apply-patch+yaml",
  "application/json-patch+json",
  "application/merge-patch+json",
  "application/strategic-merge-patch+json",
];

/** The paths of a kind; `schema` is the name of its own. */
export function pathsOf(row: KindRow, version: string, schema: string, prefix: string): JsonObject {
  const root = row.group === "" ? `/api/${version}` : `/apis/${row.group}/${version}`;
  const collection = row.namespaced ? `${root}/namespaces/{namespace}/${row.plural}` : `${root}/${row.plural}`;
  const gvk = { group: row.group, version, kind: row.kind };
  const reference: JsonObject = { $ref: prefix + schema };
  const content: JsonObject = { "application/json": { schema: reference } };
  const operation = (action: string, parameters: readonly JsonObject[], body?: JsonObject): JsonObject => ({
    operationId: `${action}${row.kind}${apiVersionOf(row)}`.replaceAll(/[^A-Za-z0-9]/g, ""),
    parameters,
    ...(body ? { requestBody: { content: body } } : {}),
    responses: { "200": { description: "OK", content } },
    "x-kubernetes-action": action,
    "x-kubernetes-group-version-kind": gvk,
  });
  const namespace = row.namespaced ? [parameter("namespace", "string", "path")] : [];
  const patch: JsonObject = Object.fromEntries(patchTypes.map((type) => [type, { schema: { type: "object" } }]));
  return {
    [collection]: {
      get: operation("list", lists),
      post: operation("post", writes, content),
      parameters: namespace,
    },
    [`${collection}/{name}`]: {
      get: operation("get", []),
      put: operation("put", writes, content),
      patch: operation("patch", patches, patch),
      delete: operation("delete", [parameter("dryRun"), parameter("propagationPolicy")]),
      parameters: [...namespace, parameter("name", "string", "path")],
    },
  };
}
