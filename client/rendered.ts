/**
 * "Check Rendered": what the user's own tools make of the chart or kustomization around a file, as a read-only document that is judged
 * and simulated like any other. Tools run when a person asks for it, and never in a workspace that is not trusted.
 */
import { readdirSync } from "node:fs";
import { basename, dirname } from "node:path";
import * as vscode from "vscode";
import {
  documentsIn,
  largestRendering,
  planRendering,
  type Rendering,
  type RenderPlan,
  renderPatience,
  spelt,
} from "../server/service/rendering.ts";
import { render } from "./run-tool.ts";
import { t } from "./say.ts";

const scheme = "seatrial-rendered";

interface Rendered {
  readonly plan: RenderPlan;
  readonly text: string;
}

/** Registers the command, the documents that it shows, and the links in them to the files that objects come from. */
export function registerRendered(log: vscode.LogOutputChannel): vscode.Disposable {
  const known = new Map<string, Rendered>();
  const changed = new vscode.EventEmitter<vscode.Uri>();

  async function checkRendered(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    const plan = document && planFor(document.uri);
    if (!plan) {
      say(t("There is no Chart.yaml and no kustomization.yaml beside or above this file."));
      return;
    }
    if (!vscode.workspace.isTrusted) {
      say(t("Tools run in trusted workspaces only."));
      return;
    }
    const rendering = await withProgress(plan);
    if (rendering === null) return;
    if (rendering.is !== "rendered") {
      await tell(plan, rendering, log);
      return;
    }
    const uri = uriOf(plan);
    known.set(uri.toString(), { plan, text: rendering.text });
    changed.fire(uri);
    const shown = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(shown, { viewColumn: vscode.ViewColumn.Beside, preview: false });
    if (document.isDirty) say(t("What is not saved is not in it: tools read files as they are saved."));
  }

  let offered = false;
  const follow = (): void => {
    const uri = vscode.window.activeTextEditor?.document.uri;
    const offers = uri !== undefined && planFor(uri) !== null;
    if (offers === offered) return;
    offered = offers;
    void vscode.commands.executeCommand("setContext", "seatrial.canRender", offers);
  };
  follow();
  return vscode.Disposable.from(
    changed,
    vscode.commands.registerCommand("seatrial.checkRendered", checkRendered),
    vscode.window.onDidChangeActiveTextEditor(follow),
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changed.event,
      // After a reload of the window nothing is known, and nothing runs on its own.
      provideTextDocumentContent: (uri) =>
        known.get(uri.toString())?.text ?? `# ${t("Run Seatrial: Check Rendered to render this again.")}\n`,
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => known.delete(uri.toString())),
    vscode.languages.registerDocumentLinkProvider(
      { scheme },
      {
        provideDocumentLinks(document) {
          const rendered = known.get(document.uri.toString());
          return rendered ? linksIn(document, rendered) : [];
        },
      },
    ),
  );
}

/** Null where there is nothing to render around a file. A result leads back to what it was made of. */
function planFor({ scheme: own, fsPath }: vscode.Uri): RenderPlan | null {
  if (own !== "file" && own !== scheme) return null;
  const version = vscode.workspace.getConfiguration("seatrial").get("kubernetesVersion", "1.37");
  return planRendering(dirname(fsPath), version, { namesIn, parentOf: dirname });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function uriOf({ tool, folder }: RenderPlan): vscode.Uri {
  const path = vscode.Uri.joinPath(vscode.Uri.file(folder), `${basename(folder)} (${tool}).yaml`);
  return path.with({ scheme });
}

/** What came of it; null: a person has cancelled it. */
async function withProgress(plan: RenderPlan): Promise<Rendering | null> {
  const title = t("Rendering {0} with {1}", basename(plan.folder), plan.tool);
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title, cancellable: true }, async (_, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    const rendering = await render(plan, abort.signal);
    return token.isCancellationRequested ? null : rendering;
  });
}

/** Says why nothing was rendered, and the way out. */
async function tell(
  { tool }: RenderPlan,
  rendering: Exclude<Rendering, { readonly is: "rendered" }>,
  log: vscode.LogOutputChannel,
): Promise<void> {
  switch (rendering.is) {
    case "no-tool":
      if (tool === "helm") say(t("helm is not on the PATH. Install it to render this chart."));
      else say(t("Neither kustomize nor kubectl is on the PATH. Install one of them to render this kustomization."));
      return;
    case "time-out":
      say(
        t(
          "{0} was ended after {1} seconds. Run it yourself to see what it waits for.",
          spelt(rendering.command),
          renderPatience / 1000,
        ),
      );
      return;
    case "too-large":
      say(
        t(
          "{0} gives more than {1} MiB. Render a part of it.",
          spelt(rendering.command),
          largestRendering / 1024 / 1024,
        ),
      );
      return;
    case "failed": {
      log.error(`${spelt(rendering.command)}\n${rendering.words}`);
      const first = rendering.words.split("\n", 1)[0] ?? "";
      const show = t("Show All");
      const picked = await vscode.window.showErrorMessage(t("{0} failed: {1}", rendering.command.program, first), show);
      if (picked === show) log.show();
    }
  }
}

function say(message: string): void {
  void vscode.window.showWarningMessage(message);
}

function linksIn(document: vscode.TextDocument, { plan, text }: Rendered): vscode.DocumentLink[] {
  return documentsIn(text, plan).flatMap(({ source }) => {
    if (source === null || source.line >= document.lineCount) return [];
    const { range, text: line } = document.lineAt(source.line);
    const named = new vscode.Range(range.start.translate(0, line.indexOf(": ") + 2), range.end);
    return [new vscode.DocumentLink(named, vscode.Uri.file(source.path))];
  });
}
