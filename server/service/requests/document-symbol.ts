import { type DocumentSymbol, outlineOf } from "../outline/symbols.ts";
import type { Request, TextParams } from "./request.ts";

/** The objects of a text and their fields as its outline. */
export const documentSymbol: Request<TextParams, readonly DocumentSymbol[]> = {
  method: "textDocument/documentSymbol",
  capabilities: () => ({ documentSymbolProvider: true }),
  nothing: [],
  answer(service, { textDocument: { uri } }) {
    const manifest = service.find(uri)?.manifest;
    return manifest ? outlineOf(manifest) : [];
  },
};
