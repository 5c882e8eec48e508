/** The language server, wherever it runs: started anew when it dies. */
import * as vscode from "vscode";
import { type BaseLanguageClient, type LanguageClientOptions, State } from "vscode-languageclient";
import { serveFiles } from "./files.ts";
import { codePages } from "./protocol.ts";
import { simulateFeature } from "./simulate-feature.ts";
import { storedScheme } from "./stored.ts";

export interface Language {
  readonly client: BaseLanguageClient;
  /** Process id of the language server, or null while it is not running, or is no process. */
  serverProcess(): number | null;
  restart(): Promise<void>;
  /** After a crash or a restart there is a server again, which knows nothing but the open texts. */
  readonly onDidStartAnew: vscode.Event<void>;
}

/** Makes a client of a server that it will start. */
export type StartServer = (
  context: vscode.ExtensionContext,
  options: LanguageClientOptions,
) => { readonly client: BaseLanguageClient; serverProcess(): number | null };

/** Starts the server for YAML and JSON documents; it is stopped with the extension. */
export async function startLanguage(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  start: StartServer,
): Promise<Language> {
  const settings = vscode.workspace.getConfiguration("seatrial");
  const options: LanguageClientOptions = {
    documentSelector: [{ language: "yaml" }, { language: "json" }, { language: "jsonc" }],
    outputChannel: log,
    // What is shown of a text beside it is no text of its own.
    middleware: {
      didOpen: (document, next) => (document.uri.scheme === storedScheme ? Promise.resolve() : next(document)),
      didChange: (event, next) => (event.document.uri.scheme === storedScheme ? Promise.resolve() : next(event)),
      didClose: (document, next) => (document.uri.scheme === storedScheme ? Promise.resolve() : next(document)),
    },
    synchronize: { configurationSection: "seatrial" },
    initializationOptions: {
      language: vscode.env.language,
      yamlExtension: yamlExtension(),
      pages: codePages,
      suggestCommand: "editor.action.triggerSuggest",
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      settings: JSON.parse(JSON.stringify(settings)) as unknown,
    },
  };
  const { client, serverProcess } = start(context, options);
  client.registerFeature(simulateFeature);
  context.subscriptions.push(serveFiles(client));
  await client.start();
  const anew = new vscode.EventEmitter<void>();
  context.subscriptions.push(
    { dispose: () => client.stop().catch(() => undefined) },
    anew,
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) anew.fire();
    }),
  );
  return { client, serverProcess, restart: () => client.stop().then(() => client.start()), onDidStartAnew: anew.event };
}

/**
 * What the YAML extension of Red Hat reports itself: nothing when it is not there, only syntax unless one of its schemas is
 * that of Kubernetes, and else shapes too.
 */
function yamlExtension(): boolean | "syntax" {
  if (!vscode.extensions.getExtension("redhat.vscode-yaml")) return false;
  const schemas = vscode.workspace.getConfiguration("yaml").get<Readonly<Record<string, unknown>>>("schemas") ?? {};
  return Object.keys(schemas).some((schema) => /kubernetes/i.test(schema)) || "syntax";
}
