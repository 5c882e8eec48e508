/** What is said of a value of the wrong type: what stands there, what is expected, and the way out. */
import type { Params } from "../../simulator/api/problem.ts";

const expectedEn: Readonly<Record<string, string>> = {
  string: "text",
  boolean: "a boolean (`true` or `false`)",
  int32: "a whole number",
  int64: "a whole number",
  number: "a number",
  list: "a list",
  map: "a map",
  object: "a map",
};
const waysOutEn: Readonly<Record<string, string>> = {
  quote: ": put it in quotes",
  unquote: ": remove the quotes",
  dashes: ": begin each entry with `- `",
  null: ": leave the field out, or write `null`",
  template: ": the template had no value for it",
};

export function wrongTypeEn({ field, written, value, stands, expected, wayOut }: Params, path: string): string {
  const wanted = `${expectedEn[String(expected)] ?? expected} is expected`;
  const what = written ?? value;
  const where = `\`${field ?? path}\`: `;
  const way = waysOutEn[String(wayOut)] ?? "";
  switch (stands) {
    case "map":
    case "list":
      return `${where}a ${stands} stands here; ${wanted}${way}.`;
    case "text":
      return `${where}\`${what}\` is text here; ${wanted}${way}.`;
    case "number":
      // Among numbers it is the size or the fraction that is wrong.
      if (expected === "int32" || expected === "int64")
        return `${where}\`${what}\` is not a whole number of ${expected === "int32" ? 32 : 64} bits.`;
      return `${where}\`${what}\` is read as a number; ${wanted}${way}.`;
    case "boolean":
      return `${where}\`${what}\` is read as a boolean; ${wanted}${way}.`;
    default:
      return `${where}${wanted} (it is \`${what}\`).`;
  }
}

const expectedKo: Readonly<Record<string, string>> = {
  string: "텍스트가",
  boolean: "불리언(`true` 또는 `false`)이",
  int32: "정수가",
  int64: "정수가",
  number: "숫자가",
  list: "리스트가",
  map: "맵이",
  object: "맵이",
};
const waysOutKo: Readonly<Record<string, string>> = {
  quote: " 따옴표로 감싸세요.",
  unquote: " 따옴표를 지우세요.",
  dashes: " 항목마다 `- `로 시작하세요.",
  null: " 필드를 빼거나 `null`을 쓰세요.",
  template: " 템플릿에 값이 없었습니다.",
};
const standsKo: Readonly<Record<string, string>> = { map: "맵이", list: "리스트가" };

export function wrongTypeKo({ field, written, value, stands, expected, wayOut }: Params, path: string): string {
  const wanted = `${expectedKo[String(expected)] ?? `${expected} 형식이`} 필요합니다.`;
  const what = written ?? value;
  const where = `\`${field ?? path}\`: `;
  const way = waysOutKo[String(wayOut)] ?? "";
  switch (stands) {
    case "map":
    case "list":
      return `${where}여기에 ${standsKo[stands]} 있지만 ${wanted}${way}`;
    case "text":
      return `${where}\`${what}\`은(는) 여기서 텍스트이지만 ${wanted}${way}`;
    case "number":
      if (expected === "int32" || expected === "int64")
        return `${where}\`${what}\`은(는) ${expected === "int32" ? 32 : 64}비트 정수가 아닙니다.`;
      return `${where}\`${what}\`은(는) 숫자로 읽히지만 ${wanted}${way}`;
    case "boolean":
      return `${where}\`${what}\`은(는) 불리언으로 읽히지만 ${wanted}${way}`;
    default:
      return `${where}${wanted} (현재 값: \`${what}\`)`;
  }
}
