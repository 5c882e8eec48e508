/** Whether a text may hold anything that is judged: told without reading it, so that charts and data cost nearly nothing. */
import { apiVersionOf } from "../../simulator/api/kind.ts";
import { kinds } from "../../simulator/api/kinds.ts";

const judged = kinds.rows.filter((row) => row.is !== "stored");
const names = judged.map(({ kind }) => kind).join("|");
/** The value of a key, behind anchors and tags. */
const value = `["']?\\s*:\\s*(?:[!&]\\S*\\s+)*["']?`;
const ofOurKind = new RegExp(`\\bkind${value}(?:${names}|(?:${names})?List)\\b`);
/** Groups whose kinds may be misspelt ones of ours: those that we judge, and the others that have no dot. */
const groups = [...new Set(judged.map(apiVersionOf))]
  .filter((version) => version.includes("."))
  .map((one) => one.replaceAll(".", "\\."));
const ofOurGroup = new RegExp(`\\bapiVersion${value}(?:v1\\b|[a-z0-9]+/v|${groups.join("|")})`);

/** False for a text in which no object of ours can be, however it is misspelt. */
export function mayHoldOurs(text: string): boolean {
  return ofOurKind.test(text) || ofOurGroup.test(text);
}
