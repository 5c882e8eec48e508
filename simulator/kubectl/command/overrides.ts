/** `--overrides`: what a command makes, changed by a text of JSON. Models kubectl/pkg/cmd/util/override_options.go. */
import { isObject, type JsonObject } from "../../api/json.ts";
import type { Json } from "../../api/objects.ts";
import { jsonMergePatch } from "../../api/patch/json-merge.ts";
import { jsonPatch } from "../../api/patch/json-patch.ts";
import { strategicMergePatch } from "../../api/patch/strategic.ts";
import { type Flag, text } from "./flag.ts";
import { flag, type Words } from "./words.ts";

export const overriding: readonly Flag[] = [
  text("override-type", "json, merge or strategic: what sort of patch the override is", { value: "merge" }),
  text("overrides", "a patch in JSON of what is made"),
];

/** The object with the override of the command, or what is wrong with it. */
export function overridden(
  words: Words,
  object: JsonObject,
): { readonly value: JsonObject } | { readonly error: string } {
  const given = flag(words, "overrides");
  if (given === "") return { value: object };
  const type = flag(words, "override-type");
  let patch: Json;
  try {
    patch = JSON.parse(given) as Json;
  } catch {
    return { error: "Invalid JSON Patch" };
  }
  switch (type) {
    case "json": {
      const patched = jsonPatch(object, patch);
      return patched.ok && isObject(patched.value) ? { value: patched.value } : { error: "invalid JSON Patch" };
    }
    case "merge":
    case "": {
      const merged = jsonMergePatch(object, patch);
      return isObject(merged) ? { value: merged } : { error: "invalid JSON Patch" };
    }
    case "strategic": {
      const merged = strategicMergePatch(object, patch, String(object["kind"]));
      return merged.ok && isObject(merged.value) ? { value: merged.value } : { error: "invalid JSON Patch" };
    }
    default:
      return { error: `invalid override type: ${type}` };
  }
}
