/** Where VS Code on a computer or a remote machine enters: the server is a process, and the user's own tools can be run. */
import type * as vscode from "vscode";
import { offerTools } from "./agent-tools.ts";
import { registerConnect } from "./connect.ts";
import { begin, type SeatrialApi } from "./extension.ts";
import { startProcess } from "./language.node.ts";
import { registerRendered } from "./rendered.ts";

/** Starts everything. */
export function activate(context: vscode.ExtensionContext): Promise<SeatrialApi> {
  return begin(context, {
    start: startProcess,
    more: ({ log, language }) => [
      registerRendered(log),
      registerConnect(context.extensionUri, log),
      offerTools(language.client),
    ],
  });
}
