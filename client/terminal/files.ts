/** Files as the terminal sees them: `/` is the workspace, open editors count with their unsaved text. */
import * as vscode from "vscode";

/** Bytes of a file beyond which it is no manifest. */
const largest = 1024 * 1024;

/** What is written where no folder is open; it goes with the window. */
const memory = new Map<string, string>();

const partsOf = (path: string): readonly string[] => path.split("/").filter((part) => part !== "" && part !== "..");

/** The place of a path; undefined for what no folder of the workspace holds. */
function uriOf(path: string): vscode.Uri | undefined {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const [first, ...more] = folders;
  if (!first) return undefined;
  if (more.length === 0) return vscode.Uri.joinPath(first.uri, ...partsOf(path));
  const [name, ...rest] = partsOf(path);
  const folder = folders.find((one) => one.name === name);
  return folder && vscode.Uri.joinPath(folder.uri, ...rest);
}

const isOpenAt = (uri: vscode.Uri) => (document: vscode.TextDocument) =>
  !document.isClosed && document.uri.toString() === uri.toString();

/** The text of a file, unsaved changes included; null where there is none. */
export async function readText(path: string): Promise<string | null> {
  const uri = uriOf(path);
  if (!uri) return memory.get(path) ?? null;
  const open = vscode.workspace.textDocuments.find(isOpenAt(uri));
  if (open) return open.getText();
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.Directory) !== 0 || size > largest) return null;
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return null;
  }
}

/** The names in a folder, those of folders with `/` behind them; null where there is none. */
export async function listNames(path: string): Promise<readonly string[] | null> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const parts = partsOf(path);
  if (folders.length === 0) {
    return parts.length > 0 ? null : [...memory.keys()].map((one) => one.slice(1)).filter((one) => !one.includes("/"));
  }
  if (folders.length > 1 && parts.length === 0) return folders.map(({ name }) => `${name}/`);
  const uri = uriOf(path);
  if (!uri) return null;
  try {
    const entries = await vscode.workspace.fs.readDirectory(uri);
    return entries.map(([name, type]) => ((type & vscode.FileType.Directory) !== 0 ? `${name}/` : name));
  } catch {
    return null;
  }
}

/** Writes a file, through its editor where it is open; gives why it cannot be. */
export async function writeText(path: string, text: string, append: boolean): Promise<string | null> {
  const uri = uriOf(path);
  const before = append ? ((await readText(path)) ?? "") : "";
  const whole = before + text;
  if (!uri) {
    if (vscode.workspace.workspaceFolders?.length) return "No such file or directory";
    memory.set(path, whole);
    return null;
  }
  try {
    const open = vscode.workspace.textDocuments.find(isOpenAt(uri));
    if (!open) {
      await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(whole));
      return null;
    }
    const edit = new vscode.WorkspaceEdit();
    edit.replace(uri, new vscode.Range(0, 0, open.lineCount, 0), whole);
    const isDone = (await vscode.workspace.applyEdit(edit)) && (await open.save());
    return isDone ? null : "Permission denied";
  } catch (error) {
    return error instanceof vscode.FileSystemError ? error.code : "Input/output error";
  }
}

/** Shows a file in an editor, a new one where there is none; gives why it cannot be shown. */
export async function showText(path: string): Promise<string | null> {
  const uri = uriOf(path);
  if (!uri) return "No such file or directory";
  const isThere = (await readText(path)) !== null;
  try {
    await vscode.window.showTextDocument(isThere ? uri : uri.with({ scheme: "untitled" }));
    return null;
  } catch {
    return "Input/output error";
  }
}
