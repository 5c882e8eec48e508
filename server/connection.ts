/** The language server: the protocol's messages handed to the language service, and its answers handed back. */
import {
  CodeLensRefreshRequest,
  type Connection,
  DidChangeWatchedFilesNotification,
  LSPErrorCodes,
  ResponseError,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import { readClient, structureElsewhere, wordsFor } from "./client.ts";
import type { Disk } from "./disk.ts";
import { feedbackTo } from "./feedback.ts";
import { ko } from "./messages/ko.ts";
import { labWordsEn } from "./messages/labs.en.ts";
import { labWordsKo } from "./messages/labs.ko.ts";
import { shellEn } from "./messages/shell.en.ts";
import { shellKo } from "./messages/shell.ko.ts";
import { neighboursOn } from "./neighbours.ts";
import type { FieldDocs } from "./service/hover-context.ts";
import { openManifest } from "./service/manifest.ts";
import {
  type BaseParams,
  baseNotification,
  type ToolParams,
  type ToolResult,
  toolRequest,
} from "./service/protocol.ts";
import { isRefused, type Request } from "./service/requests/request.ts";
import { capabilitiesFor, requests } from "./service/requests.ts";
import { createService } from "./service/service.ts";
import { readSettings } from "./service/settings.ts";
import { lonePlace } from "./service/standing/place.ts";
import { serveTerminals } from "./terminal/serve.ts";

/** What differs between Node and a browser worker. */
export interface Host {
  readonly docs: FieldDocs;
  /** Lets other work have its turn. */
  pause(): Promise<void>;
  readonly processId: number | null;
  /** The tools for agents; absent where there are none. */
  readonly tool?: (name: string, input: ToolParams["input"], folders: readonly string[]) => ToolResult | null;
  /** Absent where the files of the workspace cannot be read. */
  readonly disk?: Disk;
}

/** Answers a client for as long as the connection lasts. */
export function serve(connection: Connection, { docs, pause, processId, disk, tool }: Host): void {
  let { client, preferences } = readClient({ processId: null, rootUri: null, capabilities: {} });
  let folders: readonly string[] = [];
  // Whatever goes wrong in an answer is noted and ends there: what a client is not told of would end the process.
  const failed = (error: unknown) => connection.console.error(String(error));
  const targetNow = () => service.preferences().settings.target;
  const neighbours = disk && neighboursOn(disk, pause, lookAround, targetNow);
  const service = createService(
    {
      docs,
      pause,
      wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
      now: () => Date.now(),
      beyond: () => neighbours?.around(),
      placeOf: (uri) => neighbours?.placeOf(uri) ?? lonePlace,
      mentions: () => neighbours?.mentions() ?? [],
      readFile: async (uri) => {
        const key = disk?.keyOf(uri) ?? null;
        return key === null ? null : ((await disk?.read(key))?.text ?? null);
      },
    },
    preferences,
  );
  const feedback = feedbackTo(
    connection,
    service,
    () => client,
    failed,
    () => neighbours?.begin(),
  );
  function lookAround(): void {
    service.lookAround();
    feedback.lookAgain();
  }
  function refreshLenses(): void {
    if (client.refreshesLenses) connection.sendRequest(CodeLensRefreshRequest.type).catch(failed);
  }
  const guarded =
    <Params>(handle: (params: Params) => void) =>
    (params: Params): void => {
      try {
        handle(params);
      } catch (error) {
        failed(error);
      }
    };

  for (const { method, answer, nothing } of requests as readonly Request<unknown, unknown>[]) {
    connection.onRequest(method, async (params: unknown, token) => {
      try {
        const found = await answer(service, params, () => token.isCancellationRequested);
        return isRefused(found) ? new ResponseError(LSPErrorCodes.RequestFailed, found.refused) : found;
      } catch (error) {
        failed(error);
        return nothing;
      }
    });
  }
  serveTerminals(connection, {
    docs,
    target: targetNow,
    words: () => (service.preferences().words === ko ? shellKo : shellEn),
    labWords: () => (service.preferences().words === ko ? labWordsKo : labWordsEn),
    pause,
    failed,
  });
  connection.onRequest(toolRequest, ({ name, input }: ToolParams): ToolResult | null => {
    try {
      return tool?.(name, input, folders) ?? null;
    } catch (error) {
      failed(error);
      return null;
    }
  });
  connection.onInitialize((params) => {
    ({ client, preferences } = readClient(params));
    service.prefer(preferences);
    folders = client.folders;
    neighbours?.setFolders(folders);
    return {
      capabilities: {
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        ...capabilitiesFor(client),
      },
      serverInfo: { name: "seatrial" },
    };
  });
  connection.onInitialized(() => {
    if (client.asksForProcess) connection.sendNotification("seatrial/process", { id: processId }).catch(failed);
    if (!neighbours) return;
    if (client.watchesFiles) {
      const watchers = [{ globPattern: "**/*.{yaml,yml,json}" }];
      connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }).catch(failed);
    }
    if (!client.changesFolders) return;
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      const gone = new Set(removed.map(({ uri }) => uri));
      folders = [...folders.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
      neighbours.setFolders(folders);
    });
  });
  connection.onDidChangeWatchedFiles(guarded(({ changes }) => neighbours?.changed(changes.map(({ uri }) => uri))));
  connection.onDidChangeConfiguration(
    guarded(({ settings: given }) => {
      const settings = readSettings((given as { seatrial?: unknown } | null)?.seatrial);
      const isOtherTarget = settings.target !== targetNow();
      service.prefer({
        settings,
        words: wordsFor(settings, client.locale),
        structureElsewhere: structureElsewhere(settings.structural, client.yamlExtension),
      });
      if (isOtherTarget) neighbours?.setFolders(folders);
      for (const uri of service.uris()) feedback.changed(uri);
      feedback.lookAgain();
      if (client.refreshesHints) connection.languages.inlayHint.refresh().catch(failed);
      refreshLenses();
    }),
  );
  connection.onDidOpenTextDocument(
    guarded(({ textDocument: { uri, languageId, version, text } }) => {
      service.open({ manifest: openManifest(uri, languageId, text, targetNow()), version });
      neighbours?.opened(uri);
      feedback.changed(uri);
    }),
  );
  connection.onDidChangeTextDocument(
    guarded(({ textDocument: { uri, version }, contentChanges }) => {
      if (service.find(uri) === undefined) return;
      service.edit(uri, version, contentChanges);
      feedback.changed(uri);
    }),
  );
  connection.onDidCloseTextDocument(
    guarded(({ textDocument: { uri } }) => {
      service.close(uri);
      neighbours?.closed(uri);
      feedback.closed(uri);
    }),
  );
  connection.onNotification(
    baseNotification,
    guarded(({ uri, text }: BaseParams) => {
      const languageId = uri.endsWith(".json") ? "json" : "yaml";
      service.compare(uri, text === null ? null : openManifest(uri, languageId, text, targetNow()));
      if (service.find(uri) === undefined) return;
      feedback.changed(uri);
      if (client.pulls) feedback.lookAgain();
      refreshLenses();
    }),
  );
  connection.listen();
}
