/** The language server as a process of its own. */
import { type ChildProcess, fork } from "node:child_process";
import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/node";
import type { StartServer } from "./language.ts";

/** Starts the server bundled in dist/. */
export const startProcess: StartServer = (context, options) => {
  const module = vscode.Uri.joinPath(context.extensionUri, "dist", "server.mjs").fsPath;
  let process: ChildProcess | null = null;
  // Forked by hand, so that its id is known: a test ends it to see that the client survives that.
  const server = async (): Promise<ChildProcess> => {
    const started = fork(module, ["--stdio"], { silent: true, execArgv: [] });
    started.once("exit", () => {
      if (process === started) process = null;
    });
    process = started;
    return started;
  };
  const client = new LanguageClient("seatrial", "Seatrial", server, options);
  return { client, serverProcess: () => process?.pid ?? null };
};
