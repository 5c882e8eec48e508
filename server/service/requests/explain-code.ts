import { explain } from "../explain.ts";
import { type ExplainParams, type ExplainResult, explainRequest } from "../protocol.ts";
import type { Request } from "./request.ts";

/** The page of a code, as Markdown. */
export const explainCode: Request<ExplainParams, ExplainResult> = {
  method: explainRequest,
  nothing: { markdown: null },
  answer: (service, { code }) => ({ markdown: explain(code, service.preferences().words) }),
};
