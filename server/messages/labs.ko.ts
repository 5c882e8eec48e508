import type { LabWords } from "./labs.ts";

export const labWordsKo: LabWords = {
  language: "ko",
  step: (number, all) => `[${number}/${all}]`,
  hint: (text) => `힌트: ${text}`,
  noHints: "이 단계에는 힌트가 없습니다. 'solution'으로 풀이를 볼 수 있습니다.",
  noMoreHints: "힌트는 여기까지입니다. 'solution'으로 풀이를 볼 수 있습니다.",
  howToAnswer: "'answer …'로 답하세요. 'hint'로 힌트를 볼 수 있습니다.",
  howToGoOn: "'hint'로 힌트를, 'solution'으로 풀이를 볼 수 있습니다. 클러스터가 목표 상태가 되면 저절로 넘어갑니다.",
  files: (names) => `파일: ${names}`,
  done: "✓ 완료했습니다.",
  right: "✓ 맞습니다.",
  wrong: "✗ 답이 아닙니다. 다시 살펴보거나 'hint'를 입력하세요.",
  noQuestion: "지금은 질문이 없습니다. 'lab'으로 현재 단계를 볼 수 있습니다.",
  finished: (title) => `✓ 실습 “${title}”을(를) 마쳤습니다. 클러스터는 계속 써 볼 수 있습니다.`,
  usage: "사용법: lab [hint | solution | answer 답], 또는 hint, solution, answer만 입력",
  problem: {
    "not-yaml": () => "실습 파일이 아닙니다. title, about, steps가 있는 YAML 문서 하나여야 합니다",
    "field-missing": (path) => `\`${path}\` 필드가 없습니다`,
    "field-wrong": (path) => `\`${path}\`의 값이 알맞지 않습니다`,
    "field-unknown": (path) => `\`${path}\`라는 필드는 없습니다`,
  },
};
