/** `-o jsonpath`: a template filled in. Models JSONPathPrinter of cli-runtime. */
import type { JsonObject } from "../../api/json.ts";
import type { Json } from "../../api/objects.ts";
import type { ObjectPrinter } from "./shown.ts";

/** A printer of what the template says of an object. */
export function jsonPathPrinter(template: string, _asJson: boolean, _lenient: boolean): ObjectPrinter {
  return (object) => ({ text: pathText(object, template) });
}

function pathText(object: JsonObject, template: string): string {
  return template.replace(/\{([^{}]*)\}/g, (_, path: string) => {
    const text = /^"(.*)"$/s.exec(path)?.[1];
    if (text !== undefined) return text.replaceAll("\\n", "\n").replaceAll("\\t", "\t");
    let value: Json | undefined = object;
    for (const step of path.match(/[^.[\]]+/g) ?? []) {
      if (step === "$" || step === "@") continue;
      value = typeof value === "object" && value !== null ? (value as JsonObject)[step] : undefined;
    }
    if (value === undefined || value === null) return "";
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  });
}
