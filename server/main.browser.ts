/** The language server as a web worker; what it knows of fields is a part of it, and files are the client's. */

import { BrowserMessageReader, BrowserMessageWriter, createConnection } from "vscode-languageserver/browser";
import * as docs from "#field-docs";
import { serve } from "./connection.ts";
import { diskOf } from "./disk.client.ts";
import type { FieldDocs } from "./service/hover-context.ts";

const worker = globalThis as unknown as ConstructorParameters<typeof BrowserMessageReader>[0];
const connection = createConnection(new BrowserMessageReader(worker), new BrowserMessageWriter(worker));

serve(connection, {
  docs: docs as unknown as FieldDocs,
  pause: () => new Promise((resolve) => setTimeout(resolve, 0)),
  processId: null,
  disk: diskOf(connection),
});
