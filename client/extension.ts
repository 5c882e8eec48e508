/** Where VS Code enters: starts the language server and registers what a person can see and do. */
import * as vscode from "vscode";
import { registerCodePages } from "./code-pages.ts";
import { registerCommands } from "./commands.ts";
import { followContext } from "./context.ts";
import { watchCommittedText } from "./git.ts";
import { startLanguage } from "./language.ts";
import { ManifestObjects } from "./objects.ts";
import { CommittedTexts } from "./panel/before.ts";
import { Panels } from "./panel/panels.ts";
import { baseNotification } from "./protocol.ts";
import { registerRendered } from "./rendered.ts";
import { registerStored } from "./stored.ts";
import { openTerminal } from "./terminal/open.ts";
import { Terminals } from "./terminal/terminals.ts";

/** What tests inside VS Code reach: nothing here is needed by a person. */
export interface SeatrialApi {
  readonly objects: ManifestObjects;
  /** Process id of the language server, or null while it is not running. */
  serverProcess(): number | null;
}

export async function activate(context: vscode.ExtensionContext): Promise<SeatrialApi> {
  const log = vscode.window.createOutputChannel("Seatrial", { log: true });
  context.subscriptions.push(log);
  const language = await startLanguage(context, log);
  const objects = new ManifestObjects(language.client);
  const committed = new CommittedTexts();
  const memory = context.workspaceState;
  const terminals = new Terminals(language, memory);
  const panels = new Panels({ extension: context.extensionUri, objects, committed, log, memory });
  context.subscriptions.push(
    objects,
    panels,
    terminals,
    vscode.commands.registerCommand("seatrial.openTerminal", () => openTerminal(terminals, panels)),
    registerCommands(objects, panels, language),
    registerCodePages(language.client),
    registerRendered(log),
    registerStored(language.client, objects.onDidChange),
    followContext(objects, panels),
    watchCommittedText(
      ({ languageId }) => ["yaml", "json", "jsonc"].includes(languageId),
      (uri, text) => {
        committed.set(uri, text);
        void language.client.sendNotification(baseNotification, { uri: uri.toString(), text });
      },
      language.onDidStartAnew,
    ),
  );
  terminals.restore();
  return { objects, serverProcess: language.serverProcess };
}
