/** Objects in the forms that `-o` asks for. Models cli-runtime/pkg/genericclioptions/print_flags.go and pkg/printers. */
import { asObject, type JsonObject, listAt, stringAt, without } from "../../api/json.ts";
import type { Files } from "../command/command.ts";
import { flag, isOn, type Words, wasGiven } from "../command/words.ts";
import { goTemplatePrinter } from "./go-template/printer.ts";
import { jsonText } from "./json-text.ts";
import { jsonPathPrinter } from "./jsonpath/printer.ts";
import { kyamlText } from "./kyaml-text.ts";
import type { ObjectPrinter } from "./shown.ts";
import { yamlText } from "./yaml-text.ts";

/** The formats of every command that prints objects. */
export const commonFormats: readonly string[] = [
  ...["go-template", "go-template-file", "json", "jsonpath", "jsonpath-as-json", "jsonpath-file", "kyaml", "name"],
  ...["template", "templatefile", "yaml"],
];

/** What `-o` names, before its argument: `jsonpath={.spec}` is a jsonpath. */
export function formatOf(words: Words): { readonly format: string; readonly argument: string | undefined } {
  const output = flag(words, "output");
  if (output === "" && flag(words, "template") !== "")
    return { format: "go-template", argument: flag(words, "template") };
  const equals = output.indexOf("=");
  if (equals < 0)
    return { format: output, argument: wasGiven(words, "template") ? flag(words, "template") : undefined };
  return { format: output.slice(0, equals), argument: output.slice(equals + 1) };
}

/** The printer of a format that all commands have; undefined without `-o`, an error for a format or template that is none. */
export function printerOf(
  words: Words,
  files: Files,
  formats = commonFormats,
): ObjectPrinter | { readonly error: string } | undefined {
  const { format, argument } = formatOf(words);
  if (format === "") return undefined;
  const output = flag(words, "output");
  const plain = plainPrinters[output];
  if (plain) {
    const isWhole = output === "name" || isOn(words, "show-managed-fields");
    return isWhole ? plain : (object) => plain(unmanaged(object));
  }
  switch (format) {
    case "jsonpath":
    case "jsonpath-as-json":
    case "jsonpath-file": {
      const template = templateText(format === "jsonpath-file", argument, files);
      if (typeof template !== "string") return template;
      return jsonPathPrinter(template, format === "jsonpath-as-json", isOn(words, "allow-missing-template-keys"));
    }
    case "go-template":
    case "template":
    case "go-template-file":
    case "templatefile": {
      const template = templateText(format.endsWith("file"), argument, files);
      return typeof template === "string" ? goTemplatePrinter(template) : template;
    }
    default: {
      const wanted = output === "" ? format : output;
      const why = `unable to match a printer suitable for the output format "${wanted}", allowed formats are: `;
      return { error: why + formats.join(",") };
    }
  }
}

function templateText(
  isFile: boolean,
  argument: string | undefined,
  files: Files,
): string | { readonly error: string } {
  if (argument === undefined || argument === "") return { error: "template format specified but no template given" };
  if (!isFile) return argument;
  return (
    files.read(argument) ?? {
      error: `error reading --template ${argument}, open ${argument}: no such file or directory\n`,
    }
  );
}

/** A printer for each of the formats without an argument. */
const plainPrinters: Readonly<Record<string, ObjectPrinter>> = {
  json: (object) => ({ text: `${jsonText(object)}\n` }),
  yaml: (object) => ({ text: yamlText(object) }),
  kyaml: (object) => ({ text: kyamlText(object) }),
  name: (object) => ({ text: namesOf(object) }),
};

/** The object, and each item of a list, without who manages which field. */
function unmanaged(object: JsonObject): JsonObject {
  const { metadata, items } = object;
  const rest =
    metadata === undefined ? object : { ...object, metadata: without(asObject(metadata), ["managedFields"]) };
  return Array.isArray(items) ? { ...rest, items: items.map((item) => unmanaged(asObject(item))) } : rest;
}

function namesOf(object: JsonObject): string {
  const kind = stringAt(object, "kind");
  if (kind.endsWith("List") && Array.isArray(object["items"])) {
    return listAt(object, "items")
      .map((item) => namesOf(asObject(item)))
      .join("");
  }
  return `${nameOf(object)}\n`;
}

/** `deployment.apps/web`. Models NamePrinter of cli-runtime. */
export function nameOf(object: JsonObject): string {
  const apiVersion = stringAt(object, "apiVersion");
  const group = apiVersion.includes("/") ? `.${apiVersion.slice(0, apiVersion.indexOf("/"))}` : "";
  const name = stringAt(asObject(object["metadata"]), "name") || "<unknown>";
  return `${stringAt(object, "kind").toLowerCase()}${group}/${name}`;
}
