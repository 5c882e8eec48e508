import { afterEnter } from "../enter/enter.ts";
import type { TextEdit } from "../text.ts";
import type { PositionParams, Request } from "./request.ts";

/** What a new line begins with after Enter. Nothing else is formatted. */
export const onTypeFormatting: Request<PositionParams, readonly TextEdit[]> = {
  method: "textDocument/onTypeFormatting",
  capabilities: () => ({ documentOnTypeFormattingProvider: { firstTriggerCharacter: "\n" } }),
  nothing: [],
  answer(service, { textDocument: { uri }, position }) {
    const manifest = service.find(uri)?.manifest;
    return manifest ? afterEnter(manifest, position) : [];
  },
};
