/** Commands whose names are near to what was typed. Models SuggestionsFor of cobra. */
import type { Command } from "./command.ts";

/** Names within two edits, or that begin with what was typed. */
export function suggestions(typed: string, commands: readonly Command[]): readonly string[] {
  const low = typed.toLowerCase();
  return commands.map(({ name }) => name).filter((name) => distance(low, name) <= 2 || name.startsWith(low));
}

/** How many letters have to be put in, taken out or exchanged to make one word of the other. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + same);
    }
    row = next;
  }
  return row[other.length]!;
}
