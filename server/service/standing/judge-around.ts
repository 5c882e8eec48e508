/** Judging an object of which a part is not known: what does not depend on that part is still said. */
import { isObject } from "../../../simulator/api/json.ts";
import type { Path, Problem } from "../../../simulator/api/problem.ts";
import type { Judgement } from "../judge.ts";
import { valueAt } from "../parse.ts";
import { isPlaceholder, unknownMark } from "./placeholders.ts";

export type Around<Known extends Judgement> = Known & {
  /** Something that will be filled in; null: nothing is. */
  readonly placeholder: string | null;
};

/** Placeholders show one after the other, as reading stops at the first. */
const mostRounds = 20;

/** `template`: whether expressions were masked, and whether content that is not known may stand anywhere. */
export function judgeAround<Known extends Judgement>(
  value: unknown,
  template: { readonly blocks: boolean } | null,
  judge: (value: unknown) => Known,
): Around<Known> {
  const gone: Path[] = [];
  const blocks = template?.blocks ?? false;
  let known = template === null ? value : without(value, [], gone);
  let placeholder: string | null = template === null ? null : "{{";
  let judgement = judge(known);
  for (let round = 0; round < mostRounds; round++) {
    const found = judgement.problems.filter((one) => one.severity === "error" && isUnfilled(one, known));
    if (found.length === 0) break;
    placeholder ??= String(valueAt(known, found[0]?.at ?? []));
    for (const { at } of found) {
      gone.push(at);
      known = removed(known, at);
    }
    judgement = judge(known);
  }
  if (placeholder === null) return { ...judgement, placeholder };
  const problems = judgement.problems.filter((one) => isSure(one, value, gone, blocks));
  return { ...judgement, object: null, problems, placeholder };
}

function isUnfilled({ code, at, params }: Problem, value: unknown): boolean {
  const wantsText = !(code === "invalid-quantity" || (code === "wrong-type" && params["expected"] !== "string"));
  return at.length > 0 && isPlaceholder(valueAt(value, at), wantsText);
}

/** The value without what holds a mark; where that stood is added to `gone`. */
function without(value: unknown, at: Path, gone: Path[]): unknown {
  if (Array.isArray(value)) {
    return value.map((item, index) => {
      const place = [...at, index];
      if (typeof item !== "string" || !item.includes(unknownMark)) return without(item, place, gone);
      gone.push(place);
      // An entry keeps its place, so that the others keep theirs.
      return "unknown";
    });
  }
  if (!isObject(value)) return value;
  const kept: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    const text: unknown = item;
    if (key.includes(unknownMark) || (typeof text === "string" && text.includes(unknownMark))) gone.push([...at, key]);
    else kept[key] = without(item, [...at, key], gone);
  }
  return kept;
}

function removed(value: unknown, [step, ...rest]: Path): unknown {
  if (step === undefined) return value;
  if (Array.isArray(value)) return value.map((item, index) => (index === step ? removed(item, rest) : item));
  if (!isObject(value)) return rest.length === 0 ? "unknown" : value;
  if (rest.length === 0) return Object.fromEntries(Object.entries(value).filter(([key]) => key !== step));
  return { ...value, [step]: removed(value[String(step)], rest) };
}

/** Whether a problem is there whatever is filled in. */
function isSure({ reason, at, severity }: Problem, value: unknown, gone: readonly Path[], blocks: boolean): boolean {
  if (gone.some((one) => isWithin(at, one))) return false;
  switch (reason) {
    case "UnknownField":
    case "Malformed":
      return true;
    case "Unserved":
      return !blocks;
    case "FieldValueNotSupported":
      return isScalar(valueAt(value, at));
    case "FieldValueInvalid":
      return isScalar(valueAt(value, at)) && !blocks && !gone.some((one) => isWithin(one, at.slice(0, -1)));
    case "FieldValueRequired":
      return !blocks && !gone.some((one) => isWithin(one, at.slice(0, -1)));
    default:
      return severity !== "error" && !blocks && gone.length === 0;
  }
}

function isWithin(at: Path, outer: Path): boolean {
  return outer.every((step, index) => at[index] === step);
}

function isScalar(value: unknown): boolean {
  return value !== undefined && value !== null && typeof value !== "object";
}
