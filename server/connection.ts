/** The language server around the language service: keeps open texts, answers requests, never shows what is stale. */
import {
  type CodeAction,
  CodeActionKind,
  type Connection,
  type Diagnostic,
  DiagnosticSeverity,
  DidChangeWatchedFilesNotification,
  DocumentDiagnosticReportKind,
  type InitializeParams,
  type Range as LspRange,
  SymbolKind,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import { en } from "./messages/en.ts";
import { ko } from "./messages/ko.ts";
import type { Words } from "./messages/words.ts";
import { type Disk, neighboursOn } from "./neighbours.ts";
import {
  type BaseParams,
  baseNotification,
  type ExplainParams,
  explainRequest,
  type InitializationOptions,
  type ObjectsParams,
  objectsChangedNotification,
  objectsRequest,
  type SimulateArgument,
  simulateCommand,
} from "./protocol.ts";
import { type Base, readBase } from "./service/base.ts";
import { checkSlice, isChecked } from "./service/check.ts";
import { type Diagnosis, diagnose, isRun, manifestFacts, runAdviceOn } from "./service/diagnose.ts";
import { explain, explainedCodes } from "./service/explain.ts";
import type { Structural } from "./service/finding.ts";
import { fixesAt } from "./service/fixes.ts";
import { hover } from "./service/hover.ts";
import type { FieldDocs } from "./service/hover-context.ts";
import { editManifest, type Manifest, openManifest } from "./service/manifest.ts";
import { documentObjects, listSubjects } from "./service/objects.ts";
import { scheduleWords } from "./service/schedule-words.ts";
import { defaultSettings, readSettings, type Settings } from "./service/settings.ts";

/** What differs between Node and a browser worker. */
export interface Host {
  readonly docs: FieldDocs;
  /** Lets other work have its turn. */
  pause(): Promise<void>;
  readonly processId: number | null;
  /** Absent where the files of the workspace cannot be read. */
  readonly disk?: Disk;
}

interface Open {
  readonly manifest: Manifest;
  readonly version: number;
}

const pages = new Set(explainedCodes());
const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};
/** Milliseconds of checking between two pauses. */
const turn = 10;
/** Milliseconds without a change before simulator runs are spent on advice. */
const quiet = 250;

