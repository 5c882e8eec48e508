/** The object as a kustomization builds it, as far as that decides whether it is accepted. Models kustomize's api/internal/builtins. */
import { typeOf } from "../../../simulator/api/decode.ts";
import { isObject } from "../../../simulator/api/json.ts";
import { kinds } from "../../../simulator/api/kinds.ts";
import type { Json } from "../../../simulator/api/objects.ts";
import { jsonPatch } from "../../../simulator/api/patch/json-patch.ts";
import { strategicMergePatch } from "../../../simulator/api/patch/strategic.ts";
import type { Additions, PatchTarget } from "./additions.ts";

type Tree = Record<string, unknown>;

/** Kinds whose names stay as they are. */
const unrenamed = new Set(["Namespace", "CustomResourceDefinition", "APIService"]);

/**
 * The object as the layers of a way build it, the innermost first. It keeps its name, which is changed wherever it is used: see
 * `builtName`. What is not understood is left as it is.
 */
export function withAdditions(value: unknown, way: readonly Additions[]): unknown {
  if (!isObject(value) || way.every(isNothing)) return value;
  const names = [nameOf(value)];
  let object: Tree = structuredClone(value) as Tree;
  for (const adds of way) {
    object = withLayer(object, adds, names);
    names.push(`${adds.prefix}${names.at(-1)}${adds.suffix}`);
  }
  return object;
}

const nothing = new WeakMap<Additions, boolean>();

/** Whether a layer does nothing but to take in, as many do. Names are changed apart. */
function isNothing(layer: Additions): boolean {
  let known = nothing.get(layer);
  if (known === undefined) {
    const { labels, annotations, namespace, images, replicas, patches } = layer;
    const lists = [labels, Object.keys(annotations), images, replicas, patches];
    known = namespace === "" && lists.every((list) => list.length === 0);
    nothing.set(layer, known);
  }
  return known;
}

/** The object under the name that it gets at the end. */
export function withBuiltName(value: unknown, way: readonly Additions[]): unknown {
  if (!isObject(value) || !isObject(value["metadata"])) return value;
  const { metadata } = value;
  const { name } = metadata;
  if (typeof name !== "string" || unrenamed.has(String(value["kind"]))) return value;
  const built = way.reduce((inner, { prefix, suffix }) => `${prefix}${inner}${suffix}`, name);
  return built === name ? value : { ...value, metadata: { ...metadata, name: built } };
}

/** Whether a field gets its value from another object in one of the layers. `at`: as in the object. */
export function isReplaced(value: unknown, way: readonly Additions[], at: readonly (string | number)[]): boolean {
  if (!isObject(value)) return false;
  return way.some(({ replaced }) =>
    replaced.some(({ target, path }) => concerns(value as Tree, null, target, [nameOf(value)]) && leads(path, at)),
  );
}

/** `spec.containers.[name=web].image` leads to what stands there and above it; `*` and a choice stand for any entry. */
function leads(path: string, at: readonly (string | number)[]): boolean {
  const steps = path.match(/\[[^\]]*\]|(?:\\.|[^.[\]])+/g) ?? [];
  const isSame = (step: string, key: string | number | undefined) =>
    typeof key === "number" || step === "*" || step.replaceAll("\\.", ".") === key;
  return at.length <= steps.length && at.every((key, index) => isSame(steps[index] as string, key));
}

function nameOf(value: unknown): unknown {
  const metadata = isObject(value) ? value["metadata"] : undefined;
  return isObject(metadata) ? metadata["name"] : undefined;
}

function withLayer(given: Tree, adds: Additions, names: readonly unknown[]): Tree {
  const object = patched(given, adds.patches, names);
  const kind = String(object["kind"]);
  const row = kinds.named(kind);
  const metadata = mapAt(object, "metadata");
  if (adds.namespace !== "") setNamespace(object, kind, row?.namespaced ?? true, adds.namespace);
  if (Object.keys(adds.annotations).length > 0) Object.assign(mapAt(metadata, "annotations"), adds.annotations);
  const template = row?.template === undefined ? null : row.template.reduce<Tree>(mapAt, object);
  for (const { pairs, selectors, templates } of adds.labels) {
    Object.assign(mapAt(metadata, "labels"), pairs);
    if ((selectors || templates) && template) Object.assign(mapAt(mapAt(template, "metadata"), "labels"), pairs);
    if (selectors) addToSelector(object, kind, pairs);
  }
  for (const { name: of, count } of adds.replicas) {
    if (names.includes(of) && row?.subresources.includes("scale")) mapAt(object, "spec")["replicas"] = count;
  }
  if (template) setImages(template, adds.images);
  return object;
}

/** A Namespace is called so itself, and accounts that are bound are those of the same installation. */
function setNamespace(object: Tree, kind: string, isNamespaced: boolean, namespace: string): void {
  if (kind === "Namespace") mapAt(object, "metadata")["name"] = namespace;
  else if (isNamespaced) mapAt(object, "metadata")["namespace"] = namespace;
  if (kind !== "RoleBinding" && kind !== "ClusterRoleBinding") return;
  for (const subject of Array.isArray(object["subjects"]) ? (object["subjects"] as unknown[]) : []) {
    if (!isObject(subject) || subject["kind"] !== "ServiceAccount") continue;
    const account = subject as Tree;
    if (account["name"] === "default" || account["namespace"] === undefined) account["namespace"] = namespace;
  }
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
      if (typeof image !== "string") continue;
      const [, repository = "", rest = ""] = /^(.*?)([:@][^/]*)?$/.exec(image) ?? [];
      const found = images.find(({ name }) => name === repository);
      if (!found) continue;
      const { newName, newTag, digest } = found;
      const version = `${newTag && `:${newTag}`}${digest && `@${digest}`}`;
      container["image"] = `${newName || repository}${version || rest}`;
    }
  }
}

function patched(object: Tree, patches: Additions["patches"], names: readonly unknown[]): Tree {
  let result = object as Json;
  for (const { value, target } of patches) {
    // What one overlay takes away is judged for those that keep it.
    if (!concerns(object, value, target, names) || (isObject(value) && value["$patch"] === "delete")) continue;
    const type = typeOf(String(object["apiVersion"]), String(object["kind"]));
    const laid = Array.isArray(value)
      ? jsonPatch(result, value as Json)
      : strategicMergePatch(result, withoutIdentity(value as Tree) as Json, type);
    if (laid.ok && isObject(laid.value)) result = laid.value;
  }
  return result as Tree;
}

function withoutIdentity({ apiVersion: _, kind: __, metadata, ...rest }: Tree): Tree {
  const { name: ___, namespace: ____, ...kept } = (isObject(metadata) ? metadata : {}) as Tree;
  return Object.keys(kept).length > 0 ? { ...rest, metadata: kept } : rest;
}

/** `names`: those that the object has had so far. */
function concerns({ kind }: Tree, patch: unknown, target: PatchTarget | null, names: readonly unknown[]): boolean {
  if (target === null) {
    const own = isObject(patch) ? patch : {};
    return own["kind"] === kind && names.includes(nameOf(own));
  }
  // What selects by labels may concern it: then what it adds is taken for granted.
  return matches(target.kind, kind) && names.some((name) => matches(target.name, name));
}

function matches(pattern: string | undefined, text: unknown): boolean {
  if (pattern === undefined || pattern === "") return true;
  try {
    return new RegExp(`^(?:${pattern})$`).test(String(text));
  } catch {
    return pattern === text;
  }
}
