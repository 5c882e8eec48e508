/** Labels that pods carry, and selectors that ask for them, as mentions. */
import { isObject } from "../../../simulator/api/json.ts";
import { requirementsOf } from "../../../simulator/api/label-selector.ts";
import type { Path } from "../../../simulator/api/problem.ts";
import type { Requirement } from "../../../simulator/api/selector-text.ts";
import type { Mention } from "./mention.ts";
import { placesIn } from "./places.ts";

/** Of the object that is looked at. */
export interface Owner {
  readonly namespace: string;
  /** Where it begins in the slice, as text. */
  readonly object: string;
  readonly of: Mention["of"];
}

const labelAbout = (namespace: string, key: string, value: string) => `label ${namespace} ${key}=${value}`;

/** The labels at a place that are texts. */
export function labelsIn(value: unknown): Readonly<Record<string, string>> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => (typeof one === "string" ? [[key, one]] : [])),
  );
}

/** The labels of pods, which stand at a place. */
export function carriedLabels(value: unknown, at: Path, { namespace, object, of }: Owner): readonly Mention[] {
  const labels = labelsIn(value);
  return Object.entries(labels).map(([key, text]) => ({
    ...pair([...at, key], key, text),
    about: labelAbout(namespace, key, text),
    role: "defines",
    object,
    of,
    reach: { is: "carries", labels },
  }));
}

/** The labels that a selector asks for. `plain`: it has no `matchLabels`, as that of a Service. */
export function selectedLabels(value: unknown, at: Path, owner: Owner, plain = false): readonly Mention[] {
  const requirements = readSelector(plain ? { matchLabels: value } : value);
  if (requirements === null) return [];
  const of = (key: string, text: string) => ({
    about: labelAbout(owner.namespace, key, text),
    role: "refers" as const,
    object: owner.object,
    of: owner.of,
    reach: { is: "selects" as const, requirements },
  });
  const labelsAt = plain ? at : [...at, "matchLabels"];
  const labels = labelsIn(plain ? value : isObject(value) ? value["matchLabels"] : undefined);
  const exact = Object.entries(labels).map(([key, text]) => ({
    ...pair([...labelsAt, key], key, text),
    ...of(key, text),
  }));
  const expressions = plain ? [] : placesIn(value, "matchExpressions.*", at);
  const among = expressions.flatMap(({ at: place, value: one }) => {
    if (!isObject(one) || one["operator"] !== "In" || typeof one["key"] !== "string") return [];
    const key = one["key"];
    const keyPlace = { at: [...place, "key"], onKey: false, text: key };
    return placesIn(one, "values.*", place).flatMap(({ at: where, value: text }) =>
      typeof text === "string" ? [{ at: where, onKey: false, text, key: keyPlace, ...of(key, text) }] : [],
    );
  });
  return [...exact, ...among];
}

function pair(at: Path, key: string, text: string): Pick<Mention, "at" | "onKey" | "text" | "key"> {
  return { at, onKey: false, text, key: { at, onKey: true, text: key } };
}

/** What a selector asks for; null for one that cannot be used, or asks for nothing. */
export function readSelector(value: unknown): readonly Requirement[] | null {
  if (!isObject(value)) return null;
  const { matchLabels, matchExpressions } = value as Readonly<Record<string, unknown>>;
  const expressions = (Array.isArray(matchExpressions) ? matchExpressions : []).flatMap((one: unknown) => {
    if (!isObject(one) || typeof one["key"] !== "string" || typeof one["operator"] !== "string") return [];
    const values = Array.isArray(one["values"]) ? one["values"].filter((each) => typeof each === "string") : [];
    return [{ key: one["key"], operator: one["operator"], values }];
  });
  const requirements = requirementsOf({ matchLabels: labelsIn(matchLabels), matchExpressions: expressions as never });
  return requirements === undefined || requirements.length === 0 ? null : requirements;
}
