/**
 * "Connect My kubectl": a terminal in which the user's own kubectl and helm work on a simulated cluster. The cluster is a process
 * of its own, `seatrial serve`, that lives as long as the terminal; its kubeconfig is that terminal's alone.
 */
import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";

const { t } = vscode.l10n;

/** Registers the command. The objects of the manifest in the active editor are applied, unsaved text too. */
export function registerConnect(extension: vscode.Uri, log: vscode.LogOutputChannel): vscode.Disposable {
  const running = new Map<vscode.Terminal, ChildProcess>();

  async function connect(): Promise<void> {
    if (!vscode.workspace.isTrusted) {
      void vscode.window.showWarningMessage(t("Tools run in trusted workspaces only."));
      return;
    }
    const folder = mkdtempSync(join(tmpdir(), "seatrial-"));
    const kubeconfig = join(folder, "kubeconfig");
    const cli = vscode.Uri.joinPath(extension, "dist", "cli.mjs").fsPath;
    const child = serve(cli, kubeconfig, manifestText());
    child.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    if (!(await answers(child, log))) {
      void vscode.window.showErrorMessage(t("The simulated cluster did not start; the log of Seatrial says why."));
      return;
    }
    const terminal = vscode.window.createTerminal({
      name: t("My kubectl (Seatrial)"),
      env: { KUBECONFIG: kubeconfig },
      message: t("kubectl and helm work here on a simulated cluster. It ends with this terminal."),
      isTransient: true,
    });
    running.set(terminal, child);
    terminal.show();
  }

  // In a browser alone nobody registers it: there is no process to be had.
  void vscode.commands.executeCommand("setContext", "seatrial.canConnect", true);
  return vscode.Disposable.from(
    vscode.commands.registerCommand("seatrial.connectKubectl", connect),
    vscode.window.onDidCloseTerminal((terminal) => {
      running.get(terminal)?.kill();
      running.delete(terminal);
    }),
    { dispose: () => running.forEach((child) => void child.kill()) },
  );
}

/** The text of the manifest that is looked at; empty where there is none. */
function manifestText(): string {
  const document = vscode.window.activeTextEditor?.document;
  return document && ["yaml", "json"].includes(document.languageId) ? document.getText() : "";
}

function serve(cli: string, kubeconfig: string, text: string): ChildProcess {
  const version = vscode.workspace.getConfiguration("seatrial").get("kubernetesVersion", "1.37");
  const language = vscode.env.language.startsWith("ko") ? "ko" : "en";
  const args = ["serve", "--kubeconfig", kubeconfig, "--kubernetes-version", version, "--lang", language, "-"];
  // On the desktop the program that runs extensions is not Node unless it is told to be.
  const child = fork(cli, args, { env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" }, execArgv: [], silent: true });
  child.stdin?.on("error", () => undefined).end(text);
  return child;
}

/** Resolves when the server answers, or has ended without that. What it says goes to the log. */
function answers(child: ChildProcess, log: vscode.LogOutputChannel): Promise<boolean> {
  return new Promise((resolve) => {
    child.stdout?.on("data", (data: Buffer) => {
      log.info(data.toString().trimEnd());
      if (data.includes("KUBECONFIG=")) resolve(true);
    });
    child.stderr?.on("data", (data: Buffer) => log.warn(data.toString().trimEnd()));
    child.once("error", (error) => {
      log.error(error.message);
      resolve(false);
    });
    child.once("exit", () => resolve(false));
  });
}
