/** Where the flow collection ends that is a whole document: what follows it there is not read. */

/** Behind the collection that the text begins with, and the blanks after it; -1 where there is none or it does not end. */
export function flowEnd(text: string): number {
  const start = /^(?:---[^\S\n]*)?(?:\s|#.*\n)*(?=[[{])/.exec(text)?.[0].length;
  if (start === undefined) return -1;
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (char === "{" || char === "[") depth++;
    else if (char === "}" || char === "]") {
      depth--;
      // A collection before a colon is the key of a map.
      if (depth === 0) return /^[^\S\n]*:(?:\s|$)/.test(text.slice(at + 1, at + 1000)) ? -1 : at + 1;
    } else if (char === "#" && /\s/.test(text[at - 1] ?? "")) {
      at = lineEnd(text, at);
    } else if ((char === '"' || char === "'") && begins(text, at)) {
      at = quoteEnd(text, at);
      if (at < 0) return -1;
    }
  }
  return -1;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

/** Whether a quote begins a text here rather than being a part of one. */
function begins(text: string, at: number): boolean {
  const before = /[^\s]?\s*$/.exec(text.slice(Math.max(0, at - 200), at))?.[0] ?? "";
  return before.trim() === "" || /^[[{,:?]/.test(before) || /[!&]\S*\s+$/.test(text.slice(Math.max(0, at - 200), at));
}

/** The closing quote; -1 where there is none. */
function quoteEnd(text: string, start: number): number {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at++) {
    if (quote === '"' && text[at] === "\\") at++;
    else if (text[at] === quote) {
      if (quote === '"' || text[at + 1] !== "'") return at;
      at++;
    }
  }
  return -1;
}
