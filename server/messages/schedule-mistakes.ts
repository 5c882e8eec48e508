/** What is wrong in a field of a schedule, in a person's words. */
import type { Params } from "../../simulator/api/problem.ts";

/** The codes of mistakes in one field of a schedule. */
export type ScheduleMistake =
  | "schedule-bad-number"
  | "schedule-negative"
  | "schedule-above-maximum"
  | "schedule-below-minimum"
  | "schedule-range-reversed"
  | "schedule-step-zero"
  | "schedule-too-many-hyphens"
  | "schedule-too-many-slashes";

export type ScheduleSentences = Readonly<Record<ScheduleMistake, (params: Params, path: string) => string>>;

const fieldsEn: Readonly<Record<string, string>> = {
  minute: "minute",
  hour: "hour",
  dayOfMonth: "day of the month",
  month: "month",
  dayOfWeek: "day of the week",
};

/** `spec.schedule`, the field: what is wrong. Without the part that is wrong the server's own words have to do. */
function inEnglish(what: (params: Params) => string): (params: Params, path: string) => string {
  return (params, path) => {
    const field = fieldsEn[String(params["field"])];
    const where = `\`${path}\` is not valid (it is \`${params["value"]}\`). `;
    return `${where}${field === undefined ? "" : `In the ${field}: `}${params["part"] === undefined ? params["detail"] : what(params)}.`;
  };
}

export const scheduleMistakesEn: ScheduleSentences = {
  "schedule-bad-number": inEnglish(({ part, tooLarge, field }) => {
    if (part === "") return "a number is missing";
    if (tooLarge === true) return `\`${part}\` is too large`;
    const named = field === "month" || field === "dayOfWeek";
    return `\`${part}\` is not a number${named ? ` or the first three letters of an English ${field === "month" ? "month" : "day"}` : ""}`;
  }),
  "schedule-negative": inEnglish(({ part }) => `\`${part}\` is negative`),
  "schedule-above-maximum": inEnglish(
    ({ part, bound, field }) => `\`${part}\` is above ${bound}${field === "dayOfWeek" ? "; Sunday is 0" : ""}`,
  ),
  "schedule-below-minimum": inEnglish(({ part, bound }) => `\`${part}\` is below ${bound}`),
  "schedule-range-reversed": inEnglish(({ part }) => `the range \`${part}\` ends before it begins; write two ranges`),
  "schedule-step-zero": inEnglish(({ part }) => `the step of \`${part}\` has to be 1 or more`),
  "schedule-too-many-hyphens": inEnglish(({ part }) => `\`${part}\` has more than one \`-\``),
  "schedule-too-many-slashes": inEnglish(({ part }) => `\`${part}\` has more than one \`/\``),
};

const fieldsKo: Readonly<Record<string, string>> = {
  minute: "분",
  hour: "시",
  dayOfMonth: "일",
  month: "월",
  dayOfWeek: "요일",
};

function inKorean(what: (params: Params) => string): (params: Params, path: string) => string {
  return (params, path) => {
    const field = fieldsKo[String(params["field"])];
    const where = `\`${path}\`의 값이 올바르지 않습니다 (현재 값: \`${params["value"]}\`). `;
    return `${where}${field === undefined ? "" : `${field} 필드: `}${params["part"] === undefined ? params["detail"] : what(params)}.`;
  };
}

export const scheduleMistakesKo: ScheduleSentences = {
  "schedule-bad-number": inKorean(({ part, tooLarge, field }) => {
    if (part === "") return "숫자가 빠졌습니다";
    if (tooLarge === true) return `\`${part}\`은(는) 너무 큽니다`;
    const named = field === "month" || field === "dayOfWeek";
    return `\`${part}\`은(는) 숫자${named ? `나 영어 ${field === "month" ? "월" : "요일"} 이름의 첫 세 글자` : ""}가 아닙니다`;
  }),
  "schedule-negative": inKorean(({ part }) => `\`${part}\`은(는) 음수입니다`),
  "schedule-above-maximum": inKorean(
    ({ part, bound, field }) =>
      `\`${part}\`은(는) ${bound}보다 큽니다${field === "dayOfWeek" ? ". 일요일은 0입니다" : ""}`,
  ),
  "schedule-below-minimum": inKorean(({ part, bound }) => `\`${part}\`은(는) ${bound}보다 작습니다`),
  "schedule-range-reversed": inKorean(
    ({ part }) => `범위 \`${part}\`의 끝이 시작보다 앞에 있습니다. 범위를 둘로 나누세요`,
  ),
  "schedule-step-zero": inKorean(({ part }) => `\`${part}\`의 간격은 1 이상이어야 합니다`),
  "schedule-too-many-hyphens": inKorean(({ part }) => `\`${part}\`에 \`-\`가 둘 이상 있습니다`),
  "schedule-too-many-slashes": inKorean(({ part }) => `\`${part}\`에 \`/\`가 둘 이상 있습니다`),
};
