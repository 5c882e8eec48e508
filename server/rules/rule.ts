/** What a rule beyond the API server is: advice, never an error, because the server takes the object as it is. */
import { type Params, type Path, type Problem, pathText, type Severity } from "../../simulator/api/problem.ts";
import type { AdviceCode } from "../messages/codes.ts";
import type { Facts } from "../service/facts.ts";
import type { Subject } from "../service/subject.ts";
import type { Neighbourhood } from "./neighbourhood.ts";

/** Manifests that show a rule: `bad` has the finding, `good` has none at all. Pages and tests are made of them. */
export interface Example {
  readonly bad: string;
  readonly good: string;
  /** What is applied already, where only the change from it to `bad` makes the finding. */
  readonly old?: string;
  /** Other codes that `bad` cannot be without. */
  readonly also?: readonly string[];
  /** What `…` stands for, where the whole text would be too long to show: a text and how often it is repeated. */
  readonly long?: readonly [text: string, times: number];
}

/** The manifest that is meant, with nothing left out. */
export function unabridged(text: string, { long }: Example): string {
  return long === undefined ? text : text.replace("…", long[0].repeat(long[1]));
}
export type Examples = Readonly<Partial<Record<AdviceCode, Example>>>;

/** Looks at one accepted object. */
export interface ObjectRule {
  readonly looks: "object";
  readonly codes: readonly AdviceCode[];
  readonly examples: Examples;
  readonly check: (subject: Subject, when: Instant) => readonly Problem[];
}

/** Looks at what the simulator makes of one accepted object. Too slow for a keystroke: asked when there is time. */
export interface RunRule {
  readonly looks: "run";
  readonly codes: readonly AdviceCode[];
  readonly examples: Examples;
  readonly check: (subject: Subject, when: Instant) => readonly Problem[];
}

/** Looks at one object among those around it. */
export interface NeighbourRule {
  readonly looks: "neighbours";
  readonly codes: readonly AdviceCode[];
  readonly examples: Examples;
  readonly check: (facts: Facts, around: Neighbourhood) => readonly Problem[];
}

/** The present, where a rule depends on it (calendars do), in milliseconds since 1970. */
export interface Instant {
  readonly now: number;
}

/** A finding of ours at a field. */
export function advice(code: AdviceCode, severity: Exclude<Severity, "error">, at: Path, params: Params = {}): Problem {
  return { code, reason: "Advice", path: pathText(at), at, severity, params };
}

const others = new WeakMap<Problem, Facts>();

/** The problem, which is about another object as well. */
export function withOther(problem: Problem, other: Facts): Problem {
  others.set(problem, other);
  return problem;
}

/** The other object that a problem is about; undefined for most. */
export function otherOf(problem: Problem): Facts | undefined {
  return others.get(problem);
}
