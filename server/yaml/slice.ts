/** Cutting a file at document markers, without parsing it. */

export interface Slice {
  readonly start: number;
  readonly end: number;
}

/**
 * The documents of a file as text ranges that cover it without gaps. A `---` line begins a document, a line after
 * `...` too. Directives (`%YAML`) stay with the document they introduce. Each slice parses alone.
 */
export function sliceDocuments(text: string): Slice[] {
  const slices: Slice[] = [];
  let start = 0;
  let onlyDirectives = false;
  let at = 0;
  while (at < text.length) {
    const first = text.charCodeAt(at);
    let lineEnd = text.indexOf("\n", at);
    lineEnd = lineEnd < 0 ? text.length : lineEnd + 1;
    if (first === 45 /* - */ && isMarker(text, at, "---")) {
      if (at > start && !onlyDirectives) {
        slices.push({ start, end: at });
        start = at;
      }
      onlyDirectives = false;
    } else if (first === 46 /* . */ && isMarker(text, at, "...")) {
      slices.push({ start, end: lineEnd });
      start = lineEnd;
      onlyDirectives = false;
    } else if (first === 37 /* % */) {
      if (at === start || onlyBlank(text, start, at)) onlyDirectives = true;
    }
    at = lineEnd;
  }
  if (start < text.length || slices.length === 0) slices.push({ start, end: text.length });
  return slices;
}

function isMarker(text: string, at: number, marker: string): boolean {
  if (!text.startsWith(marker, at)) return false;
  const after = text[at + 3];
  return after === undefined || after === "\n" || after === "\r" || after === " " || after === "\t";
}

function onlyBlank(text: string, start: number, end: number): boolean {
  return text
    .slice(start, end)
    .split("\n")
    .every((line) => /^\s*(?:[#%]|$)/.test(line));
}
