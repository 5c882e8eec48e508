#!/usr/bin/env node
/** The language server as a process: on standard streams, or on what VS Code's client asks for. */
import { readFileSync } from "node:fs";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { serve } from "./connection.ts";
import { disk } from "./disk.node.ts";
import type { FieldDocs } from "./service/hover-context.ts";

function readDocs(): FieldDocs {
  for (const place of ["./field-docs.json", "../dist/field-docs.json"]) {
    try {
      return JSON.parse(readFileSync(new URL(place, import.meta.url), "utf8")) as FieldDocs;
    } catch {
      // Bundled or run from source: the file is in one of the two places. Without it hovers have no descriptions.
    }
  }
  return {};
}

const transports = /^--(stdio|node-ipc|socket|pipe)\b/;
if (!process.argv.some((word) => transports.test(word))) process.argv.push("--stdio");

serve(createConnection(ProposedFeatures.all), {
  docs: readDocs(),
  pause: () => new Promise((resolve) => setImmediate(resolve)),
  processId: process.pid,
  disk,
});
