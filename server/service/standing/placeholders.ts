/**
 * Text that something will still fill in: Helm and other Go templates, Jinja, envsubst and the like. What stands in their place is read
 * as unknown, so that the rest of the text can be judged.
 */

/** Stands for what is not known yet: no text of a manifest holds it. */
export const unknownMark = "\ue0ff";

export interface Masked {
  /** As long as the text, line for line. */
  readonly text: string;
  /** Whether lines stand for content that is not known, such as blocks that are put in. */
  readonly blocks: boolean;
}

const ends: Readonly<Record<string, string>> = { "{{": "}}", "{%": "%}", "{#": "#}" };

interface Expression {
  readonly start: number;
  readonly end: number;
  readonly comment: boolean;
}

/** Expressions of templates in order: `{{ … }}` (over lines, too), `{% … %}`, `{# … #}`. */
function expressionsIn(text: string): readonly Expression[] {
  const found: Expression[] = [];
  for (let at = text.indexOf("{"); at >= 0; at = text.indexOf("{", at)) {
    const close = ends[text.slice(at, at + 2)];
    const end = close === undefined ? -1 : text.indexOf(close, at + 2);
    // What is not closed here is closed nowhere behind it, either.
    if (close !== undefined && end < 0) break;
    if (end < 0) at++;
    else {
      found.push({ start: at, end: end + 2, comment: /^(?:\{\{-?\s*\/\*|\{#)/.test(text.slice(at, at + 20)) });
      at = end + 2;
    }
  }
  return found;
}

/** The text with its expressions masked; null when it has none. */
export function maskExpressions(text: string): Masked | null {
  const found = expressionsIn(text);
  if (found.length === 0) return null;
  const parts: string[] = [];
  let blocks = false;
  let from = 0;
  for (let index = 0; index < found.length; ) {
    // Those that share lines with it stand or fall together.
    let last = index;
    while (last + 1 < found.length && !text.slice(found[last]?.end, found[last + 1]?.start).includes("\n")) last++;
    const group = found.slice(index, last + 1);
    const begin = text.lastIndexOf("\n", (group[0]?.start ?? 0) - 1) + 1;
    const stop = text.indexOf("\n", group.at(-1)?.end ?? 0);
    let rest = text.slice(begin, group[0]?.start);
    for (const [each, { end }] of group.entries()) {
      rest += text.slice(end, group[each + 1]?.start ?? (stop < 0 ? text.length : stop));
    }
    // A line of nothing but expressions stands for any number of lines.
    const isAlone = rest.trim() === "";
    if (isAlone) blocks = true;
    for (const { start, end, comment } of group) {
      parts.push(
        text.slice(from, start),
        text.slice(start, end).replace(/[^\r\n]/g, isAlone || comment ? " " : unknownMark),
      );
      from = end;
    }
    index = last + 1;
  }
  return { text: parts.join("") + text.slice(from), blocks };
}

const placeholder =
  /\$\{[^}]*\}|\$\([A-Za-z_][\w.-]*\)|^ENC\[|<[A-Za-z][\w .-]*>|@[A-Za-z_][\w.-]*@|\{\{|\{%|%[A-Z][A-Z0-9_]*%|__[A-Za-z0-9_]+__|^\$[A-Z_][A-Z0-9_]*$/;
const capitals = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;

/** Whether a value is, or holds, what Go's templates print where they have none: it will not be filled in any more. */
export function isMissingValue(value: unknown): boolean {
  return typeof value === "string" && value.length < 500 && /<no value>|^<nil>$|%!\w?\(<nil>\)/.test(value);
}

/** Whether a value will still be filled in. Names in capitals only count where no text is wanted. */
export function isPlaceholder(value: unknown, wantsText: boolean): boolean {
  if (typeof value !== "string" || isMissingValue(value)) return false;
  return value.includes(unknownMark) || placeholder.test(value) || (!wantsText && capitals.test(value.trim()));
}

/** Whether there is anything unknown in a value, its keys included. */
export function holdsUnknown(value: unknown, depth = 0): boolean {
  if (typeof value === "string") return value.includes(unknownMark);
  if (typeof value !== "object" || value === null || depth > 100) return false;
  return Object.entries(value).some(([key, item]) => key.includes(unknownMark) || holdsUnknown(item, depth + 1));
}
