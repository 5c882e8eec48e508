/** Text that is refused before parsing, so that the time any text takes is bounded. */
import type { YamlProblem } from "./problem.ts";

/** The API server reads no larger request. */
export const maxLength = 3 * 1024 * 1024;
/** Nesting beyond this is no manifest; Go's decoders give up at 10,000. */
export const maxDepth = 1000;
/** How many values aliases may unfold into. */
export const maxExpanded = 200_000;

// What YAML's reader refuses: control characters, half surrogates, non-characters.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are looked for
const unprintable = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]|\p{Surrogate}/u;

/** The reason not to parse a text at all, if there is one. */
export function refuse(text: string): YamlProblem | undefined {
  if (text.length > maxLength) return { code: "yaml-too-large", message: "", start: 0, end: 0, limit: maxLength };
  const found = unprintable.exec(text);
  if (found) return { code: "yaml-unprintable", message: "", start: found.index, end: found.index + 1 };
  return depthProblem(text);
}

/** Counts brackets and indentation markers without a parser; quotes and comments may only make it stricter. */
function depthProblem(text: string): YamlProblem | undefined {
  let depth = 0;
  let dashes = 0;
  for (let index = 0; index < text.length; index++) {
    const char = text.charCodeAt(index);
    if (char === 91 || char === 123) depth++;
    else if (char === 93 || char === 125) depth = Math.max(0, depth - 1);
    // Behind a comma nothing nests by markers: it is a new entry of a flow collection, or inside of a text.
    else if (char === 10 || char === 44) dashes = 0;
    else if ((char === 45 || char === 63 || char === 58) && text.charCodeAt(index + 1) === 32) dashes++;
    if (depth > maxDepth || dashes > maxDepth) {
      return { code: "yaml-too-deep", message: "", start: index, end: index + 1, limit: maxDepth };
    }
  }
  return undefined;
}
