import { type SelectionRange, selectionAt } from "../outline/selection.ts";
import type { Position } from "../text.ts";
import type { Request, TextParams } from "./request.ts";

interface Params extends TextParams {
  readonly positions: readonly Position[];
}

/** What is selected as selections grow. */
export const selectionRange: Request<Params, readonly SelectionRange[]> = {
  method: "textDocument/selectionRange",
  capabilities: () => ({ selectionRangeProvider: true }),
  nothing: [],
  answer(service, { textDocument: { uri }, positions }) {
    const manifest = service.find(uri)?.manifest;
    return manifest ? positions.map((position) => selectionAt(manifest, position)) : [];
  },
};
