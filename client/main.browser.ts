/** Where VS Code in a browser enters: the server is a web worker, and there are no tools to run. */
import type * as vscode from "vscode";
import { begin, type SeatrialApi } from "./extension.ts";
import { startWorker } from "./language.browser.ts";

/** Starts everything. */
export function activate(context: vscode.ExtensionContext): Promise<SeatrialApi> {
  return begin(context, { start: startWorker, more: () => [] });
}
