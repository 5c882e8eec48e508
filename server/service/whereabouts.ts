/** Where the objects stand that a finding about another one speaks of. */
import { fileFacts } from "./fact-memory.ts";
import type { Facts } from "./facts.ts";
import { breaks, type Manifest, rangeIn, type Slice, shift } from "./manifest.ts";
import type { Range } from "./text.ts";

export interface Whereabouts {
  readonly uri: string;
  /** Of the name, as far as it can be told without reading anew; else of the first line. */
  readonly range: Range;
}

const known = new WeakMap<Facts, Whereabouts>();
const noted = new WeakSet<Manifest>();

/** Notes where the objects of a file stand, of the slices that are of interest. */
export function noteWhereabouts(manifest: Manifest, concerns: (slice: Slice) => boolean = () => true): void {
  if (noted.has(manifest)) return;
  noted.add(manifest);
  let firstLine = 0;
  for (const slice of manifest.slices) {
    for (const { facts, isRoot } of concerns(slice) ? fileFacts(slice) : []) {
      const found = isRoot
        ? /^metadata:.*\r?\n(?:[ \t]+.*\r?\n|#.*\r?\n)*?[ \t]+name:[ \t]*(\S.*)/m.exec(slice.text)
        : null;
      const name = found?.[1]?.trimEnd() ?? "";
      const start = found === null ? 0 : found.index + found[0].length - (found[1]?.length ?? 0);
      known.set(facts, { uri: manifest.uri, range: shift(rangeIn(slice, [start, start + name.length]), firstLine) });
    }
    firstLine += breaks(slice);
  }
}

/** Notes where an object stands that was looked at elsewhere. */
export function noteWhere(facts: Facts, where: Whereabouts | undefined): void {
  if (where !== undefined) known.set(facts, where);
}

/** Where an object stands; undefined when nobody has noted it. */
export function whereaboutsOf(facts: Facts): Whereabouts | undefined {
  return known.get(facts);
}
