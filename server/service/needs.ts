/** What the pods of an object need to be there before they can start: by kind, name and key, with where they say so. */
import { asObject, isObject, isTrue, type JsonObject, listAt, objectAt, stringAt } from "../../simulator/api/json.ts";
import type { Path } from "../../simulator/api/problem.ts";

/** Kinds of objects that pods lean on by name. */
export const neededKinds = ["ConfigMap", "Secret", "PersistentVolumeClaim", "ServiceAccount", "PriorityClass"] as const;
export type NeededKind = (typeof neededKinds)[number];

/** What stands for a name that is not known. */
export const someName = "*";

export interface Need {
  readonly kind: NeededKind;
  readonly name: string;
  /** The key of its data; null: the object itself. */
  readonly key: string | null;
  /** Where the name, or the key, stands in the object. */
  readonly at: Path;
}

/** Objects that are there without anybody writing them: some are put into every namespace. */
const always: Readonly<Record<string, RegExp>> = {
  ConfigMap: /^(?:kube-root-ca\.crt|openshift-service-ca\.crt|istio-ca-root-cert)$/,
  ServiceAccount: /^default$/,
  PriorityClass: /^system-(?:cluster|node)-critical$/,
};

/** Everything that a pod spec needs, but for what it says it can do without. `path`: where the spec is. */
export function needsOf(spec: JsonObject | undefined, path: Path): readonly Need[] {
  if (spec === undefined) return [];
  const needs: Need[] = [];
  const need = (
    kind: NeededKind,
    source: JsonObject | undefined,
    field: string,
    at: Path,
    keys: readonly [string, Path][] = [],
  ) => {
    const name = stringAt(source, field);
    if (name === "" || isTrue(source, "optional") || always[kind]?.test(name) === true) return;
    needs.push({ kind, name, key: null, at: [...at, field] });
    for (const [key, place] of keys) if (key !== "") needs.push({ kind, name, key, at: place });
  };
  for (const list of ["containers", "initContainers"]) {
    for (const [index, container] of listAt(spec, list).entries()) {
      if (isObject(container)) needsOfContainer(container, [...path, list, index], need);
    }
  }
  for (const [index, volume] of listAt(spec, "volumes").entries()) {
    const at = [...path, "volumes", index];
    const one = asObject(volume);
    const [config, secret] = [objectAt(one, "configMap"), objectAt(one, "secret")];
    need("ConfigMap", config, "name", [...at, "configMap"], itemsOf(config, [...at, "configMap"]));
    need("Secret", secret, "secretName", [...at, "secret"], itemsOf(secret, [...at, "secret"]));
    need("PersistentVolumeClaim", objectAt(one, "persistentVolumeClaim"), "claimName", [
      ...at,
      "persistentVolumeClaim",
    ]);
    for (const [source, projection] of listAt(objectAt(one, "projected"), "sources").entries()) {
      const place = [...at, "projected", "sources", source];
      for (const [field, kind] of [
        ["configMap", "ConfigMap"],
        ["secret", "Secret"],
      ] as const) {
        const from = objectAt(asObject(projection), field);
        need(kind, from, "name", [...place, field], itemsOf(from, [...place, field]));
      }
    }
  }
  need("ServiceAccount", spec, "serviceAccountName", path);
  need("PriorityClass", spec, "priorityClassName", path);
  return needs;
}

type Add = (
  kind: NeededKind,
  source: JsonObject | undefined,
  field: string,
  at: Path,
  keys?: readonly [string, Path][],
) => void;

function needsOfContainer(container: JsonObject, path: Path, need: Add): void {
  for (const [index, from] of listAt(container, "envFrom").entries()) {
    const at = [...path, "envFrom", index];
    need("ConfigMap", objectAt(asObject(from), "configMapRef"), "name", [...at, "configMapRef"]);
    need("Secret", objectAt(asObject(from), "secretRef"), "name", [...at, "secretRef"]);
  }
  for (const [index, variable] of listAt(container, "env").entries()) {
    const from = objectAt(asObject(variable), "valueFrom");
    for (const [field, kind] of [
      ["configMapKeyRef", "ConfigMap"],
      ["secretKeyRef", "Secret"],
    ] as const) {
      const at = [...path, "env", index, "valueFrom", field];
      const source = objectAt(from, field);
      need(kind, source, "name", at, [[stringAt(source, "key"), [...at, "key"]]]);
    }
  }
}

function itemsOf(source: JsonObject | undefined, at: Path): readonly [string, Path][] {
  return listAt(source, "items").map((item, index) => [
    stringAt(asObject(item), "key"),
    [...at, "items", index, "key"],
  ]);
}

/** The keys of a ConfigMap or Secret; null where it has none, as then something else fills it. */
export function keysOf(object: unknown): readonly string[] | null {
  const keys = ["data", "binaryData", "stringData"].flatMap((field) => {
    const map = isObject(object) ? object[field] : undefined;
    return isObject(map) ? Object.keys(map) : [];
  });
  return keys.length === 0 ? null : keys;
}

const longestValue = 63;
const mostMentions = 200;
const nameLike = /^[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?$/;

/** Texts in an object of somebody else's kind that may name an object that it makes, as a certificate names its Secret. */
export function mentionsIn(value: unknown): readonly string[] {
  const found = new Set<string>();
  const look = (one: unknown, depth: number): void => {
    if (found.size >= mostMentions || depth > 30) return;
    if (typeof one === "string") {
      if (one.length <= longestValue && nameLike.test(one)) found.add(one);
    } else if (typeof one === "object" && one !== null) for (const item of Object.values(one)) look(item, depth + 1);
  };
  look(value, 0);
  return [...found];
}

const longestMaker = 64 * 1024;
const makes = /secret|config|certificate|claim|account|priority/i;

/** The same of a text that is not read. */
export function mentionsInText(text: string): readonly string[] {
  if (text.length > longestMaker || !makes.test(text)) return [];
  const found = new Set<string>();
  for (const [, value] of text.matchAll(/[:-][ \t]*["']?([a-z0-9][-a-z0-9.]{0,61}[a-z0-9])["']?[ \t]*[\r\n,}\]#]/g)) {
    if (value !== undefined) found.add(value);
    if (found.size >= mostMentions) break;
  }
  return [...found];
}
