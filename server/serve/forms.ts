/** Objects and lists in the form that was asked for. Models apiserver/pkg/endpoints/handlers/response.go. */
import type { JsonObject } from "../../simulator/api/json.ts";
import type { KindRow } from "../../simulator/api/kind.ts";
import { tableOf } from "../../simulator/apiserver/table.ts";
import type { ApiList, ApiObject } from "../../simulator/apiserver/types.ts";
import type { Form } from "./accept.ts";
import type { Delivery } from "./query.ts";

const metaVersion = "meta.k8s.io/v1";

const isList = (given: ApiObject | ApiList): given is ApiList => Array.isArray((given as ApiList).items);

/** The metadata of an object as an object of its own. */
export function metadataOnly({ metadata }: ApiObject): JsonObject {
  return { apiVersion: metaVersion, kind: "PartialObjectMetadata", metadata };
}

/** An answer in a form; `now` in milliseconds since 1970. What has no row in the table of kinds stays as it is. */
export function inForm(
  row: KindRow | undefined,
  given: ApiObject | ApiList,
  form: Form,
  now: number,
  include: Delivery["includeObject"] = "Metadata",
): ApiObject | ApiList | JsonObject {
  if (form === "plain" || form === "APIGroupDiscoveryList") return given;
  const items = isList(given) ? given.items : [given];
  if (form === "Table") {
    if (!row) return given;
    const metadata = isList(given) ? given.metadata : { resourceVersion: given.metadata.resourceVersion ?? "" };
    const { rows, ...table } = tableOf(row, items, now);
    const whole = rows.map((one, index) => (include === "Object" ? { ...one, object: items[index] } : one));
    const bare = rows.map(({ cells }) => ({ cells, object: null }));
    return { ...table, metadata, rows: include === "None" ? bare : whole } as unknown as JsonObject;
  }
  if (!isList(given)) return metadataOnly(given);
  const { metadata } = given;
  return { apiVersion: metaVersion, kind: "PartialObjectMetadataList", metadata, items: items.map(metadataOnly) };
}

/** One object of a watch as a form gives it; of a table only the first one has the columns. */
export function eventObject(
  row: KindRow,
  object: ApiObject,
  form: Form,
  now: number,
  first: boolean,
  include: Delivery["includeObject"],
): unknown {
  const given = inForm(row, object, form, now, include);
  if (form !== "Table" || first) return given;
  return { ...given, columnDefinitions: null };
}
