/** A label selector as kubectl writes it. Models FormatLabelSelector of apimachinery/pkg/apis/meta/v1/helpers.go. */
import { asObject, type JsonObject, listAt, stringAt } from "../../api/json.ts";

/** `app=web,tier in (a,b)`; `<none>` for one that selects everything. */
export function selectorText(selector: JsonObject): string {
  const labels = asObject(selector["matchLabels"]);
  const parts = [
    ...Object.entries(labels).map(([key, value]) => ({ key, text: `${key}=${String(value)}` })),
    ...listAt(selector, "matchExpressions").map(asObject).map(requirement),
  ];
  const text = parts.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map((part) => part.text);
  return text.length === 0 ? "<none>" : text.join(",");
}

function requirement(expression: JsonObject): { readonly key: string; readonly text: string } {
  const key = stringAt(expression, "key");
  const values = listAt(expression, "values").map(String).sort().join(",");
  switch (stringAt(expression, "operator")) {
    case "In":
      return { key, text: `${key} in (${values})` };
    case "NotIn":
      return { key, text: `${key} notin (${values})` };
    case "Exists":
      return { key, text: key };
    default:
      return { key, text: `!${key}` };
  }
}
