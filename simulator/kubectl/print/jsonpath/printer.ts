/** `-o jsonpath`: a template filled in. Models JSONPathPrinter of cli-runtime. */
import { isObject, type JsonObject } from "../../../api/json.ts";
import type { Json } from "../../../api/objects.ts";
import { goSyntax, goText } from "../go-strings.ts";
import { compactJson, jsonText, sorted } from "../json-text.ts";
import type { ObjectPrinter } from "../shown.ts";
import { evaluate } from "./evaluate.ts";
import { parseTemplate } from "./parse.ts";

/** A printer of what the template says of an object, or what is wrong with the template. */
export function jsonPathPrinter(
  template: string,
  asJson: boolean,
  isLenient: boolean,
): ObjectPrinter | { readonly error: string } {
  const parsed = parseTemplate(template);
  if ("error" in parsed) return { error: `error parsing jsonpath ${template}, ${parsed.error}` };
  return (object) => {
    const found = evaluate(parsed.nodes, object, { strict: !isLenient });
    if ("error" in found) return { error: failureText(template, found.error, object) };
    const texts = found.results.map((values) =>
      asJson ? `${jsonText(values.map(sorted))}\n` : values.map(valueText).join(" "),
    );
    return { text: texts.join("") };
  };
}

/** A value in a text. */
export function valueText(value: Json): string {
  if (value === null) return "";
  return Array.isArray(value) || isObject(value) ? compactJson(value) : goText(value);
}

function failureText(template: string, why: string, object: JsonObject): string {
  return (
    `error executing jsonpath ${JSON.stringify(template)}: Error executing template: ${why}. ` +
    `Printing more information for debugging the template:\n\ttemplate was:\n\t\t${template}\n` +
    `\tobject given to jsonpath engine was:\n\t\t${goSyntax(object)}\n\n\n`
  );
}
