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
  /** Folders of components: what they do is done to what this takes in. */
  readonly components: readonly string[];
  /** Objects that it makes; `keys` are null where they are not known. */
  readonly generates: readonly Generated[];
  readonly adds: Additions;
}

/** An object that a generator makes. It is spoken of by this name, whatever its own ends with. */
export interface Generated {
  readonly kind: "ConfigMap" | "Secret";
  readonly name: string;
  readonly namespace: string;
  readonly keys: readonly string[] | null;
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
    components: texts(value, "components").map(at),
    generates: [
      ...generatedBy(value, "configMapGenerator", "ConfigMap", (name) => read(at(name))),
      ...generatedBy(value, "secretGenerator", "Secret", (name) => read(at(name))),
    ],
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
    prefix: text(value, "namePrefix"),
    suffix: text(value, "nameSuffix"),
    images: maps(value, "images").map((one) => ({
      name: text(one, "name"),
      newName: text(one, "newName"),
      newTag: scalar(one, "newTag"),
      digest: text(one, "digest"),
    })),
    replicas: maps(value, "replicas").map((one) => ({ name: text(one, "name"), count: Number(one["count"]) })),
    replaced: maps(value, "replacements").flatMap((one) => maps(one, "targets").flatMap(replacedBy)),
  };
}

function replacedBy(target: Tree): Additions["replaced"] {
  const select = targetOf(target["select"]);
  if (select === null) return [];
  const paths = texts(target, "fieldPaths");
  return (paths.length > 0 ? paths : ["metadata.name"]).map((path) => ({ target: select, path }));
}

/** Keys come from literals, from the names of files, and from files of variables as far as those can be read. */
function generatedBy(
  value: Tree,
  key: string,
  kind: Generated["kind"],
  read: (name: string) => string | null,
): readonly Generated[] {
  return maps(value, key).map((one) => {
    const literals = texts(one, "literals").map(keyBefore);
    const files = texts(one, "files").map((file) =>
      file.includes("=") ? keyBefore(file) : file.slice(file.lastIndexOf("/") + 1),
    );
    const variables = [...texts(one, "envs"), text(one, "env")].filter((file) => file !== "").map(read);
    const known = variables.every((words) => words !== null) && !["merge", "replace"].includes(text(one, "behavior"));
    const lines = variables.flatMap((words) => words?.split("\n") ?? []).filter((line) => /^[^#\s=]+=/.test(line));
    const keys = known ? [...literals, ...files, ...lines.map(keyBefore)] : null;
    return { kind, name: text(one, "name"), namespace: text(one, "namespace"), keys };
  });
}

function keyBefore(entry: string): string {
  return entry.split("=", 1)[0] as string;
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

/** A text, or a number that stands where one is meant. */
function scalar(value: Tree, key: string): string {
  const found = value[key];
  return typeof found === "number" ? String(found) : text(value, key);
}

function stringsIn(value: unknown): Readonly<Record<string, string>> {
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, String(one)])) : {};
}
