/** What the language server says a document holds; asked for once per state of the text. */
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  type DocumentObject,
  type Focus,
  type ObjectsChangedParams,
  type ObjectsParams,
  type ObjectsResult,
  objectsChangedNotification,
  objectsRequest,
  type TextEdit,
  type WriteParams,
  writeRequest,
} from "./protocol.ts";

const none: ObjectsResult = { version: 0, kubernetes: "", objects: [] };

export class ManifestObjects implements vscode.Disposable {
  readonly #client: BaseLanguageClient;
  readonly #known = new Map<string, Promise<ObjectsResult>>();
  readonly #changed = new vscode.EventEmitter<string>();
  readonly #subscriptions: vscode.Disposable[] = [];
  /** Fires with the URI text of a document whose objects may have changed. */
  readonly onDidChange = this.#changed.event;

  constructor(client: BaseLanguageClient) {
    this.#client = client;
    const forget = (uri: string): void => {
      this.#known.delete(uri);
      this.#changed.fire(uri);
    };
    this.#subscriptions.push(
      client.onNotification(objectsChangedNotification, ({ uri }: ObjectsChangedParams) => forget(uri)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#known.delete(document.uri.toString())),
      vscode.workspace.onDidCloseTextDocument((document) => this.#known.delete(document.uri.toString())),
      client.onDidChangeState(() => {
        for (const uri of [...this.#known.keys()]) forget(uri);
      }),
      this.#changed,
    );
  }

  /** The objects of an open document; none where the server cannot tell. */
  async of(uri: vscode.Uri | string): Promise<ObjectsResult> {
    const key = uri.toString();
    const known = this.#known.get(key);
    if (known) return known;
    const params: ObjectsParams = { uri: key };
    const asked = this.#client.sendRequest<ObjectsResult | null>(objectsRequest, params).then(
      (result) => result ?? none,
      () => {
        this.#known.delete(key);
        return none;
      },
    );
    this.#known.set(key, asked);
    return asked;
  }

  /** The objects of another text of the same file, such as the committed one; none where the server cannot tell. */
  async ofText(uri: vscode.Uri, text: string): Promise<readonly DocumentObject[]> {
    const params: ObjectsParams = { uri: uri.toString(), text };
    const { objects } = await this.#client.sendRequest<ObjectsResult | null>(objectsRequest, params).then(
      (result) => result ?? none,
      () => none,
    );
    return objects;
  }

  /** The edits that put a value at a path of an object of an open document; none where that cannot be done. */
  async editsFor(
    uri: vscode.Uri,
    object: Focus,
    path: WriteParams["path"],
    value: unknown,
  ): Promise<readonly TextEdit[]> {
    const params: WriteParams = { uri: uri.toString(), object, path, value };
    return this.#client.sendRequest<readonly TextEdit[] | null>(writeRequest, params).then(
      (edits) => edits ?? [],
      () => [],
    );
  }

  dispose(): void {
    for (const one of this.#subscriptions) one.dispose();
  }
}

/** The object that a line belongs to: the one around it, else the nearest above, else the first. */
export function objectAt(objects: readonly DocumentObject[], line: number): DocumentObject | undefined {
  const started = objects.filter((one) => one.range.start.line <= line);
  return started.at(-1) ?? objects[0];
}
