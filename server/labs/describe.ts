/** Labs as a list of them shows them. */
import type { LabWords } from "../messages/labs.ts";
import type { LabsParams, LabsResult } from "../terminal/protocol.ts";
import { inLanguage } from "./lab.ts";
import { readLab } from "./read-lab.ts";

/** Title and steps of each file, in the language of the words; or why it is no lab. */
export function describeLabs(files: LabsParams["files"], words: LabWords): LabsResult {
  return files.map(({ file, text }) => {
    const read = readLab(file, text);
    if ("problems" in read) {
      return { file, problem: read.problems.map(({ code, path }) => words.problem[code](path)).join("; ") };
    }
    const { title, about, steps } = read.lab;
    const say = (one: typeof title) => inLanguage(one, words.language);
    return { file, title: say(title), about: say(about), steps: steps.map((step) => say(step.text)) };
  });
}
