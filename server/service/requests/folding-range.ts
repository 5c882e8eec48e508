import { type FoldingRange, foldsIn } from "../outline/folding.ts";
import type { Request, TextParams } from "./request.ts";

/** What can be folded away; not where another tool of the client tells that already. */
export const foldingRange: Request<TextParams, readonly FoldingRange[]> = {
  method: "textDocument/foldingRange",
  capabilities: ({ yamlElsewhere }) => (yamlElsewhere ? {} : { foldingRangeProvider: true }),
  nothing: [],
  answer(service, { textDocument: { uri } }) {
    const manifest = service.find(uri)?.manifest;
    return manifest ? foldsIn(manifest) : [];
  },
};
