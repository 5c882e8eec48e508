/** Mentions as places that an editor can go to. */
import type { Service } from "../service.ts";
import type { Range } from "../text.ts";
import { manifestOf } from "./files-around.ts";
import { rangeOfMention } from "./find-mentions.ts";
import type { Located } from "./group.ts";

export interface Location {
  readonly uri: string;
  readonly range: Range;
}

/** Where the mentions stand, each place once; those that are not written as they are, as behind aliases, are left out. */
export async function locationsOf(
  service: Service,
  group: readonly Located[],
  onLabelKey = false,
): Promise<readonly Location[]> {
  const found = new Map<string, Location>();
  const files = [...new Set(group.map(({ file }) => file.uri))];
  for (const { file, slice, mention } of group) {
    const manifest = await manifestOf(service, file.uri);
    const range = manifest && rangeOfMention(manifest, slice, mention, onLabelKey);
    if (range) found.set(`${file.uri} ${range.start.line}:${range.start.character}`, { uri: file.uri, range });
  }
  return [...found.values()].sort(
    (one, other) =>
      files.indexOf(one.uri) - files.indexOf(other.uri) ||
      one.range.start.line - other.range.start.line ||
      one.range.start.character - other.range.start.character,
  );
}
