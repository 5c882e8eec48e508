import { fileMentions } from "../navigation/file-mentions.ts";
import { mentionsAt, rangeOfMention } from "../navigation/find-mentions.ts";
import { groupOf } from "../navigation/group.ts";
import { whyNot } from "../navigation/renaming.ts";
import type { Range } from "../text.ts";
import type { PositionParams, Request } from "./request.ts";

interface LinkedRanges {
  readonly ranges: readonly Range[];
  readonly wordPattern: string;
}

/** Parts of names and labels. */
const wordPattern = "[A-Za-z0-9_./-]*";

/** The label of a selector and the same one of its template, to be typed at once; not where the server would refuse that. */
export const linkedEditingRange: Request<PositionParams, LinkedRanges | null> = {
  method: "textDocument/linkedEditingRange",
  capabilities: () => ({ linkedEditingRangeProvider: true }),
  nothing: null,
  async answer(service, { textDocument: { uri }, position }) {
    const manifest = service.find(uri)?.manifest;
    const at = manifest && mentionsAt(manifest, position);
    const [first] = at?.found ?? [];
    if (!at || !first?.mention.key) return null;
    // A label that is nobody else's affair: what other objects select is renamed, not linked.
    const group = groupOf(at.found, [fileMentions(manifest)]).filter(
      ({ slice, mention }) => slice === first.slice && mention.object === first.mention.object,
    );
    const ranges = group.flatMap(({ slice, mention }) => rangeOfMention(manifest, slice, mention, at.onLabelKey) ?? []);
    if (ranges.length < 2 || (await whyNot(service, manifest, position)) !== null) return null;
    return { ranges, wordPattern };
  },
};
