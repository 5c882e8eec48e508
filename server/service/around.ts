/** What the neighbour rules say of every object of a file. Asked again only when a fact of the file or its neighbours differs. */
import type { Problem } from "../../simulator/api/problem.ts";
import { type Beyond, neighbourhood } from "../rules/neighbourhood.ts";
import { neighbourRules } from "../rules/rules.ts";
import type { Facts } from "./facts.ts";

interface Answer {
  readonly files: readonly (readonly Facts[])[];
  readonly beyond: Beyond | undefined;
  readonly problems: readonly (readonly Problem[])[];
}

const answers = new Map<string, Answer>();
/** Files whose last answer is remembered. */
const remembered = 50;
const texts = new WeakMap<Facts, string>();

/** The problems of each object of the first of the files, in its order. */
export function problemsAround(
  uri: string,
  files: readonly (readonly Facts[])[],
  beyond?: Beyond,
): readonly (readonly Problem[])[] {
  const last = answers.get(uri);
  const same = last !== undefined && last.beyond === beyond && sameFiles(last.files, files);
  const problems = same ? last.problems : ask(files, beyond);
  answers.delete(uri);
  answers.set(uri, { files, beyond, problems });
  if (answers.size > remembered) answers.delete(answers.keys().next().value as string);
  return problems;
}

function ask(files: readonly (readonly Facts[])[], beyond: Beyond | undefined): readonly (readonly Problem[])[] {
  const around = neighbourhood(files, beyond);
  return (files[0] ?? []).map((facts) => neighbourRules.flatMap((rule) => rule.check(facts, around)));
}

function sameFiles(some: readonly (readonly Facts[])[], others: readonly (readonly Facts[])[]): boolean {
  return (
    some.length === others.length &&
    some.every((file, at) => {
      const other = others[at] ?? [];
      return file.length === other.length && file.every((facts, index) => sameFacts(facts, other[index] as Facts));
    })
  );
}

function sameFacts(one: Facts, other: Facts): boolean {
  return one === other || textOf(one) === textOf(other);
}

function textOf(facts: Facts): string {
  let text = texts.get(facts);
  if (text === undefined) {
    text = JSON.stringify(facts);
    texts.set(facts, text);
  }
  return text;
}
