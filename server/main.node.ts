#!/usr/bin/env node
/** The language server as a process: on standard streams, or on what VS Code's client asks for. */
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { toolInEditor } from "./agent/in-editor.node.ts";
import { serve } from "./connection.ts";
import { disk } from "./disk.node.ts";
import { readDocs } from "./docs.node.ts";

const transports = /^--(stdio|node-ipc|socket|pipe)\b/;
if (!process.argv.some((word) => transports.test(word))) process.argv.push("--stdio");

serve(createConnection(ProposedFeatures.all), {
  docs: readDocs(),
  pause: () => new Promise((resolve) => setImmediate(resolve)),
  processId: process.pid,
  disk,
  tool: toolInEditor,
});
