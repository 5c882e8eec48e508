/** One panel: shows what one manifest would do, and follows its text. */
import * as vscode from "vscode";
import { type ManifestObjects, objectAt } from "../objects.ts";
import type {
  DocumentObject,
  Focus,
  HostMessage,
  PanelMemory,
  PanelMessage,
  PanelScenario,
  PanelTrial,
  Place,
  Range,
  RevisionChoice,
  TimedAction,
  WorkloadAction,
} from "../protocol.ts";
import { languageTag, t } from "../say.ts";
import { focusOf, runs } from "../workload.ts";
import { type CommittedTexts, objectsBefore } from "./before.ts";
import { panelHtml } from "./html.ts";
import { copy, save, write } from "./take-out.ts";

const sameFocus = (one: Focus, other: Focus): boolean =>
  one.kind === other.kind && one.name === other.name && one.namespace === other.namespace;

/** What a panel needs of the extension around it. */
export interface PanelContext {
  readonly extension: vscode.Uri;
  readonly objects: ManifestObjects;
  readonly committed: CommittedTexts;
  readonly log: vscode.LogOutputChannel;
  /** What was tried with each manifest, for as long as the workspace is known. */
  readonly memory: vscode.Memento;
}

const memoryKey = (uri: vscode.Uri): string => `seatrial.trial ${uri.toString()}`;

export class ManifestPanel implements vscode.Disposable {
  readonly uri: vscode.Uri;
  readonly #webview: vscode.WebviewPanel;
  readonly #context: PanelContext;
  readonly #learnt = new vscode.EventEmitter<void>();
  readonly #played = new vscode.EventEmitter<PanelTrial>();
  readonly #subscriptions: vscode.Disposable[];
  #focus: Focus | null;
  #revisions: { readonly focus: Focus; readonly revisions: readonly RevisionChoice[] } | undefined;
  /** Until the panel listens, messages wait here. */
  #waiting: HostMessage[] | null = [];
  #version = 0;
  readonly onDidLearn = this.#learnt.event;
  readonly onDidPlay = this.#played.event;

  constructor(uri: vscode.Uri, webview: vscode.WebviewPanel, context: PanelContext, focus: Focus | null) {
    this.uri = uri;
    this.#webview = webview;
    this.#context = context;
    this.#focus = focus;
    const { extension, objects, committed } = context;
    const own = uri.toString();
    const dist = vscode.Uri.joinPath(extension, "dist");
    webview.title = t("Trial of {0}", this.#fileName());
    webview.iconPath = vscode.Uri.joinPath(extension, "client", "media", "panel.svg");
    webview.webview.options = { enableScripts: true, localResourceRoots: [dist] };
    const seed = vscode.workspace.getConfiguration("seatrial", uri).get("simulation.seed", 1);
    this.#subscriptions = [
      this.#learnt,
      this.#played,
      webview.webview.onDidReceiveMessage((message: PanelMessage) => this.#receive(message)),
      objects.onDidChange((changed) => {
        if (changed === own) void this.#sendManifest();
      }),
      committed.onDidChange((changed) => {
        if (changed === own) void this.#sendManifest();
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("seatrial.language")) show();
      }),
      vscode.workspace.onDidSaveTextDocument((document) => {
        if (document.uri.toString() === own) void this.#sendManifest();
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
        const line = selections[0]?.active.line;
        if (line !== undefined && textEditor.document.uri.toString() === own) void this.#followCursor(line);
      }),
    ];
    const show = () => {
      webview.webview.html = panelHtml(webview.webview, dist, { uri: own, seed, language: languageTag() });
    };
    show();
  }

  reveal(): void {
    this.#webview.reveal(undefined, true);
  }

  isActive(): boolean {
    return this.#webview.active;
  }

  focus(focus: Focus, place: Place = {}): void {
    this.#focus = focus;
    this.#send({ type: "focus", focus, by: "asked", ...place });
  }

  play(scenario: PanelScenario): void {
    this.#send({ type: "scenario", scenario });
  }

  act(action: WorkloadAction): void {
    this.#send({ type: "act", action });
  }

