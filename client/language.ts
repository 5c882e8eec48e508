/** The language server: a process of its own, started anew when it dies. */
import * as vscode from "vscode";
import {
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  TransportKind,
} from "vscode-languageclient/node";

export interface Language {
  readonly client: LanguageClient;
  serverProcess(): number | null;
  restart(): Promise<void>;
}

/** Starts the server bundled in dist/ for YAML and JSON documents; it is stopped with the extension. */
export async function startLanguage(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): Promise<Language> {
  const module = vscode.Uri.joinPath(context.extensionUri, "dist", "server.mjs").fsPath;
  const server: ServerOptions = { module, transport: TransportKind.ipc };
  let processId: number | null = null;
  const options: LanguageClientOptions = {
    documentSelector: [{ language: "yaml" }, { language: "json" }, { language: "jsonc" }],
    outputChannel: log,
    synchronize: { configurationSection: "seatrial" },
    initializationOptions: { locale: vscode.env.language, processIdentity: true },
  };
  const client = new LanguageClient("seatrial", "Seatrial", server, options);
  client.onNotification("seatrial/process", ({ id }: { id: number }) => {
    processId = id;
  });
  await client.start();
  context.subscriptions.push({ dispose: () => client.stop().catch(() => undefined) });
  return { client, serverProcess: () => processId, restart: () => client.restart() };
}
