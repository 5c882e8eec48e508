import {
  type ComparedResult,
  comparedRequest,
  type StoredParams,
  type StoredResult,
  storedRequest,
} from "../protocol.ts";
import { comparedTexts, differencesOf } from "../stored/differences.ts";
import { storedText } from "../stored/stored.ts";
import type { Request } from "./request.ts";

/** What the server would store of a text, as text in its style. */
export const stored: Request<StoredParams, StoredResult> = {
  method: storedRequest,
  nothing: { text: null },
  answer(service, { uri }) {
    const manifest = service.find(uri)?.manifest;
    return { text: manifest ? storedText(manifest) : null };
  },
};

/** What changes in meaning from the committed version of a text; null where there is none. */
export const compared: Request<StoredParams, ComparedResult | null> = {
  method: comparedRequest,
  nothing: null,
  answer(service, { uri }) {
    const manifest = service.find(uri)?.manifest;
    const base = service.comparedWith(uri);
    if (manifest === undefined || base === undefined) return null;
    return {
      ...comparedTexts(manifest, base),
      differences: differencesOf(manifest, base, service.preferences().words),
    };
  },
};
