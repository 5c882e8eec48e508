/** The list of labs and how they begin: each in a kubectl terminal with a cluster of its own. */
import * as vscode from "vscode";
import type { Language } from "../language.ts";
import { t } from "../say.ts";
import { type LabsParams, type LabsResult, labsRequest } from "../terminal/messages.ts";
import type { Terminals } from "../terminal/terminals.ts";

const viewId = "seatrial.labs";
/** Labs of a workspace beyond which nobody looks. */
const mostLabs = 200;

interface LabItem {
  /** The name of its terminal's trial. */
  readonly id: string;
  readonly file: string;
  /** Where it can be opened; null for those that come with the extension. */
  readonly uri: vscode.Uri | null;
  readonly text: string;
  readonly is: LabsResult[number];
}
/** A lab, or one of its steps. */
type Item = { readonly lab: LabItem } | { readonly lab: LabItem; readonly step: number };

const fileOf = (uri: vscode.Uri): string => uri.path.slice(uri.path.lastIndexOf("/") + 1);

export class Labs implements vscode.Disposable, vscode.TreeDataProvider<Item> {
  readonly #language: Language;
  readonly #terminals: Terminals;
  readonly #own: vscode.Uri;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(language: Language, terminals: Terminals, extension: vscode.Uri) {
    this.#language = language;
    this.#terminals = terminals;
    this.#own = vscode.Uri.joinPath(extension, "dist", "labs.json");
    const watcher = vscode.workspace.createFileSystemWatcher("**/*.lab.{yaml,yml}");
    const refresh = (): void => this.#changed.fire();
    this.#subscriptions = [
      this.#changed,
      watcher,
      watcher.onDidCreate(refresh),
      watcher.onDidChange(refresh),
      watcher.onDidDelete(refresh),
      terminals.onDidMove(({ id }) => {
        if (id.startsWith("lab ")) refresh();
      }),
      vscode.window.createTreeView(viewId, { treeDataProvider: this }),
      vscode.commands.registerCommand("seatrial.openLabs", () => this.#show()),
      vscode.commands.registerCommand("seatrial.startLab", (item?: Item) => this.#start(item)),
      vscode.commands.registerCommand("seatrial.restartLab", (item?: Item) => this.#restart(item)),
    ];
  }

  dispose(): void {
    for (const one of this.#subscriptions) one.dispose();
  }

  async getChildren(item?: Item): Promise<Item[]> {
    if (!item) return (await this.#all()).map((lab) => ({ lab }));
    if ("step" in item || "problem" in item.lab.is) return [];
    return item.lab.is.steps.map((_, step) => ({ lab: item.lab, step }));
  }

  getTreeItem(item: Item): vscode.TreeItem {
    const { lab } = item;
    if ("problem" in lab.is) {
      const tree = new vscode.TreeItem(lab.file);
      tree.description = lab.is.problem;
      tree.tooltip = lab.is.problem;
      tree.iconPath = new vscode.ThemeIcon("warning");
      if (lab.uri) tree.command = { command: "vscode.open", title: "", arguments: [lab.uri] };
      return tree;
    }
    const done = this.#terminals.labSteps(lab.id);
    return "step" in item
      ? stepItem(lab.is.steps[item.step] ?? "", item.step, done)
      : labItem(item, lab.is, done ?? 0, done !== undefined);
  }

  async #all(): Promise<readonly LabItem[]> {
    const own = JSON.parse(await readText(this.#own)) as LabsParams["files"];
    const others = await vscode.workspace.findFiles("**/*.lab.{yaml,yml}", "**/node_modules/**", mostLabs);
    const found = await Promise.all(
      others.map(async (uri) => ({ id: `lab ${uri.toString()}`, file: fileOf(uri), uri, text: await readText(uri) })),
    );
    const all = [
      ...own.map(({ file, text }) => ({ id: `lab ${file}`, file, uri: null, text })),
      // The labs of the extension are in a workspace when somebody writes on them.
      ...found.filter(({ text }) => !own.some((one) => one.text === text)),
    ];
    const params: LabsParams = { files: all.map(({ file, text }) => ({ file, text })) };
    const described = await this.#language.client.sendRequest<LabsResult | null>(labsRequest, params);
    return (described ?? []).map((is, at) => ({ ...all[at]!, is }));
  }

  async #show(): Promise<void> {
    await vscode.commands.executeCommand("setContext", "seatrial.labsShown", true);
    await vscode.commands.executeCommand(`${viewId}.focus`);
  }

  async #choose(): Promise<LabItem | undefined> {
    const labs = (await this.#all()).flatMap((lab) =>
      "problem" in lab.is ? [] : [{ label: lab.is.title, detail: lab.is.about, lab }],
    );
    const chosen = await vscode.window.showQuickPick(labs, { placeHolder: t("Which lab?"), matchOnDetail: true });
    return chosen?.lab;
  }

  async #start(item?: Item): Promise<void> {
    const lab = item?.lab ?? (await this.#choose());
    if (!lab || "problem" in lab.is) return;
    this.#terminals.show(lab.id, lab.is.title, { lab: { file: lab.file, text: lab.text } });
  }

  async #restart(item?: Item): Promise<void> {
    const lab = item?.lab ?? (await this.#choose());
    if (!lab) return;
    await this.#terminals.forget(lab.id);
    this.#changed.fire();
    await this.#start({ lab });
  }
}

/** The text of a file; empty where it cannot be read. */
async function readText(uri: vscode.Uri): Promise<string> {
  const bytes = await vscode.workspace.fs.readFile(uri).then(undefined, () => new Uint8Array());
  return new TextDecoder().decode(bytes);
}

function labItem(
  item: Item,
  { title, about, steps }: Extract<LabsResult[number], { readonly title: string }>,
  done: number,
  isBegun: boolean,
): vscode.TreeItem {
  const tree = new vscode.TreeItem(title, vscode.TreeItemCollapsibleState.Collapsed);
  tree.tooltip = about;
  tree.description = isBegun ? `${done}/${steps.length}` : "";
  tree.iconPath = new vscode.ThemeIcon(done >= steps.length ? "pass-filled" : isBegun ? "circle-outline" : "beaker");
  tree.contextValue = isBegun ? "lab-begun" : "lab";
  tree.command = { command: "seatrial.startLab", title: t("Start Lab"), arguments: [item] };
  return tree;
}

function stepItem(text: string, step: number, done: number | undefined): vscode.TreeItem {
  const tree = new vscode.TreeItem(text);
  tree.tooltip = text;
  const isNow = done === step;
  tree.iconPath = new vscode.ThemeIcon(step < (done ?? 0) ? "pass" : isNow ? "arrow-right" : "circle-outline");
  return tree;
}
