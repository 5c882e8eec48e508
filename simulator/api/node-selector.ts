/**
 * Which nodes a pod asks for by labels. Models staging/src/k8s.io/component-helpers/scheduling/corev1/nodeaffinity/nodeaffinity.go
 * and, for single requirements, apimachinery/pkg/labels/selector.go.
 */
import type { LabelMap, LabelSelectorRequirement, NodeSelectorTerm, PodSpec } from "./objects.ts";

/** As much of a node as selectors look at. */
export interface SelectableNode {
  readonly name: string;
  readonly labels: LabelMap;
}

interface NodeMatch {
  readonly match: boolean;
  /** A term could not be parsed (and no other term matched). */
  readonly error: boolean;
}

export interface PreferredTerm {
  readonly weight: number;
  readonly preference: NodeSelectorTerm;
}

/** A parsed term: a test of a node, or `null` when it cannot be parsed. */
type Term = ((node: SelectableNode) => boolean) | null;

const labelName = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const labelPrefix = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

function isLabelValue(text: string): boolean {
  return text === "" || (text.length <= 63 && labelName.test(text));
}

function isLabelKey(text: string): boolean {
  const parts = text.split("/");
  if (parts.length > 2) return false;
  const name = parts.at(-1)!;
  if (name.length > 63 || !labelName.test(name)) return false;
  return parts.length === 1 || (parts[0]!.length <= 253 && labelPrefix.test(parts[0]!));
}

/** A decimal 64-bit integer as Go's `strconv.ParseInt(text, 10, 64)` reads it; undefined when it is none. */
export function int64(text: string): bigint | undefined {
  if (!/^[+-]?[0-9]+$/.test(text)) return undefined;
  const value = BigInt(text.startsWith("+") ? text.slice(1) : text);
  return BigInt.asIntN(64, value) === value ? value : undefined;
}

function labelTest({ key, operator, values = [] }: LabelSelectorRequirement): ((labels: LabelMap) => boolean) | null {
  if (!isLabelKey(key) || !values.every(isLabelValue)) return null;
  const has = (labels: LabelMap) => Object.hasOwn(labels, key);
  switch (operator) {
    case "In":
      return values.length === 0 ? null : (labels) => has(labels) && values.includes(labels[key]!);
    case "NotIn":
      return values.length === 0 ? null : (labels) => !has(labels) || !values.includes(labels[key]!);
    case "Exists":
      return values.length > 0 ? null : has;
    case "DoesNotExist":
      return values.length > 0 ? null : (labels) => !has(labels);
    case "Gt":
    case "Lt": {
      const bound = values.length === 1 ? int64(values[0]!) : undefined;
      if (bound === undefined) return null;
      return (labels) => {
        const value = has(labels) ? int64(labels[key]!) : undefined;
        return value !== undefined && (operator === "Gt" ? value > bound : value < bound);
      };
    }
    default:
      return null;
  }
}

function fieldTest({
  key,
  operator,
  values = [],
}: LabelSelectorRequirement): ((node: SelectableNode) => boolean) | null {
  if (values.length !== 1 || (operator !== "In" && operator !== "NotIn")) return null;
  const wanted = operator === "In";
  return (node) => ((key === "metadata.name" ? node.name : "") === values[0]) === wanted;
}

/** Parsed terms without the empty ones, which match nothing. */
function parseTerm(term: NodeSelectorTerm): Term | undefined {
  const expressions = term.matchExpressions ?? [];
  const fields = term.matchFields ?? [];
  if (expressions.length === 0 && fields.length === 0) return undefined;
  const labelTests = expressions.map(labelTest);
  const fieldTests = fields.map(fieldTest);
  if (labelTests.includes(null) || fieldTests.includes(null)) return null;
  return (node) => labelTests.every((test) => test!(node.labels)) && fieldTests.every((test) => test!(node));
}

const parsedTerms = new WeakMap<readonly NodeSelectorTerm[], readonly Term[]>();

function parseTerms(terms: readonly NodeSelectorTerm[]): readonly Term[] {
  let parsed = parsedTerms.get(terms);
  if (!parsed) {
    parsed = terms.map(parseTerm).filter((term) => term !== undefined);
    parsedTerms.set(terms, parsed);
  }
  return parsed;
}

/** Whether any of the terms matches the node; without terms nothing matches. */
export function matchesNodeSelectorTerms(terms: readonly NodeSelectorTerm[], node: SelectableNode): NodeMatch {
  let error = false;
  for (const term of parseTerms(terms)) {
    if (term === null) error = true;
    else if (term(node)) return { match: true, error: false };
  }
  return { match: false, error };
}

/** Whether the node satisfies the pod's `nodeSelector` and required node affinity, both of which must hold. */
export function requiredNodeAffinityMatches(
  node: SelectableNode,
  pod: Pick<PodSpec, "nodeSelector" | "affinity">,
): NodeMatch {
  for (const [key, value] of Object.entries(pod.nodeSelector ?? {})) {
    if (!Object.hasOwn(node.labels, key) || node.labels[key] !== value) return { match: false, error: false };
  }
  const required = pod.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  if (!required) return { match: true, error: false };
  return matchesNodeSelectorTerms(required.nodeSelectorTerms ?? [], node);
}

const parsedPreferences = new WeakMap<readonly PreferredTerm[], readonly (readonly [number, Term])[]>();

/** The sum of the weights of matching terms, not normalised; null when a term cannot be parsed. */
export function preferredNodeAffinityScore(node: SelectableNode, terms: readonly PreferredTerm[]): number | null {
  let parsed = parsedPreferences.get(terms);
  if (!parsed) {
    parsed = terms.flatMap(({ weight, preference }) => {
      const term = weight === 0 ? undefined : parseTerm(preference);
      return term === undefined ? [] : [[weight, term] as const];
    });
    parsedPreferences.set(terms, parsed);
  }
  let score = 0;
  for (const [weight, term] of parsed) {
    if (term === null) return null;
    if (term(node)) score += weight;
  }
  return score;
}
