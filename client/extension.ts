/** What begins with the extension, wherever it runs: starts the language server and registers what a person can see and do. */
import * as vscode from "vscode";
import { registerCodePages } from "./code-pages.ts";
import { registerCommands } from "./commands.ts";
import { followContext } from "./context.ts";
import { watchCommittedText } from "./git.ts";
import { Labs } from "./labs/labs.ts";
import { type Language, type StartServer, startLanguage } from "./language.ts";
import { registerNewManifest } from "./new-manifest.ts";
import { ManifestObjects } from "./objects.ts";
import { CommittedTexts } from "./panel/before.ts";
import { Panels } from "./panel/panels.ts";
import { offerPastes } from "./paste.ts";
import { baseNotification } from "./protocol.ts";
import { registerScenarios } from "./scenario.ts";
import { showStanding } from "./standing.ts";
import { registerStored } from "./stored.ts";
import { registerTerminals } from "./terminal/open.ts";
import { Terminals } from "./terminal/terminals.ts";

/** What tests inside VS Code reach: nothing here is needed by a person. */
export interface SeatrialApi {
  readonly objects: ManifestObjects;
  /** Process id of the language server, or null while it is not running. */
  serverProcess(): number | null;
}

/** What every part of the extension may need. */
export interface Running {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly language: Language;
  readonly objects: ManifestObjects;
  readonly panels: Panels;
}

/** What differs between a computer and a browser. */
export interface Platform {
  readonly start: StartServer;
  /** What is there only on this platform. */
  more(running: Running): readonly vscode.Disposable[];
}

/** Starts everything. */
export async function begin(context: vscode.ExtensionContext, platform: Platform): Promise<SeatrialApi> {
  const log = vscode.window.createOutputChannel("Seatrial", { log: true });
  context.subscriptions.push(log);
  const language = await startLanguage(context, log, platform.start);
  const objects = new ManifestObjects(language.client);
  const committed = new CommittedTexts();
  const memory = context.workspaceState;
  const terminals = new Terminals(language, memory);
  const panels = new Panels({ extension: context.extensionUri, objects, committed, log, memory });
  context.subscriptions.push(
    objects,
    panels,
    terminals,
    new Labs(language, terminals, context.extensionUri),
    registerTerminals(terminals, panels),
    registerCommands(objects, panels, language),
    registerCodePages(language.client),
    offerPastes(language.client),
    registerStored(language.client, objects.onDidChange),
    registerNewManifest(language.client),
    followContext(objects, panels),
    registerScenarios(language.client, objects, panels),
    showStanding(language.client, objects),
    watchCommittedText(
      ({ languageId }) => ["yaml", "json", "jsonc"].includes(languageId),
      (uri, text) => {
        committed.set(uri, text);
        void language.client.sendNotification(baseNotification, { uri: uri.toString(), text });
      },
      language.onDidStartAnew,
    ),
    ...platform.more({ context, log, language, objects, panels }),
  );
  terminals.restore();
  return { objects, serverProcess: language.serverProcess };
}
