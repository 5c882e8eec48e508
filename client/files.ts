/** Files of the workspace for a server that cannot read them itself, as in a browser. Nothing outside of the workspace is given. */
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { type FileListParams, type FileParams, fileListRequest, fileRequest } from "./protocol.ts";

const mostFiles = 2000;
const largestFile = 1024 * 1024;

/** Answers the server's questions for files. */
export function serveFiles(client: BaseLanguageClient): vscode.Disposable {
  return vscode.Disposable.from(
    client.onRequest(fileListRequest, async ({ folder }: FileListParams): Promise<readonly string[]> => {
      const within = new vscode.RelativePattern(vscode.Uri.parse(folder), "**/*.{yaml,yml,json}");
      const found = await vscode.workspace.findFiles(within, "**/{node_modules,vendor,dist,.*}/**", mostFiles);
      return found.map(String);
    }),
    client.onRequest(fileRequest, async ({ uri }: FileParams): Promise<string | null> => {
      const file = vscode.Uri.parse(uri);
      if (!vscode.workspace.getWorkspaceFolder(file)) return null;
      try {
        const { size } = await vscode.workspace.fs.stat(file);
        return size > largestFile ? null : new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
      } catch {
        return null;
      }
    }),
  );
}
