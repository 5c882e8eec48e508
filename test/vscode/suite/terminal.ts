/** The kubectl terminal, typed into on the keyboard and read from its screen. */
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { click, press, screenshot, type, until } from "./bridge.ts";
import { open } from "./editor.ts";
import { page, simulate, takeAllBack } from "./panel.ts";
import { enter, hasKeyboard, screen, shows } from "./screen.ts";
import type { VsCodeTest } from "./vscode-test.ts";

async function clear(): Promise<void> {
  await press("Control+L");
  await until("a screen with nothing but a prompt", async () => (await screen()).length === 1);
}

/** Opens the terminal or brings it to the front, and waits until it has the keyboard. */
async function show(): Promise<void> {
  await vscode.commands.executeCommand("seatrial.openTerminal");
  await until("the keyboard in the terminal", hasKeyboard);
}

async function opened(): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  await show();
  await shows(/\+\S+ \$$/);
}

async function types(): Promise<void> {
  await opened();
  await enter("reset", /reset/);
  await enter("kubectl create deployment web --image=nginx:1.27 --replicas=3", /deployment\.apps\/web created/);
  await enter("kubectl rollout status deploy/web", /successfully rolled out/);
  const text = await enter(
    "k get pods",
    /NAME +READY +STATUS +RESTARTS +AGE\n(?:web-\S+ +1\/1 +Running +0 +\d+s\n){3}/,
  );
  assert.match(text, /^\+0s \$ kubectl create/m, "the prompt says how long the trial has gone on");
}

/** Goes on with the terminal of the test before. */
async function editsLines(): Promise<void> {
  await clear();
  await type("k get depl");
  await press("Tab");
  await shows(/\$ k get deploy$/);
  await press("Tab");
  await shows(/deploy +deployment +deployment\/ +deployments\n\+\S+ \$ k get deploy$/);
  await type(" w");
  await press("Tab");
  await shows(/\$ k get deploy web$/);
  await press("Enter");
  await shows(/^web +3\/3 +3 +3 +/m);
  await press("ArrowUp");
  await press("ArrowUp");
  await shows(/\$ k get pods$/);
  await press("Control+R");
  await type("create");
  await shows(/\(reverse-i-search\)`create': kubectl create deployment web/);
  await press("Control+C");
  await press("Control+C");
  await clear();
}

async function interrupts(): Promise<void> {
  await clear();
  await type("k get pods -w");
  await press("Enter");
  await shows(/web-\S+ +1\/1 +Running/);
  await press("Control+C");
  await shows(/\^C\n\+\S+ \$$/);
}

async function editsObjects(): Promise<void> {
  await clear();
  await type("k edit deploy web");
  await press("Enter");
  const { document } = await until("the object in an editor", () => {
    const editor = vscode.window.activeTextEditor;
    return editor?.document.uri.scheme === "seatrial-edit" && editor;
  });
  const edit = new vscode.WorkspaceEdit();
  const at = document.getText().indexOf("replicas: 3") + "replicas: ".length;
  edit.replace(document.uri, new vscode.Range(document.positionAt(at), document.positionAt(at + 1)), "4");
  await vscode.workspace.applyEdit(edit);
  await document.save();
  await shows(/deployment\.apps\/web edited\n\+\S+ \$$/);
  await show();
  await enter("k get deploy web", /web +\d\/4/);
  await enter("k scale deploy web --replicas=3 && k rollout status deploy web", /successfully rolled out/);
}

async function takesTheEditorsText(): Promise<void> {
  const editor = await open("deployment.yaml");
  const at = editor.document.getText().indexOf("replicas: 3") + "replicas: ".length;
  const [from, to] = [editor.document.positionAt(at), editor.document.positionAt(at + 1)];
  await editor.edit((edit) => edit.replace(new vscode.Range(from, to), "5"));
  await show();
  await clear();
  await enter("cat deployment.yaml | grep replicas: && ls | head -3", /replicas: 5\n[\s\S]*yaml/);
  await enter("k apply -f deployment.yaml && k get deploy web -o jsonpath='{.spec.replicas}'", /configured\n5/);
  await enter("k scale deploy web --replicas=3 && k rollout status deploy web", /successfully rolled out/);
  await vscode.window.showTextDocument(editor.document);
  await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
}

async function keepsTheTrial(): Promise<void> {
  await show();
  await clear();
  await type("exit");
  await press("Enter");
  await until("no terminal", () => vscode.window.terminals.length === 0);
  await opened();
  await enter("k get deploy", /web +3\/3/);
  await screenshot("terminal");
  await type("exit");
  await press("Enter");
  await until("no terminal", () => vscode.window.terminals.length === 0);
}

async function sharesItsCluster(): Promise<void> {
  await simulate("deployment.yaml");
  await click("[data-part=verdict]");
  await show();
  await shows(/\+\S+ \$$/);
  await enter("kubectl scale deploy/web --replicas=5", /deployment\.apps\/web scaled/);
  const { chips } = await page("a step in the panel", ({ steps }) => steps === 1);
  assert.ok(chips.includes("Scale to 5"), chips.join());
  await enter("k get deploy web", /web +\d\/5/);
  await takeAllBack();
  await shows(/The trial was changed in the panel\./);
  await show();
  await enter("k get deploy web", /changed in the panel[\s\S]*web +\d\/3/);
  await type("exit");
  await press("Enter");
  await until("no terminal", () => vscode.window.terminals.length === 0);
}

export const terminalTests: readonly VsCodeTest[] = [
  { name: "terminal: kubectl works on a simulated cluster", run: types },
  { name: "terminal: lines are completed, recalled and searched", run: editsLines },
  { name: "terminal: Ctrl+C ends what runs", run: interrupts },
  { name: "terminal: an object is edited in an editor", run: editsObjects },
  { name: "terminal: files are those of the editor, unsaved too", run: takesTheEditorsText },
  { name: "terminal: closed and opened again, the trial goes on", run: keepsTheTrial },
  { name: "terminal: a panel and its terminal show one cluster", run: sharesItsCluster },
];
