import { offersFor } from "../enter/paste.ts";
import { type PasteParams, type PasteResult, pasteRequest } from "../protocol.ts";
import type { Request } from "./request.ts";

/** What can be offered beside a text that is pasted as it is. */
export const paste: Request<PasteParams, PasteResult> = {
  method: pasteRequest,
  nothing: { fitted: null, cleaned: null },
  answer(service, { uri, position, text }) {
    const manifest = service.find(uri)?.manifest;
    return manifest ? offersFor(manifest, position, text) : { fitted: null, cleaned: null };
  },
};
