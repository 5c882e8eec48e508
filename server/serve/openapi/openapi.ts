/** The OpenAPI description, version 2 and 3, of what is served. Made when it is first asked for. */
import { fieldTable } from "#field-table";
import type { JsonObject } from "../../../simulator/api/json.ts";
import type { KindTable } from "../../../simulator/api/kind.ts";
import type { Target } from "../../../simulator/api/target.ts";
import { coreVersions, groupList } from "../../../simulator/apiserver/discovery.ts";
import type { FieldDocs } from "../../service/hover-context.ts";
import { binaryAsked, binaryDocument } from "./binary.ts";
import { pathsOf } from "./operations.ts";
import { createSchemas } from "./schemas.ts";

export interface OpenApi {
  /** The document at a path such as `/openapi/v3/apis/apps/v1`, in protocol buffers where these are asked for; undefined when there is none. */
  at(path: string, accept: string): JsonObject | Buffer | undefined;
}

const v3 = "/openapi/v3";
const v3References = "#/components/schemas/";
const v2References = "#/definitions/";

/** The description for a table of kinds and a version. `docs` gives the texts; it is asked when they are first needed. */
export function createOpenApi(kinds: KindTable, target: Target, docs: () => FieldDocs): OpenApi {
  const made = new Map<string, JsonObject>();
  let binary: Buffer | undefined;
  const info: JsonObject = { title: "Kubernetes", version: `v${target}.0` };

  /** `api/v1`, `apis/apps/v1`. */
  const groupVersions = (): readonly string[] => [
    ...coreVersions(kinds).map((version) => `api/${version}`),
    ...groupList(kinds).groups.flatMap(({ versions }) => versions.map((one) => `apis/${one.groupVersion}`)),
  ];

  function index(): JsonObject {
    const entries = groupVersions().map((path) => [path, { serverRelativeURL: `${v3}/${path}?hash=${target}` }]);
    return { paths: Object.fromEntries(entries) };
  }

  function served(groupVersion: string, prefix: string): { readonly paths: JsonObject; readonly schemas: JsonObject } {
    const [root, ...rest] = groupVersion.split("/");
    const [version = "", group = ""] = rest.reverse();
    const schemas = createSchemas(target, docs(), prefix);
    const types: string[] = [];
    const paths: Record<string, JsonObject> = {};
    for (const row of kinds.rows) {
      if (row.group !== group || (root === "api") !== (group === "") || !row.versions.includes(version)) continue;
      const key = group === "" ? `${version}/${row.kind}` : `${group}/${version}/${row.kind}`;
      const type = fieldTable.kinds[key];
      if (type === undefined) continue;
      types.push(type);
      Object.assign(paths, pathsOf(row, version, schemas.nameOf(type), prefix));
    }
    return { paths, schemas: schemas.reachableFrom([...types, "DeleteOptions", "Status"]) };
  }

  function make(path: string): JsonObject | undefined {
    if (path === v3) return index();
    if (path === "/openapi/v2") {
      const all = groupVersions().map((one) => served(one, v2References));
      const merge = (parts: readonly JsonObject[]): JsonObject => Object.assign({}, ...parts);
      const paths = merge(all.map((one) => one.paths));
      return { swagger: "2.0", info, paths, definitions: merge(all.map(({ schemas }) => schemas)) };
    }
    const groupVersion = path.startsWith(`${v3}/`) ? path.slice(v3.length + 1) : "";
    if (!groupVersions().includes(groupVersion)) return undefined;
    const { paths, schemas } = served(groupVersion, v3References);
    return { openapi: "3.0.0", info, paths, components: { schemas } };
  }

  return {
    at(path, accept) {
      const document = made.get(path) ?? make(path);
      if (document) made.set(path, document);
      if (path !== "/openapi/v2" || !document || !binaryAsked.test(accept)) return document;
      binary ??= binaryDocument(document);
      return binary;
    },
  };
}
