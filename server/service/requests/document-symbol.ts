import { listSubjects } from "../objects.ts";
import type { Range } from "../text.ts";
import type { Request, TextParams } from "./request.ts";

interface DocumentSymbol {
  readonly name: string;
  readonly detail: string;
  readonly kind: number;
  readonly range: Range;
  readonly selectionRange: Range;
}

/** `SymbolKind.Object` of the protocol. */
const objectSymbol = 19;

/** The objects of a text as its outline. */
export const documentSymbol: Request<TextParams, readonly DocumentSymbol[]> = {
  method: "textDocument/documentSymbol",
  capabilities: () => ({ documentSymbolProvider: true }),
  nothing: [],
  answer(service, { textDocument: { uri } }) {
    const text = service.find(uri);
    return (text ? listSubjects(text.manifest) : []).flatMap(({ subject, range }) => {
      if (subject === null) return [];
      const { name, kind } = subject;
      return [{ name: name || kind, detail: kind, kind: objectSymbol, range, selectionRange: range }];
    });
  },
};
