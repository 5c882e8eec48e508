/** Amounts of resources as `kubectl describe` shows them. Models describeResources of kubectl/pkg/describe/describe.go. */
import { asObject, type JsonObject } from "../../api/json.ts";
import type { Json } from "../../api/objects.ts";
import { amountOf } from "../../api/quota/amounts.ts";
import { line, row } from "./writer.ts";

/** A quantity as the server would write it; `0` for none. */
export function quantityText(value: Json | undefined): string {
  return amountOf(value).text;
}

/** Limits and requests below their headings, by name. */
export function resourceLines(resources: JsonObject, level: number): string {
  return (["Limits", "Requests"] as const)
    .map((title) => {
      const amounts = asObject(resources[title.toLowerCase()]);
      const rows = amountRows(amounts, level + 1);
      return rows === "" ? "" : line(level, `${title}:`) + rows;
    })
    .join("");
}

/** A line for each amount, by name. */
export function amountRows(amounts: JsonObject, level: number): string {
  const names = Object.keys(amounts).sort();
  return names.map((name) => row(name, quantityText(amounts[name]), level)).join("");
}
