/** Keys of maps whose keys are free: labels by what they have to match, amounts by what can be asked for. */
import { isObject, objectAt } from "../../../simulator/api/json.ts";
import { templatePath } from "../../../simulator/api/pod-template.ts";
import { sketchedValue } from "../../yaml/sketch/node.ts";
import { valueAt } from "../parse.ts";
import { type Choice, quotedAs } from "./choice.ts";
import type { Item, KeyPlace, Spot } from "./context.ts";
import { type Draft, escaped, holeText } from "./draft.ts";
import { ownValue } from "./names.ts";
import { knownAround, namespaceOf, texts } from "./objects-around.ts";
import { put } from "./put.ts";
import { shapeAt } from "./shape.ts";

interface Pair {
  readonly key: string;
  /** Null: its value is open. */
  readonly value: string | null;
  readonly detail?: string;
}

const open = (...keys: readonly string[]): readonly Pair[] => keys.map((key) => ({ key, value: null }));

const recommended = open(
  "app.kubernetes.io/name",
  "app.kubernetes.io/instance",
  "app.kubernetes.io/version",
  "app.kubernetes.io/component",
  "app.kubernetes.io/part-of",
  "app.kubernetes.io/managed-by",
  "app",
);
const ofNodes = open(
  "kubernetes.io/os",
  "kubernetes.io/arch",
  "kubernetes.io/hostname",
  "topology.kubernetes.io/zone",
  "topology.kubernetes.io/region",
  "node.kubernetes.io/instance-type",
);
const nodeValues: Readonly<Record<string, readonly string[]>> = {
  "kubernetes.io/os": ["linux", "windows"],
  "kubernetes.io/arch": ["amd64", "arm64"],
};

type Asked = Pick<Spot, "around" | "whole" | "path">;

/** What the map at a place may hold, by the field that it is. */
function pairsFor(spot: Asked, owner: string, field: string): readonly Pair[] {
  switch (`${owner}.${field}`) {
    case "LabelSelector.matchLabels":
    case "ReplicationControllerSpec.selector": {
      const own = ownLabels(spot);
      return Object.keys(own).length > 0 || templatePath(spot.whole.kind) !== null ? pairs(own) : labelsOfPods(spot);
    }
    case "ServiceSpec.selector":
      return labelsOfPods(spot);
    case "ObjectMeta.labels": {
      if (spot.path.length <= 2) return [...pairs(ownLabels(spot)), ...recommended];
      const wanted = valueAt(ownValue(spot), ["spec", "selector", "matchLabels"]);
      const { notSelected } = spot.around.words.completion;
      const asked = isObject(wanted) ? pairs(texts(wanted)).map((one) => ({ ...one, detail: notSelected })) : [];
      const own = valueAt(ownValue(spot), ["metadata", "labels"]);
      return [...asked, ...(isObject(own) ? pairs(texts(own)) : []), ...recommended];
    }
    case "ObjectMeta.annotations":
      return open("kubernetes.io/change-cause", "kubectl.kubernetes.io/default-container");
    case "PodSpec.nodeSelector":
      return ofNodes;
    case "ResourceRequirements.requests":
    case "ResourceRequirements.limits":
      return open("cpu", "memory", "ephemeral-storage");
    case "VolumeResourceRequirements.requests":
    case "VolumeResourceRequirements.limits":
      return open("storage");
    default:
      return [];
  }
}

function pairs(labels: Readonly<Record<string, string>>): readonly Pair[] {
  return Object.entries(labels).map(([key, value]) => ({ key, value }));
}

/** The labels of the pods that the object makes. */
function ownLabels(spot: Asked): Readonly<Record<string, string>> {
  const path = templatePath(spot.whole.kind);
  const template = path ? valueAt(ownValue(spot), path) : undefined;
  return texts(objectAt(objectAt(isObject(template) ? template : undefined, "metadata"), "labels"));
}

/** The labels of pods of the same namespace. */
function labelsOfPods(spot: Asked): readonly Pair[] {
  const namespace = namespaceOf(spot);
  const { labelOf } = spot.around.words.completion;
  return knownAround(spot.around)
    .filter((one) => one.namespace === namespace)
    .flatMap(({ kind, name, pods }) =>
      pairs(pods?.labels ?? {}).map((pair) => ({ ...pair, detail: labelOf(kind, name) })),
    );
}

/** The keys that the map at a place may get; none where nothing is known of it. */
export function mapItems(place: KeyPlace): readonly Item[] {
  const { around, whole, path, map, word, setting, inner, hasColon, own } = place;
  const shape = shapeAt(whole, path, around.slice.target);
  if (shape?.type.kind !== "map") return [];
  const there = sketchedValue(map);
  const seen = new Set(isObject(there) ? Object.keys(there).filter((key) => key !== own) : []);
  return pairsFor(place, shape.owner, shape.field).flatMap(({ key, value, detail }, index) => {
    const label = value === null ? key : `${key}: ${value}`;
    if (seen.has(key) || (hasColon && value !== null)) return [];
    if (value === null) seen.add(key);
    const inFlow = setting.on === "flow";
    const json = inFlow && setting.json;
    const written: Draft =
      value === null ? holeText : json ? escaped(value) : escaped(quotedAs(value, "", false, inFlow));
    const base = {
      label,
      sort: "field" as const,
      filter: key,
      rank: String(index).padStart(3, "0"),
      ...(detail === undefined ? {} : { detail }),
    };
    if (hasColon) return [{ ...base, text: key, span: word }];
    const { text } = around.slice;
    const made = put({ [key]: written }, "entries", { text, word, setting, style: around.style, inner });
    return [
      { ...base, text: made.text, span: made.span, filter: made.quote + key, also: made.also, again: value === null },
    ];
  });
}

/** The values that the key of such a map may have. */
export function labelValues(spot: Spot): readonly Choice[] {
  const { path, shape } = spot;
  const key = String(path.at(-1));
  const parent = shapeAt(spot.whole, path.slice(0, -1), spot.around.slice.target);
  if (parent?.type.kind !== "map") return [];
  const found = pairsFor({ ...spot, path: path.slice(0, -1) }, shape.owner, shape.field);
  const known = found.filter((pair) => pair.key === key && pair.value !== null);
  const fixed = shape.field === "nodeSelector" ? (nodeValues[key] ?? []) : [];
  return [
    ...known.map(({ value, detail }) => ({ value: value as string, ...(detail === undefined ? {} : { detail }) })),
    ...fixed.map((value) => ({ value })),
  ];
}
