/** What the language service and its rules look at: one object. */
import type { ManifestObject } from "../../simulator/api/objects.ts";
import type { Path } from "../../simulator/api/problem.ts";
import type { Target } from "../../simulator/api/target.ts";
import type { Recognised } from "./recognise.ts";
import type { Decision } from "./standing/decide.ts";

/** An object of a slice: the document itself or an item of a List. */
export interface Subject {
  /** Where it is in the slice's value. */
  readonly root: Path;
  readonly recognised: Recognised;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly value: unknown;
  /** The version of Kubernetes that judged it. */
  readonly target: Target;
  /** Decoded and defaulted, when it could be decoded. */
  readonly object: ManifestObject | null;
  /** Where fields stand that the version knows but drops unseen. */
  readonly dropped: readonly Path[];
  /** What it is installed with; none where nothing says. */
  readonly installations: readonly string[];
  /** What it is where it stands. */
  readonly decision: Decision;
  /** Whether the API server would take it. */
  readonly accepted: boolean;
  /** The same but for fields that nobody knows: then the object is what it would be if they were put right. */
  readonly sound: boolean;
}
