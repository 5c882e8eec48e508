/**
 * The committed version of each open manifest, told to the language server, so that a change which the API server would
 * refuse as immutable is marked. Uses VS Code's own git extension; without it, or outside a repository, there is no base.
 */
import * as vscode from "vscode";

/** The part of the git extension's API (version 1) that is used here. */
interface GitApi {
  readonly repositories: readonly GitRepository[];
  getRepository(uri: vscode.Uri): GitRepository | null;
  readonly onDidOpenRepository: vscode.Event<GitRepository>;
}
interface GitRepository {
  readonly state: { readonly HEAD: { readonly commit?: string } | undefined; readonly onDidChange: vscode.Event<void> };
  show(ref: string, path: string): Promise<string>;
}
interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

/** Tells the base text of a document, or null when it has none. */
export type BaseListener = (uri: vscode.Uri, text: string | null) => void;

/**
 * Watches the open documents that `wants` and tells the text each of them has at HEAD: when a document opens, when the
 * repository is found, whenever HEAD moves, and when who is told has begun `anew` and knows nothing. Never throws; a file
 * that HEAD does not know has no base.
 */
export function watchCommittedText(
  wants: (document: vscode.TextDocument) => boolean,
  tell: BaseListener,
  anew: vscode.Event<void>,
): vscode.Disposable {
  const disposables: vscode.Disposable[] = [anew(() => readAll())];
  const heads = new Map<GitRepository, string | undefined>();
  let git: GitApi | null = null;
  let disposed = false;

  async function read(document: vscode.TextDocument): Promise<void> {
    if (!git || document.uri.scheme === "git" || !wants(document)) return;
    const repository = git.getRepository(document.uri);
    const text = repository?.state.HEAD?.commit ? await show(repository, document.uri.fsPath) : null;
    if (!disposed) tell(document.uri, text);
  }

  function readAll(): void {
    for (const document of vscode.workspace.textDocuments) void read(document);
  }

  function follow(repository: GitRepository): void {
    heads.set(repository, repository.state.HEAD?.commit);
    disposables.push(
      repository.state.onDidChange(() => {
        const head = repository.state.HEAD?.commit;
        if (heads.get(repository) === head) return;
        heads.set(repository, head);
        readAll();
      }),
    );
  }

  void gitApi().then((api) => {
    if (!api || disposed) return;
    git = api;
    for (const repository of api.repositories) follow(repository);
    disposables.push(
      api.onDidOpenRepository((repository) => {
        follow(repository);
        readAll();
      }),
      vscode.workspace.onDidOpenTextDocument((document) => void read(document)),
    );
    readAll();
  });

  return new vscode.Disposable(() => {
    disposed = true;
    for (const one of disposables) one.dispose();
  });
}

async function show(repository: GitRepository, path: string): Promise<string | null> {
  try {
    return await repository.show("HEAD", path);
  } catch {
    return null;
  }
}

async function gitApi(): Promise<GitApi | null> {
  try {
    const extension = vscode.extensions.getExtension<GitExtension>("vscode.git");
    if (!extension) return null;
    const exports = extension.isActive ? extension.exports : await extension.activate();
    return exports.enabled ? exports.getAPI(1) : null;
  } catch {
    return null;
  }
}
