/** The language server as a web worker. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from "vscode-languageserver/browser";
import { serve } from "./connection.ts";

const worker = globalThis as unknown as ConstructorParameters<typeof BrowserMessageReader>[0];

serve(createConnection(new BrowserMessageReader(worker), new BrowserMessageWriter(worker)), {
  docs: {},
  pause: () => new Promise((resolve) => setTimeout(resolve, 0)),
  processId: null,
});
