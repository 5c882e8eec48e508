/** The objects that a value may name: those of the file, read by their lines, and those of the installation. */
import { isObject, type JsonObject, listAt, numberAt, objectAt, stringAt } from "../../../simulator/api/json.ts";
import { podTemplateOf } from "../../../simulator/api/pod-template.ts";
import { sketchedValue } from "../../yaml/sketch/node.ts";
import { sketch } from "../../yaml/sketch/sketch.ts";
import type { Facts } from "../facts.ts";
import type { Slice } from "../manifest.ts";
import type { Around, Spot } from "./context.ts";

/** An object as far as others name it and what is in it. */
export interface Known {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly here: boolean;
  /** Keys of what holds data. */
  readonly keys: readonly string[];
  readonly headless: boolean;
  /** How many pods it makes, as far as that is known. */
  readonly replicas: number | null;
  readonly pods: {
    readonly labels: Readonly<Record<string, string>>;
    readonly ports: readonly { readonly name: string; readonly number: number | string; readonly container: string }[];
    readonly images: readonly string[];
  } | null;
}

const sketches = new WeakMap<Slice, readonly Known[]>();

/** Every object around a place, those of its file first; the one that it is in is among them. */
export function knownAround({ manifest, slice, root, others }: Around): readonly Known[] {
  const here = manifest.slices.flatMap((one) => {
    if (one === slice) return knownIn(sketchedValue(root));
    let known = sketches.get(one);
    if (known === undefined) {
      known = knownIn(sketchedValue(sketch(one.text).root));
      sketches.set(one, known);
    }
    return known;
  });
  return [...here, ...others().map(fromFacts)];
}

function knownIn(value: unknown): readonly Known[] {
  if (!isObject(value)) return [];
  const items = String(value["kind"]).endsWith("List") ? listAt(value, "items") : [value];
  return items.filter(isObject).map(knownOf);
}

function knownOf(object: JsonObject): Known {
  const metadata = objectAt(object, "metadata");
  const kind = stringAt(object, "kind");
  const template = podTemplateOf(kind, object as never);
  const spec = objectAt(template, "spec");
  const containers = ["containers", "initContainers"].flatMap((list) => listAt(spec, list).filter(isObject));
  const keys = ["data", "stringData", "binaryData"].flatMap((key) => Object.keys(objectAt(object, key) ?? {}));
  return {
    kind,
    name: stringAt(metadata, "name"),
    namespace: stringAt(metadata, "namespace") || "default",
    here: true,
    keys,
    headless: stringAt(objectAt(object, "spec"), "clusterIP") === "None",
    replicas: numberAt(objectAt(object, "spec"), "replicas") ?? 1,
    pods:
      spec === undefined && objectAt(template, "metadata") === undefined
        ? null
        : {
            labels: texts(objectAt(objectAt(template, "metadata"), "labels")),
            ports: containers.flatMap((one) =>
              listAt(one, "ports")
                .filter(isObject)
                .map((port) => ({
                  name: stringAt(port, "name"),
                  number: port["containerPort"] as number,
                  container: stringAt(one, "name"),
                })),
            ),
            images: containers.map((one) => stringAt(one, "image")).filter((image) => image !== ""),
          },
  };
}

function fromFacts({ kind, name, namespace, pods, service, keys }: Facts): Known {
  const ports = pods?.ports.map((port) => ({ ...port, container: name })) ?? [];
  return {
    kind,
    // What will be filled in by a template has a name that is none.
    name: /^[a-z0-9][-a-z0-9.]*$/.test(name) ? name : "",
    namespace,
    here: false,
    keys: keys ?? [],
    headless: service?.headless === true,
    replicas: null,
    pods: pods === null ? null : { labels: pods.labels, ports, images: [] },
  };
}

/** The labels of a map that are texts. */
export function texts(map: JsonObject | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(map ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

/** The namespace of the object that a place is in. */
export function namespaceOf({ whole }: Pick<Spot, "whole">): string {
  const value = sketchedValue(whole.map);
  return stringAt(objectAt(isObject(value) ? value : undefined, "metadata"), "namespace") || "default";
}
