/** A problem of a run, or of a step in it, as a sentence. */
import type { Problem } from "../../../simulator/api/problem.ts";
import type { ProblemSentences } from "./problems.en.ts";

/** The sentence for a problem; a code without one of its own is the API server's. */
export function problemSentence({ code, path, params }: Problem, sentences: ProblemSentences): string {
  // A number that has an upper bound too has a sentence of its own.
  const name = code === "scenario-number-expected" && "max" in params ? "scenario-number-between-expected" : code;
  const known = Object.hasOwn(sentences, name) ? sentences[name as keyof ProblemSentences] : sentences.other;
  // Which step it is, a person sees by what was asked for.
  const field = path.replace(/^steps\[\d+\]\.action\.(object\.)?/, "");
  const values: Readonly<Record<string, unknown>> = { ...params, path: field || "scenario", code };
  return known.replace(/\{(\w+)\}/g, (_, key: string) => {
    const value = values[key];
    return Array.isArray(value) ? value.join(", ") : String(value ?? "…");
  });
}
