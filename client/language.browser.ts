/** The language server as a web worker. */
import * as vscode from "vscode";
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from "vscode-languageclient/browser";
import type { StartServer } from "./language.ts";

/** A web worker as far as it is needed here. */
declare class Worker {
  constructor(script: string);
  terminate(): void;
}

/** Starts the worker bundled in dist/, another one each time that the server is started anew. */
export const startWorker: StartServer = (context, options) => {
  const script = vscode.Uri.joinPath(context.extensionUri, "dist", "server.browser.js");
  let worker: Worker | null = null;
  const server = async () => {
    worker?.terminate();
    worker = new Worker(script.toString(true));
    // Told apart from a worker by its shape: VS Code's workers are of a class of their own.
    return { reader: new BrowserMessageReader(worker as never), writer: new BrowserMessageWriter(worker as never) };
  };
  context.subscriptions.push({ dispose: () => worker?.terminate() });
  return { client: new LanguageClient("seatrial", "Seatrial", server, options), serverProcess: () => null };
};
