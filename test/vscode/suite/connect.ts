/** "Connect My kubectl": a terminal whose KUBECONFIG leads to a cluster that has the manifest of the editor. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { request } from "node:https";
import * as vscode from "vscode";
import { until } from "./bridge.ts";
import type { VsCodeTest } from "./vscode-test.ts";

/** What the cluster of a kubeconfig answers. */
function asked(kubeconfig: string, path: string): Promise<string> {
  const text = readFileSync(kubeconfig, "utf8");
  const value = (key: string) => new RegExp(`${key}: (.*)`).exec(text)?.[1] ?? "";
  const options = {
    headers: { authorization: `Bearer ${value("token")}` },
    ca: Buffer.from(value("certificate-authority-data"), "base64"),
  };
  return new Promise((resolve, reject) => {
    const one = request(`${value("server")}${path}`, options, (response) => {
      let body = "";
      response.on("data", (chunk: Buffer) => {
        body += chunk.toString();
      });
      response.on("end", () => resolve(body));
    });
    one.on("error", reject);
    one.end();
  });
}

async function connects(): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  const content = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: typed\n";
  const document = await vscode.workspace.openTextDocument({ language: "yaml", content });
  await vscode.window.showTextDocument(document);
  await vscode.commands.executeCommand("seatrial.connectKubectl");
  const terminal = await until("the terminal", () => vscode.window.terminals.find(({ name }) => /kubectl/.test(name)));
  const { env } = terminal.creationOptions as vscode.TerminalOptions;
  const kubeconfig = env?.["KUBECONFIG"];
  assert.ok(kubeconfig);
  const { data } = { data: await asked(kubeconfig, "/api/v1/namespaces/default/configmaps/typed") };
  assert.equal((JSON.parse(data) as { kind: string }).kind, "ConfigMap");
  terminal.dispose();
  await until("the end of the cluster", () => !existsSync(kubeconfig));
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
}

export const connectTests: readonly VsCodeTest[] = [
  {
    name: "Connect My kubectl opens a terminal on a cluster that has the text of the editor, and ends with it",
    run: connects,
  },
];
