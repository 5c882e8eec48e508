/** The mentions of slices and files, each worked out once and found by what they are about. */
import { checkSlice, isChecked } from "../check.ts";
import type { Manifest, Slice } from "../manifest.ts";
import type { Mention } from "./mention.ts";
import { mentionsOf } from "./mentions.ts";

/** By what they are about. */
export type SliceMentions = ReadonlyMap<string, readonly Mention[]>;

export interface FileMentions {
  readonly uri: string;
  /** What the file is installed with; none where nothing says. */
  readonly installations: readonly string[];
  /** One entry for each slice of the file. */
  readonly slices: readonly SliceMentions[];
}

const nothing: SliceMentions = new Map();
const memory = new WeakMap<Slice, SliceMentions>();

/** The mentions of a slice, which is checked for that. */
export function sliceMentions(slice: Slice): SliceMentions {
  const known = memory.get(slice);
  if (known !== undefined) return known;
  const found = new Map<string, Mention[]>();
  for (const subject of checkSlice(slice).subjects) {
    for (const mention of mentionsOf(subject)) {
      const list = found.get(mention.about);
      if (list) list.push(mention);
      else found.set(mention.about, [mention]);
    }
  }
  const mentions = found.size === 0 ? nothing : found;
  memory.set(slice, mentions);
  return mentions;
}

/** Those of a file, as far as it has been looked at: nobody waits for the rest. */
export function fileMentions({ uri, place, slices }: Manifest): FileMentions {
  const mentions = slices.map((slice) => (isChecked(slice) ? sliceMentions(slice) : nothing));
  return { uri, installations: place.installations, slices: mentions };
}
