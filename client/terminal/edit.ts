/** `kubectl edit`: an object in an editor of VS Code. Saving hands it back, closing it unsaved gives it up. */
import * as vscode from "vscode";

const scheme = "seatrial-edit";

/** Texts that are being edited, as files of a scheme of their own. */
export class EditedTexts implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #texts = new Map<string, Uint8Array>();
  readonly #saved = new Map<string, (text: string) => void>();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #registration: vscode.Disposable;
  #count = 0;
  readonly onDidChangeFile = this.#changed.event;

  constructor() {
    this.#registration = vscode.workspace.registerFileSystemProvider(scheme, this, { isCaseSensitive: true });
  }

  /** The text as it is saved; null where its editor is closed before. */
  async edit(name: string, text: string): Promise<string | null> {
    const file = /\.(ya?ml|json)$/.test(name) ? name : `${name}.yaml`;
    const uri = vscode.Uri.from({ scheme, path: `/${++this.#count}/${file.replace(/[^\w.-]/g, "-")}` });
    const key = uri.toString();
    this.#texts.set(key, new TextEncoder().encode(text));
    const subscriptions: vscode.Disposable[] = [];
    try {
      const document = await vscode.workspace.openTextDocument(uri);
      await vscode.window.showTextDocument(document, { preview: false });
      return await new Promise<string | null>((resolve) => {
        this.#saved.set(key, resolve);
        const isOpen = () => vscode.window.tabGroups.all.some(({ tabs }) => tabs.some((tab) => uriOf(tab) === key));
        subscriptions.push(
          vscode.window.tabGroups.onDidChangeTabs(() => {
            if (!isOpen()) resolve(null);
          }),
        );
      });
    } finally {
      for (const one of subscriptions) one.dispose();
      this.#saved.delete(key);
      await this.#closeTab(key);
      this.#texts.delete(key);
    }
  }

  async #closeTab(key: string): Promise<void> {
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs.filter((tab) => uriOf(tab) === key));
    await vscode.window.tabGroups.close(tabs).then(undefined, () => undefined);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const text = this.readFile(uri);
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: text.length };
  }

  readFile(uri: vscode.Uri): Uint8Array {
    const text = this.#texts.get(uri.toString());
    if (!text) throw vscode.FileSystemError.FileNotFound(uri);
    return text;
  }

  writeFile(uri: vscode.Uri, content: Uint8Array): void {
    const key = uri.toString();
    this.#texts.set(key, content);
    // After the editor knows that it is saved: else it asks whether to save when it is closed.
    setTimeout(() => this.#saved.get(key)?.(new TextDecoder().decode(content)), 0);
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }
  readDirectory(): [string, vscode.FileType][] {
    return [];
  }
  createDirectory(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }
  delete(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }
  rename(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}

function uriOf(tab: vscode.Tab): string | undefined {
  return tab.input instanceof vscode.TabInputText ? tab.input.uri.toString() : undefined;
}
