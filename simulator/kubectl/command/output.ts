/** Objects and what was done to them as kubectl prints them. Models cli-runtime/pkg/genericclioptions/print_flags.go. */
import type { JsonObject } from "../../api/json.ts";
import type { KindRow } from "../../api/kind.ts";
import { apiVersionOf, resourceName } from "../../api/kind.ts";
import type { Json } from "../../api/objects.ts";
import { type DryRun, dryRunOf, flag, type Words } from "./words.ts";
import { yamlText } from "./yaml-text.ts";

const suffixes: Readonly<Record<DryRun, string>> = { none: "", client: " (dry run)", server: " (server dry run)" };

/** `created (dry run)`: what was done, and whether it was only tried. */
export function operationText(operation: string, words: Words): string {
  return operation + suffixes[dryRunOf(words)];
}

/** The object in the form that `-o` asks for; without one, what was done to it. */
export function printed(row: KindRow, object: JsonObject, operation: string, words: Words): string {
  const output = flag(words, "output") ?? "";
  const name = `${resourceName(row)}/${String((object["metadata"] as JsonObject)["name"])}`;
  if (output === "") return `${name} ${operationText(operation, words)}\n`;
  if (output === "name") return `${name}\n`;
  const { apiVersion: _, kind: __, ...rest } = object;
  const whole: JsonObject = { kind: row.kind, apiVersion: apiVersionOf(row), ...rest };
  if (output === "json") return `${JSON.stringify(whole, null, 4)}\n`;
  if (output === "yaml") return yamlText(whole);
  const path = /^jsonpath=(.*)$/s.exec(output)?.[1];
  return path === undefined ? "" : pathText(whole, path);
}

/** A template of plain paths, `{.metadata.name}`, filled in; what is not there is empty. */
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
