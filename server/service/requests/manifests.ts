import { asSnippet } from "../completion/draft.ts";
import { wholeKinds, wholeText } from "../completion/snippets/snippets.ts";
import { type ManifestsResult, manifestsRequest } from "../protocol.ts";
import type { Request } from "./request.ts";

/** A snippet for each kind, for editors that begin a manifest with one. */
export const manifests: Request<unknown, ManifestsResult> = {
  method: manifestsRequest,
  nothing: { manifests: [] },
  answer(service) {
    const { snippets } = service.preferences().words.completion;
    const style = { step: 2, listIndent: 2, lineBreak: "\n" };
    return {
      manifests: wholeKinds.map((kind) => {
        const snippet = `${asSnippet(wholeText(kind, style) ?? "")}\n`;
        return { kind, detail: snippets[kind], snippet };
      }),
    };
  },
};