/** Answers a client for as long as the connection lasts. */
export function serve(connection: Connection, host: Host): void {
  const open = new Map<string, Open>();
  let settings: Settings = defaultSettings;
  let words: Words = en;
  let options: InitializationOptions & { readonly locale?: string; readonly processIdentity?: boolean } = {};
  let pulls = false;
  let simulates = false;
  let folders: readonly string[] = [];
  let workspace: NonNullable<InitializeParams["capabilities"]["workspace"]> = {};
  const due = new Set<string>();
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();
  const bases = new Map<string, Base>();
  const neighbours = host.disk && neighboursOn(host.disk, () => host.pause(), lookAgain);

  const context = (uri: string) => ({
    settings,
    words,
    structureElsewhere: structureElsewhere(settings.structural, options.yamlExtension ?? false),
    beyond: neighbours?.around(),
    others: [...open].filter(([other]) => other !== uri).map(([, { manifest }]) => checkedFacts(manifest)),
    now: Date.now(),
    base: bases.get(uri),
  });

  /** Checks what is new, a piece at a time. False when the text changed or the question was taken back meanwhile. */
  async function settle(uri: string, cancelled: () => boolean): Promise<boolean> {
    const { manifest } = open.get(uri) ?? {};
    let begin = performance.now();
    for (const slice of manifest?.slices ?? []) {
      if (isChecked(slice)) continue;
      checkSlice(slice);
      if (performance.now() - begin < turn) continue;
      await host.pause();
      if (cancelled() || open.get(uri)?.manifest !== manifest) return false;
      begin = performance.now();
    }
    return true;
  }

  async function diagnosesOf(uri: string, cancelled: () => boolean): Promise<readonly Diagnosis[]> {
    while (!(await settle(uri, cancelled))) if (cancelled()) return [];
    const found = open.get(uri);
    return found ? diagnose(found.manifest, context(uri)) : [];
  }

  const published = (uri: string, { range, severity, code, message, moment }: Diagnosis) => ({
    range: range as LspRange,
    severity: severities[severity],
    code,
    source: "seatrial",
    message,
    ...(simulates && moment ? { data: { uri, ...moment } satisfies SimulateArgument } : {}),
    ...(options.pages && pages.has(code) ? { codeDescription: { href: `${options.pages}${code}.md` } } : {}),
  });

  async function push(uri: string): Promise<void> {
    due.delete(uri);
    const version = open.get(uri)?.version;
    if (version === undefined) return;
    const found = await diagnosesOf(uri, () => open.get(uri)?.version !== version);
    if (open.get(uri)?.version === version) {
      await connection.sendDiagnostics({ uri, version, diagnostics: found.map((one) => published(uri, one)) });
    }
  }

  /** A way to see what a run proves, as it happens. */
  function showIn(diagnostic: Diagnostic): CodeAction[] {
    const moment = diagnostic.data as SimulateArgument | undefined;
    if (diagnostic.source !== "seatrial" || typeof moment?.time !== "number") return [];
    const command = { title: words.show, command: simulateCommand, arguments: [moment] };
    return [{ title: words.show, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], command }];
  }

  /** Not left without an answer: what a client refuses would end the process. */
  const failed = (error: unknown) => connection.console.error(String(error));

  /** Has a client that pulls do so again, if it can be told to. */
  function pullAgain(): void {
    if (workspace.diagnostics?.refreshSupport) connection.languages.diagnostics.refresh().catch(failed);
  }

  /** Works out what takes a run, slice by slice, and tells again when that found anything. */
  async function advise(uri: string): Promise<void> {
    const manifest = open.get(uri)?.manifest;
    let news = false;
    for (const slice of manifest?.slices ?? []) {
      if (isRun(slice)) continue;
      await host.pause();
      // A newer text is advised on its own.
      if (open.get(uri)?.manifest !== manifest) return;
      if (runAdviceOn(slice, Date.now()).length > 0) news = true;
    }
    if (!news) return;
    if (pulls) pullAgain();
    else await push(uri);
  }

  /** Asks for advice once nothing has been typed for a moment. */
  function adviseSoon(uri: string): void {
    clearTimeout(waiting.get(uri));
    waiting.set(
      uri,
      setTimeout(() => {
        waiting.delete(uri);
        neighbours?.begin();
        advise(uri).catch(failed);
      }, quiet),
    );
  }

  /** What is said of the open texts may have become other although none of them has. */
  function lookAgain(): void {
    if (pulls) pullAgain();
    else for (const uri of open.keys()) pushSoon(uri);
  }

  function changed(uri: string): void {
    adviseSoon(uri);
    void connection.sendNotification(objectsChangedNotification, { uri, version: open.get(uri)?.version ?? 0 });
    if (!pulls) pushSoon(uri);
  }

  function pushSoon(uri: string): void {
    if (due.has(uri)) return;
    due.add(uri);
    void host
      .pause()
      .then(() => push(uri))
      .catch(failed);
  }

  connection.onInitialize((params: InitializeParams) => {
    options = (params.initializationOptions as InitializationOptions | undefined) ?? {};
    words = (options.language ?? options.locale ?? params.locale ?? "en").startsWith("ko") ? ko : en;
    settings = readSettings(options.settings);
    pulls = params.capabilities.textDocument?.diagnostic !== undefined;
    folders = params.workspaceFolders?.map(({ uri }) => uri) ?? (params.rootUri ? [params.rootUri] : []);
    neighbours?.setFolders(folders);
    const beyond = (params.capabilities.experimental ?? {}) as InitializationOptions["experimental"];
    simulates = (beyond?.seatrialSimulate ?? options.experimental?.seatrialSimulate) === true;
    workspace = params.capabilities.workspace ?? {};
    return {
      capabilities: {
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        hoverProvider: true,
        documentSymbolProvider: true,
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
        ...(pulls ? { diagnosticProvider: { interFileDependencies: true, workspaceDiagnostics: false } } : {}),
      },
      serverInfo: { name: "seatrial" },
    };
  });
  connection.onInitialized(() => {
    if (options.processIdentity) void connection.sendNotification("seatrial/process", { id: host.processId });
    if (!neighbours) return;
    if (workspace.didChangeWatchedFiles?.dynamicRegistration) {
      const watchers = [{ globPattern: "**/*.{yaml,yml,json}" }];
      connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }).catch(failed);
    }
    if (workspace.workspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => uri));
        folders = [...folders.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
        neighbours.setFolders(folders);
      });
    }
  });
  connection.onDidChangeWatchedFiles(({ changes }) => neighbours?.changed(changes.map(({ uri }) => uri)));
  connection.onDidChangeConfiguration(({ settings: given }) => {
    settings = readSettings((given as { seatrial?: unknown } | null)?.seatrial);
    for (const uri of open.keys()) changed(uri);
    if (pulls) pullAgain();
  });
  connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version, text } }) => {
    open.set(uri, { manifest: openManifest(uri, languageId, text), version });
    neighbours?.opened(uri);
    changed(uri);
  });
  connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
    const known = open.get(uri);
    if (!known) return;
    open.set(uri, { manifest: contentChanges.reduce<Manifest>(editManifest, known.manifest), version });
    changed(uri);
  });
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    open.delete(uri);
    // The client tells it again when the text is opened again.
    bases.delete(uri);
    neighbours?.closed(uri);
    clearTimeout(waiting.get(uri));
    waiting.delete(uri);
    if (!pulls) void connection.sendDiagnostics({ uri, diagnostics: [] });
  });
  connection.languages.diagnostics.on(async ({ textDocument: { uri } }, token) => {
    const found = await diagnosesOf(uri, () => token.isCancellationRequested);
    return { kind: DocumentDiagnosticReportKind.Full, items: found.map((one) => published(uri, one)) };
  });
  connection.onHover(async ({ textDocument: { uri }, position }) => {
    const known = open.get(uri);
    const timeZone = options.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!known) return null;
    const sentence = await scheduleWords(words.language);
    const found = hover(known.manifest, position, { words, docs: host.docs, now: Date.now(), timeZone, sentence });
    return found && { contents: { kind: "markdown", value: found.markdown }, range: found.range };
  });
  connection.onCodeAction(({ textDocument: { uri }, range, context: { diagnostics } }) => {
    const known = open.get(uri);
    if (!known) return [];
    const fixes = fixesAt(known.manifest, range).map(({ does, becomes, code, edits }) => ({
      title: does === "add" ? words.add(becomes) : words.fix(becomes),
      kind: CodeActionKind.QuickFix,
      diagnostics: diagnostics.filter((one) => one.code === code),
      edit: { documentChanges: [{ textDocument: { uri, version: known.version }, edits: [...edits] }] },
    }));
    return [...fixes, ...(simulates ? diagnostics.flatMap(showIn) : [])];
  });
  connection.onDocumentSymbol(({ textDocument: { uri } }) => {
    const known = open.get(uri);
    return (known ? listSubjects(known.manifest) : []).flatMap(({ subject, range }) =>
      subject
        ? [
            {
              name: subject.name || subject.kind,
              detail: subject.kind,
              kind: SymbolKind.Object,
              range,
              selectionRange: range,
            },
          ]
        : [],
    );
  });
  connection.onNotification(baseNotification, ({ uri, text }: BaseParams) => {
    if (text === null) bases.delete(uri);
    else bases.set(uri, readBase(openManifest(uri, uri.endsWith(".json") ? "json" : "yaml", text)));
    if (!open.has(uri)) return;
    changed(uri);
    if (pulls) pullAgain();
  });
  connection.onRequest(explainRequest, ({ code }: ExplainParams) => ({ markdown: explain(code, words) }));
  connection.onRequest(objectsRequest, async ({ uri }: ObjectsParams, token) => {
    const found = await diagnosesOf(uri, () => token.isCancellationRequested);
    const known = open.get(uri);
    return known
      ? { version: known.version, objects: documentObjects(known.manifest, found) }
      : { version: 0, objects: [] };
  });
  connection.listen();
}

/** What of the shape the reader wants to hear from others. */
function structureElsewhere(
  setting: Settings["structural"],
  yamlExtension: NonNullable<InitializationOptions["yamlExtension"]>,
): boolean | readonly Structural[] {
  if (setting !== "auto" || yamlExtension === false) return setting === "off";
  return yamlExtension === "syntax" ? ["parser"] : ["parser", "schema"];
}

/** Facts of a file that has been looked at; one that has not is not worth waiting for. */
function checkedFacts(manifest: Manifest): ReturnType<typeof manifestFacts> {
  return manifest.slices.every(isChecked) ? manifestFacts(manifest) : [];
}
