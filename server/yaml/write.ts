/** Values as YAML text. */
import { stringify } from "yaml";

/** On lines of its own, without a last line break; `indentLists`: entries of a list stand further in than their key. */
export function blockText(value: unknown, indentLists: boolean): string {
  return stringify(value, { indent: 2, indentSeq: indentLists }).trimEnd();
}

/** On one line. */
export function flowText(value: unknown): string {
  return stringify(value, { collectionStyle: "flow", lineWidth: 0 }).trimEnd();
}
