import { durationText } from "../../simulator/scenario/duration-text.ts";
import type { Judged } from "../scenario/play.ts";
import type { ScenarioFileWords } from "./scenario-file.ts";

/** To the second, where it is long. */
const time = (value: Judged["expected"]) => {
  const grain = Number(value) < 10_000 ? 100 : 1000;
  return durationText(Math.round(Number(value) / grain) * grain);
};

const asked: Readonly<Record<Judged["what"], (expected: Judged["expected"]) => string>> = {
  finishes: (expected) =>
    typeof expected === "number" ? `${time(expected)} 안에 끝남` : expected === false ? "끝나지 않음" : "끝남",
  stops: (expected) => `멈추는 이유: ${expected}`,
  availableAtLeast: (expected) => `사용 가능한 파드 ${expected}개 이상`,
  podsAtMost: (expected) => `파드 ${expected}개 이하`,
  downtimeAtMost: (expected) => `사용 가능한 파드가 없는 시간 ${time(expected)} 이하`,
  event: (expected) => `이벤트 ${expected}`,
};
const found: Readonly<Record<Judged["what"], (was: Judged["expected"]) => string>> = {
  finishes: (was) =>
    was === "missing"
      ? "그런 워크로드가 없습니다"
      : typeof was === "number"
        ? `${time(was)} 걸렸습니다`
        : was
          ? "끝났습니다"
          : "끝나지 않았습니다",
  stops: (was) => (was === "none" ? "끝났습니다" : `멈춘 이유는 ${was}입니다`),
  availableAtLeast: (was) => `${was}개였습니다`,
  podsAtMost: (was) => `${was}개였습니다`,
  downtimeAtMost: (was) => `${time(was)}였습니다`,
  event: () => "없었습니다",
};

export const scenarioFileWordsKo: ScenarioFileWords = {
  problem: {
    "not-yaml": () => "시나리오가 아닙니다. `manifests`, `steps` 같은 필드가 있는 YAML 문서 하나여야 합니다",
    "field-missing": (path) => `\`${path}\` 필드가 없습니다`,
    "field-wrong": (path) => `\`${path}\`의 값이 알맞지 않습니다. 시간은 10s나 1h30m처럼 적습니다`,
    "field-unknown": (path) => `\`${path}\`라는 필드는 없습니다`,
  },
  noManifest: (file) =>
    `매니페스트 ${file} 파일을 읽을 수 없습니다. 시나리오가 있는 폴더를 기준으로 \`manifests\`에 적으세요`,
  noFile: "패널에는 파일로 된 매니페스트가 필요합니다. `manifests`에 파일을 적으세요",
  notCommitted: (file) => `${file} 파일은 커밋되어 있지 않아 \`before: HEAD\`로 찾을 수 없습니다`,
  judged: ({ of, what, expected, was }) =>
    `${was === null ? "✓" : "✗"} ${of === null ? "" : `${of}: `}${asked[what](expected)}${was === null ? "" : `: ${found[what](was)}`}`,
  held: (count, all) => `기대 ${all}개 중 ${count}개 충족`,
};
