/** What a manifest was before: the committed text where there is one, else the saved one. */
import * as vscode from "vscode";
import type { ManifestObjects } from "../objects.ts";
import type { PanelManifest } from "../protocol.ts";

/** The texts at HEAD of open manifests, as the git extension tells them. */
export class CommittedTexts {
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<string>();
  /** Fires with the URI text of a document whose committed text is another now. */
  readonly onDidChange = this.#changed.event;

  set(uri: vscode.Uri, text: string | null): void {
    const key = uri.toString();
    if (this.#texts.get(key) === (text ?? undefined)) return;
    if (text === null) this.#texts.delete(key);
    else this.#texts.set(key, text);
    this.#changed.fire(key);
  }

  get(uri: vscode.Uri): string | undefined {
    return this.#texts.get(uri.toString());
  }
}

/** The objects that were there before the text in the editor; null where there is no earlier text at all. */
export async function objectsBefore(
  uri: vscode.Uri,
  committed: CommittedTexts,
  objects: ManifestObjects,
): Promise<PanelManifest["before"]> {
  const head = committed.get(uri);
  if (head !== undefined) return { is: "HEAD", objects: await objects.ofText(uri, head) };
  const saved = await savedText(uri);
  return saved === null ? null : { is: "saved", objects: await objects.ofText(uri, saved) };
}

/** The text on disk; null for what was never saved. */
async function savedText(uri: vscode.Uri): Promise<string | null> {
  if (uri.scheme === "untitled") return null;
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return null;
  }
}
