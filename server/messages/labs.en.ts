import type { LabWords } from "./labs.ts";

export const labWordsEn: LabWords = {
  language: "en",
  step: (number, all) => `[${number}/${all}]`,
  hint: (text) => `Hint: ${text}`,
  noHints: "There is no hint for this step; 'solution' shows the way.",
  noMoreHints: "That were all hints; 'solution' shows the way.",
  howToAnswer: "Answer with 'answer …'; 'hint' helps.",
  howToGoOn: "'hint' helps, 'solution' shows the way; it goes on by itself when the cluster is as it should be.",
  files: (names) => `Files: ${names}`,
  done: "✓ Done.",
  right: "✓ Right.",
  wrong: "✗ That is not it. Look again, or ask for a 'hint'.",
  noQuestion: "There is no question now; 'lab' shows the step.",
  finished: (title) => `✓ The lab “${title}” is finished. The cluster is yours to try more.`,
  usage: "usage: lab [hint | solution | answer TEXT], or hint, solution and answer alone",
  problem: {
    "not-yaml": () => "this is no lab: it has to be one YAML document with title, about and steps",
    "field-missing": (path) => `\`${path}\` is missing`,
    "field-wrong": (path) => `\`${path}\` does not hold what it should`,
    "field-unknown": (path) => `there is no field \`${path}\``,
  },
};
