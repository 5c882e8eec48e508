import { fileMentions } from "../navigation/file-mentions.ts";
import { mentionsAt, rangeOfMention } from "../navigation/find-mentions.ts";
import { groupOf } from "../navigation/group.ts";
import type { Range } from "../text.ts";
import type { PositionParams, Request } from "./request.ts";

interface Highlight {
  readonly range: Range;
  readonly kind: number;
}

/** `DocumentHighlightKind` of the protocol. */
const kinds = { refers: 2, defines: 3 } as const;

/** The places of the file that name the same thing. Asked at every move of the cursor: nothing else is looked at. */
export const documentHighlight: Request<PositionParams, readonly Highlight[]> = {
  method: "textDocument/documentHighlight",
  capabilities: () => ({ documentHighlightProvider: true }),
  nothing: [],
  answer(service, { textDocument: { uri }, position }) {
    const manifest = service.find(uri)?.manifest;
    const at = manifest && mentionsAt(manifest, position);
    if (!at) return [];
    return groupOf(at.found, [fileMentions(manifest)]).flatMap(({ slice, mention }) => {
      const range = rangeOfMention(manifest, slice, mention, at.onLabelKey);
      return range ? [{ range, kind: kinds[mention.role] }] : [];
    });
  },
};
