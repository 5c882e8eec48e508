/** A place in a text where something is named, and when two of them name the same thing. */
import type { Path } from "../../../simulator/api/problem.ts";
import { matchesRequirements, type Requirement } from "../../../simulator/api/selector-text.ts";

/** Where a name stands: on a key or on a value of the slice. */
export interface NamePlace {
  readonly at: Path;
  readonly onKey: boolean;
}

/** How it is found which of those that have a name in common mean the same. */
export type Reach =
  /** All of them, as with names of objects. */
  | { readonly is: "name" }
  /** Those of the same object, as with volumes. */
  | { readonly is: "object" }
  /** What pods carry: a label, or a port. */
  | { readonly is: "carries"; readonly labels: Readonly<Record<string, string>> }
  /** What asks for pods that carry it. */
  | { readonly is: "selects"; readonly requirements: readonly Requirement[] };

export interface Mention extends NamePlace {
  /** What sort of thing, in which namespace, of which name: others never mean the same. */
  readonly about: string;
  readonly role: "defines" | "refers";
  /** The name as it stands there. */
  readonly text: string;
  /** Of a label: where its key stands. */
  readonly key?: NamePlace & { readonly text: string };
  /** Of the object that it stands in: where that begins in the slice, and what it is. */
  readonly object: string;
  readonly of: { readonly kind: string; readonly name: string };
  readonly reach: Reach;
  /** Whether it is a number, which is followed but never renamed. */
  readonly number?: boolean;
}

/** Whether two that are about the same name mean the same thing; `together`: they stand in one slice. */
export function meanTheSame(one: Mention, other: Mention, together: boolean): boolean {
  if (one.reach.is === "name" || other.reach.is === "name") return true;
  if (together && one.object === other.object) return true;
  if (one.reach.is === "selects" && other.reach.is === "carries") return selects(one.reach, other.reach);
  return one.reach.is === "carries" && other.reach.is === "selects" && selects(other.reach, one.reach);
}

function selects(
  { requirements }: Extract<Reach, { readonly is: "selects" }>,
  { labels }: Extract<Reach, { readonly is: "carries" }>,
): boolean {
  return matchesRequirements(requirements, labels);
}
