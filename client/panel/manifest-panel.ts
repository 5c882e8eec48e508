/** One panel: shows what one manifest would do, and follows its text. */
import * as vscode from "vscode";
import type { ManifestObjects } from "../objects.ts";
import type {
  DocumentObject,
  Focus,
  HostMessage,
  PanelMessage,
  Place,
  Range,
  RevisionChoice,
  WorkloadAction,
} from "../protocol.ts";
import { focusOf, runs } from "../workload.ts";
import { panelHtml } from "./html.ts";

const sameFocus = (one: Focus, other: Focus): boolean =>
  one.kind === other.kind && one.name === other.name && one.namespace === other.namespace;

export class ManifestPanel implements vscode.Disposable {
  readonly uri: vscode.Uri;
  readonly #webview: vscode.WebviewPanel;
  readonly #objects: ManifestObjects;
  readonly #log: vscode.LogOutputChannel;
  readonly #learnt = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  #focus: Focus | null;
  #revisions: { readonly focus: Focus; readonly revisions: readonly RevisionChoice[] } | undefined;
  /** Until the panel listens, messages wait here. */
  #waiting: HostMessage[] | null = [];
  #version = 0;
  readonly onDidLearn = this.#learnt.event;

  constructor(
    uri: vscode.Uri,
    webview: vscode.WebviewPanel,
    extension: vscode.Uri,
    objects: ManifestObjects,
    log: vscode.LogOutputChannel,
    focus: Focus | null,
  ) {
    this.uri = uri;
    this.#webview = webview;
    this.#objects = objects;
    this.#log = log;
    this.#focus = focus;
    const dist = vscode.Uri.joinPath(extension, "dist");
    webview.title = vscode.l10n.t("Trial of {0}", this.#fileName());
    webview.iconPath = vscode.Uri.joinPath(extension, "client", "media", "panel.svg");
    webview.webview.options = { enableScripts: true, localResourceRoots: [dist] };
    const seed = vscode.workspace.getConfiguration("seatrial", uri).get("simulation.seed", 1);
    this.#subscriptions = [
      this.#learnt,
      webview.webview.onDidReceiveMessage((message: PanelMessage) => this.#receive(message)),
      objects.onDidChange((changed) => {
        if (changed === uri.toString()) void this.#sendManifest();
      }),
    ];
    webview.webview.html = panelHtml(webview.webview, dist, {
      uri: uri.toString(),
      seed,
      language: vscode.env.language,
    });
  }

  reveal(): void {
    this.#webview.reveal(undefined, true);
  }

  isActive(): boolean {
    return this.#webview.active;
  }

  focus(focus: Focus, place: Place = {}): void {
    this.#focus = focus;
    this.#send({ type: "focus", focus, ...place });
  }

  act(action: WorkloadAction): void {
    this.#send({ type: "act", action });
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

  async #sendManifest(): Promise<void> {
    // A restored panel may come before its document: the server only knows open ones.
    await vscode.workspace.openTextDocument(this.uri).then(undefined, () => undefined);
    const { version, kubernetes, objects } = await this.#objects.of(this.uri);
    // Answers may overtake each other; an older text is never shown over a newer one.
    if (version < this.#version) return;
    this.#version = version;
    this.#send({ type: "manifest", title: this.#fileName(), version, kubernetes, objects });
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
        this.#log.error(message.message);
        return;
      case "revisions":
        this.#focus = message.focus;
        this.#revisions = { focus: message.focus, revisions: message.revisions };
        this.#learnt.fire();
        return;
    }
  }

  async #start(): Promise<void> {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    this.#version = 0;
    await this.#sendManifest();
    if (waiting.length === 0 && this.#focus) this.#send({ type: "focus", focus: this.#focus });
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