  /** Has the panel tell what it plays, as an event. */
  askTrial(): void {
    this.#send({ type: "where" });
  }

  /** Steps of a terminal, timed from the change as its own time is. */
  take(steps: readonly TimedAction[], time: number, number: number): void {
    this.#send({ type: "steps", steps, time, number });
  }

  /** The object that the panel shows, among those of its manifest. */
  focused(objects: readonly DocumentObject[]): DocumentObject | undefined {
    const focus = this.#focus;
    return objects.find((one) => runs(one) && (focus === null || sameFocus(focusOf(one), focus)));
  }

  revisionsOf(focus: Focus): readonly RevisionChoice[] {
    return this.#revisions && sameFocus(this.#revisions.focus, focus) ? this.#revisions.revisions : [];
  }

  dispose(): void {
    for (const one of this.#subscriptions) one.dispose();
  }

  #fileName(): string {
    return this.uri.path.slice(this.uri.path.lastIndexOf("/") + 1);
  }

  #send(message: HostMessage): void {
    if (this.#waiting) this.#waiting.push(message);
    else void this.#webview.webview.postMessage(message);
  }

  /** The workload at the cursor, when that is another one than before. */
  async #followCursor(line: number): Promise<void> {
    const { objects } = await this.#context.objects.of(this.uri);
    const object = objectAt(objects, line);
    if (!object?.workload) return;
    const focus = focusOf(object);
    if (this.#focus && sameFocus(this.#focus, focus)) return;
    this.#send({ type: "focus", focus, by: "cursor" });
  }

  async #sendManifest(): Promise<void> {
    // A restored panel may come before its document: the server only knows open ones.
    await vscode.workspace.openTextDocument(this.uri).then(undefined, () => undefined);
    const { objects, committed } = this.#context;
    const [{ version, kubernetes, objects: found }, before] = await Promise.all([
      objects.of(this.uri),
      objectsBefore(this.uri, committed, objects),
    ]);
    // Answers may overtake each other; an older text is never shown over a newer one.
    if (version < this.#version) return;
    this.#version = version;
    const manifest = { title: this.#fileName(), uri: this.uri.toString(), version, kubernetes, objects: found, before };
    this.#send({ type: "manifest", manifest });
  }

  #receive(message: PanelMessage): void {
    switch (message.type) {
      case "ready":
        void this.#start();
        return;
      case "reveal":
        void this.#revealInEditor(message.range);
        return;
      case "failed":
        this.#context.log.error(message.message);
        return;
      case "revisions":
        this.#focus = message.focus;
        this.#revisions = { focus: message.focus, revisions: message.revisions };
        this.#learnt.fire();
        return;
      case "trial":
        this.#played.fire(message.trial);
        return;
      case "remember":
        void this.#context.memory.update(memoryKey(this.uri), message.memory);
        return;
      case "copy":
        void copy(message.text);
        return;
      case "save":
        void save(this.uri, message);
        return;
      case "write":
        void write(this.uri, message, this.#context.objects);
        return;
      case "leave":
        void vscode.commands.executeCommand("workbench.action.focusPreviousGroup");
        return;
    }
  }

  async #start(): Promise<void> {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    this.#version = 0;
    const memory = this.#context.memory.get<PanelMemory>(memoryKey(this.uri));
    if (memory) this.#send({ type: "memory", memory });
    if (this.#focus) this.#send({ type: "focus", focus: this.#focus, by: "asked" });
    await this.#sendManifest();
    for (const message of waiting) this.#send(message);
  }

  async #revealInEditor({ start, end }: Range): Promise<void> {
    const document = await vscode.workspace.openTextDocument(this.uri);
    const column = vscode.window.visibleTextEditors.find((one) => one.document === document)?.viewColumn;
    const selection = new vscode.Range(start.line, start.character, start.line, start.character);
    const editor = await vscode.window.showTextDocument(document, {
      viewColumn: column ?? vscode.ViewColumn.One,
      selection,
    });
    editor.revealRange(
      new vscode.Range(start.line, 0, end.line, 0),
      vscode.TextEditorRevealType.InCenterIfOutsideViewport,
    );
  }
}
