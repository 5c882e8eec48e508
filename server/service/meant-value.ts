/** What a value was surely meant to be, added to what the server says of it. */
import type { Problem } from "../../simulator/api/problem.ts";
import { bytesOf, meantQuantities, wholeAmount } from "./quantity-fix.ts";

/** Resources that are counted in bytes. */
const inBytes = /^(memory|storage|ephemeral-storage|hugepages-.*|sizeLimit)$/;

/** The problem with what was meant. `written`: as it stands in the text. */
export function withMeantValue(problem: Problem, written: string): Problem {
  return withQuotes(withAmounts(problem, written.replace(/^(["'])(.*)\1$/, "$2")), written);
}

/** The problem with the amounts that may be meant, and their bytes where bytes are counted. */
function withAmounts(problem: Problem, value: string): Problem {
  const whole = problem.code === "fractional-bytes" ? wholeAmount(value) : null;
  const meant = problem.code === "invalid-quantity" ? meantQuantities(value) : whole === null ? [] : [whole];
  if (meant.length === 0) return problem;
  const counted = inBytes.test(String(problem.at.at(-1)));
  const bytes = (amount: string) => String((counted ? bytesOf(amount) : null) ?? "");
  return { ...problem, params: { ...problem.params, value, meant, meantBytes: meant.map(bytes), bytes: bytes(value) } };
}

const numbersOrNames = new Set(["invalid-percent", "invalid-port-name"]);

/** The problem with the way out where a number stands in quotes, and so is a text. */
function withQuotes(problem: Problem, written: string): Problem {
  const isName = problem.at.at(-1) === "name";
  if (!numbersOrNames.has(problem.code) || isName || !/^(["'])\d+\1$/.test(written)) return problem;
  return { ...problem, params: { ...problem.params, written, wayOut: "unquote" } };
}
