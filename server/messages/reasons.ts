/** The rule behind a finding of the API server and the way out, put into words. */
import type { Params } from "../../simulator/api/problem.ts";
import { formatRules } from "./format-rules.ts";

/** A language's sentences by code, and the place of the language among the words of format rules. */
export interface Reasons {
  readonly sentences: Readonly<Record<string, string>>;
  readonly language: 0 | 1;
}

/** The sentence for a code, params filled in; `""` when there is none. */
export function reasonOf({ sentences, language }: Reasons, code: string, params: Params): string {
  const sentence = Object.hasOwn(sentences, code) ? (sentences[code] ?? "") : "";
  return sentence.replaceAll(/\{([a-zA-Z]+)\}/g, (_whole, name: string) => {
    const value = params[name];
    if (!Array.isArray(value)) return String(value ?? "");
    return value
      .map((entry: string) => (name === "rules" ? (formatRules[entry]?.[language] ?? entry) : entry))
      .join(", ");
  });
}
