import { hintsIn } from "../hints/hints.ts";
import type { Position } from "../text.ts";
import type { RangeParams, Request } from "./request.ts";

interface InlayHint {
  readonly position: Position;
  readonly label: string;
  readonly tooltip?: string;
  readonly paddingLeft: true;
}

/** What the values of a part of a text come to. */
export const inlayHint: Request<RangeParams, readonly InlayHint[]> = {
  method: "textDocument/inlayHint",
  capabilities: () => ({ inlayHintProvider: true }),
  nothing: [],
  answer(service, { textDocument: { uri }, range }) {
    const manifest = service.find(uri)?.manifest;
    if (manifest === undefined) return [];
    const { words, settings } = service.preferences();
    const context = { words, settings: settings.hints, now: service.surroundings.now() };
    return hintsIn(manifest, range, context).map((hint) => ({ ...hint, paddingLeft: true }));
  },
};
