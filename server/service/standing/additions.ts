/** What a kustomization does to the objects of its resources, as far as it decides whether they are accepted. Models kustomize's api/internal/builtins. */

import { typeOf } from "../../../simulator/api/decode.ts";
import { isObject } from "../../../simulator/api/json.ts";
import { kinds } from "../../../simulator/api/kinds.ts";
import type { Json } from "../../../simulator/api/objects.ts";
import { jsonPatch } from "../../../simulator/api/patch/json-patch.ts";
import { strategicMergePatch } from "../../../simulator/api/patch/strategic.ts";

export interface PatchTarget {
  readonly kind?: string | undefined;
  readonly name?: string | undefined;
  readonly selects: boolean;
}

export interface Patch {
  /** A map: a strategic merge patch; a list: JSON patch operations. */
  readonly value: unknown;
  readonly target: PatchTarget | null;
}

export interface Additions {
  readonly labels: readonly {
    readonly pairs: Readonly<Record<string, string>>;
    readonly selectors: boolean;
    readonly templates: boolean;
  }[];
  readonly annotations: Readonly<Record<string, string>>;
  readonly namespace: string;
  readonly images: readonly { readonly name: string; readonly newName: string; readonly newTag: string }[];
  readonly replicas: readonly { readonly name: string; readonly count: number }[];
  readonly patches: readonly Patch[];
}

export const noAdditions: Additions = {
  labels: [],
  annotations: {},
  namespace: "",
  images: [],
  replicas: [],
  patches: [],
};

/** Those of a kustomization, and then those of one that takes it in. */
export function both(inner: Additions, outer: Additions): Additions {
  return {
    labels: [...inner.labels, ...outer.labels],
    annotations: { ...inner.annotations, ...outer.annotations },
    namespace: outer.namespace || inner.namespace,
    images: [...inner.images, ...outer.images],
    replicas: [...inner.replicas, ...outer.replicas],
    patches: [...inner.patches, ...outer.patches],
  };
}

type Tree = Record<string, unknown>;

/**
 * The object as kustomize would build it, but for prefixes of names, which it adds wherever a name is used. What is not
 * understood is left as it is.
 */
export function withAdditions(value: unknown, adds: Additions): unknown {
  if (!isObject(value)) return value;
  const object = structuredClone(patched(value as Tree, adds.patches));
  if (!isObject(object)) return value;
  const kind = String(object["kind"]);
  const row = kinds.named(kind);
  const metadata = mapAt(object, "metadata");
  const name = metadata["name"];
  for (const { name: of, count } of adds.replicas) {
    if (of === name && row?.subresources.includes("scale")) mapAt(object, "spec")["replicas"] = count;
  }
  if (adds.namespace !== "" && (row?.namespaced ?? true)) metadata["namespace"] = adds.namespace;
  if (Object.keys(adds.annotations).length > 0) Object.assign(mapAt(metadata, "annotations"), adds.annotations);
  const template = row?.template === undefined ? null : row.template.reduce<Tree>(mapAt, object);
  for (const { pairs, selectors, templates } of adds.labels) {
    Object.assign(mapAt(metadata, "labels"), pairs);
    if ((selectors || templates) && template) Object.assign(mapAt(mapAt(template, "metadata"), "labels"), pairs);
    if (selectors) addToSelector(object, kind, pairs);
  }
  if (template) setImages(template, adds.images);
  return object;
}

/** The map at a key, made where nothing stands there. */
function mapAt(value: Tree, key: string): Tree {
  if (!isObject(value[key])) value[key] = {};
  return value[key] as Tree;
}

/** A Job makes its own selector, and a Service selects by plain labels. */
function addToSelector(object: Tree, kind: string, pairs: Readonly<Record<string, string>>): void {
  if (kind === "Service" || kind === "ReplicationController")
    Object.assign(mapAt(mapAt(object, "spec"), "selector"), pairs);
  else if (["Deployment", "ReplicaSet", "StatefulSet", "DaemonSet"].includes(kind)) {
    Object.assign(mapAt(mapAt(mapAt(object, "spec"), "selector"), "matchLabels"), pairs);
  }
}

function setImages(template: Tree, images: Additions["images"]): void {
  const spec = mapAt(template, "spec");
  for (const key of ["containers", "initContainers"]) {
    for (const container of Array.isArray(spec[key]) ? (spec[key] as Tree[]) : []) {
      const image = isObject(container) ? container["image"] : undefined;
      const found = images.find(({ name }) => typeof image === "string" && image.replace(/[:@][^/]*$/, "") === name);
      if (found && found.newName !== "") container["image"] = `${found.newName}:${found.newTag || "latest"}`;
    }
  }
}

function patched(object: Tree, patches: readonly Patch[]): Tree {
  let result = object as Json;
  for (const { value, target } of patches) {
    if (!concerns(object, value, target)) continue;
    const type = typeOf(String(object["apiVersion"]), String(object["kind"]));
    const laid = Array.isArray(value)
      ? jsonPatch(result, value as Json)
      : strategicMergePatch(result, withoutIdentity(value as Tree) as Json, type);
    if (laid.ok) result = laid.value;
  }
  return result as Tree;
}

function withoutIdentity({ apiVersion: _, kind: __, metadata, ...rest }: Tree): Tree {
  const { name: ___, namespace: ____, ...kept } = (isObject(metadata) ? metadata : {}) as Tree;
  return Object.keys(kept).length > 0 ? { ...rest, metadata: kept } : rest;
}

function concerns({ kind, metadata }: Tree, patch: unknown, target: PatchTarget | null): boolean {
  const name = isObject(metadata) ? metadata["name"] : undefined;
  if (target === null) {
    const own = isObject(patch) ? patch : {};
    const of = isObject(own["metadata"]) ? own["metadata"]["name"] : undefined;
    return own["kind"] === kind && of === name;
  }
  // What selects by labels may concern it: then what it adds is taken for granted.
  return matches(target.kind, kind) && matches(target.name, name);
}

function matches(pattern: string | undefined, text: unknown): boolean {
  if (pattern === undefined || pattern === "") return true;
  try {
    return new RegExp(`^(?:${pattern})$`).test(String(text));
  } catch {
    return pattern === text;
  }
}
