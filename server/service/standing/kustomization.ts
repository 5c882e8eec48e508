/** What a kustomization names and adds. Models kustomize's api/types/kustomization.go; paths are from its folder. */
import { isObject } from "../../../simulator/api/json.ts";
import { parseManifest } from "../../yaml/parse.ts";
import { type Additions, noAdditions, type Patch } from "./additions.ts";
import { folderOf, joined } from "./paths.ts";

export interface Kustomization {
  readonly path: string;
  readonly folder: string;
  /** Files and folders whose objects it takes in. */
  readonly takesIn: readonly string[];
  readonly patchFiles: readonly { readonly path: string; readonly patch: Patch }[];
  /** Files that are no manifests: data of generators, configuration of transformers. */
  readonly dataFiles: readonly string[];
  readonly adds: Additions;
}

type Tree = Readonly<Record<string, unknown>>;

/** Null for a text that is none. `read` gives the text of a file that it names; null where there is none. */
export function readKustomization(
  path: string,
  text: string,
  read: (path: string) => string | null,
): Kustomization | null {
  const value = parseManifest(text).find(({ isEmpty }) => !isEmpty)?.value;
  if (!isObject(value)) return null;
  const folder = folderOf(path);
  const at = (name: string) => joined(folder, name);
  const patchFiles: { path: string; patch: Patch }[] = [];
  const inline: Patch[] = [];
  const named = (name: unknown, target: Patch["target"]) => {
    if (typeof name !== "string") return;
    const words = read(at(name));
    const values = words === null ? [null] : valuesIn(words);
    for (const one of values) patchFiles.push({ path: at(name), patch: { value: one, target } });
  };
  for (const one of maps(value, "patches")) {
    const target = targetOf(one["target"]);
    named(one["path"], target);
    if (typeof one["patch"] === "string")
      inline.push(...valuesIn(one["patch"]).map((each) => ({ value: each, target })));
  }
  for (const one of maps(value, "patchesJson6902")) {
    named(one["path"], targetOf(one["target"]));
    if (typeof one["patch"] === "string") {
      inline.push(...valuesIn(one["patch"]).map((each) => ({ value: each, target: targetOf(one["target"]) })));
    }
  }
  for (const one of list(value, "patchesStrategicMerge")) {
    if (typeof one !== "string") continue;
    if (one.includes("\n")) inline.push(...valuesIn(one).map((each) => ({ value: each, target: null })));
    else named(one, null);
  }
  const patches = [...patchFiles.map(({ patch }) => patch).filter((one) => one.value !== null), ...inline];
  return {
    path,
    folder,
    takesIn: ["resources", "bases", "components"].flatMap((key) => texts(value, key)).map(at),
    patchFiles,
    dataFiles: dataFilesIn(value).map(at),
    adds: { ...additionsOf(value), patches },
  };
}

function valuesIn(text: string): readonly unknown[] {
  return parseManifest(text)
    .filter(({ isEmpty, problems }) => !isEmpty && problems.length === 0)
    .map(({ value }) => value);
}

function additionsOf(value: Tree): Additions {
  const common = stringsIn(value["commonLabels"]);
  return {
    ...noAdditions,
    labels: [
      ...(Object.keys(common).length > 0 ? [{ pairs: common, selectors: true, templates: true }] : []),
      ...maps(value, "labels").map((one) => ({
        pairs: stringsIn(one["pairs"]),
        selectors: one["includeSelectors"] === true,
        templates: one["includeTemplates"] === true,
      })),
    ],
    annotations: stringsIn(value["commonAnnotations"]),
    namespace: text(value, "namespace"),
    images: maps(value, "images").map((one) => ({
      name: text(one, "name"),
      newName: text(one, "newName"),
      newTag: text(one, "newTag"),
    })),
    replicas: maps(value, "replicas").map((one) => ({ name: text(one, "name"), count: Number(one["count"]) })),
  };
}

/** `key=file` names a file, too. */
function dataFilesIn(value: Tree): readonly string[] {
  const generators = [...maps(value, "configMapGenerator"), ...maps(value, "secretGenerator")];
  const files = generators.flatMap((one) => [...texts(one, "files"), ...texts(one, "envs"), text(one, "env")]);
  const others = ["configurations", "crds", "transformers", "generators", "validators"];
  const charts = maps(value, "helmCharts").flatMap((one) => [
    text(one, "valuesFile"),
    ...texts(one, "additionalValuesFiles"),
  ]);
  const replacements = maps(value, "replacements").map((one) => text(one, "path"));
  return [...files, ...others.flatMap((key) => texts(value, key)), ...charts, ...replacements]
    .map((one) => one.slice(one.indexOf("=") + 1))
    .filter((one) => one !== "");
}

function targetOf(value: unknown): Patch["target"] {
  if (!isObject(value)) return null;
  return {
    kind: text(value, "kind") || undefined,
    name: text(value, "name") || undefined,
    selects: text(value, "labelSelector") !== "" || text(value, "annotationSelector") !== "",
  };
}

function list(value: Tree, key: string): readonly unknown[] {
  const found = value[key];
  return Array.isArray(found) ? found : [];
}

function maps(value: Tree, key: string): readonly Tree[] {
  return list(value, key).filter((one) => isObject(one));
}

function texts(value: Tree, key: string): readonly string[] {
  return list(value, key).filter((one) => typeof one === "string");
}

function text(value: Tree, key: string): string {
  const found = value[key];
  return typeof found === "string" ? found : "";
}

function stringsIn(value: unknown): Readonly<Record<string, string>> {
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, String(one)])) : {};
}
