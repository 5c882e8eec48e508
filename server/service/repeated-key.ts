/** The entry of a map that a later one of the same key makes void. */
import type { Slice } from "./manifest.ts";
import { positionAt, type Span } from "./text.ts";

/** The lines of the entry above the key at `span` that has the same key, where both have lines of their own; else null. */
export function earlierEntry({ text, starts }: Slice, span: Span): Span | null {
  const key = text.slice(span[0], span[1]);
  const { line, character: column } = positionAt(starts, text.length, span[0]);
  const lineAt = (index: number) => text.slice(starts[index], starts[index + 1] ?? text.length);
  const indentOf = (index: number) => /^ */.exec(lineAt(index))?.[0].length ?? 0;
  const isBlank = (index: number) => /^\s*(?:#.*)?$/.test(lineAt(index));
  if (indentOf(line) !== column) return null;
  for (let above = line - 1; above >= 0; above--) {
    if (isBlank(above)) continue;
    // The first key of a list's entry stands behind a dash: taking it away would take the dash.
    if (indentOf(above) < column) return null;
    if (indentOf(above) > column || !startsWithKey(lineAt(above).slice(column), key)) continue;
    let end = above + 1;
    while (
      end < line &&
      (isBlank(end) || indentOf(end) > column || (indentOf(end) === column && /^ *- /.test(lineAt(end))))
    )
      end++;
    // Comments before the next entry are about that.
    while (end > above + 1 && isBlank(end - 1)) end--;
    return [starts[above] ?? 0, starts[end] ?? text.length];
  }
  return null;
}

function startsWithKey(text: string, key: string): boolean {
  return text.startsWith(key) && /^\s*:(?:\s|$)/.test(text.slice(key.length));
}
